"""«Isto foi útil?»: one opinion per person and article, changed as often as they like."""

from datetime import datetime

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Opinion


def of(actor: Actor, article: str) -> bool | None:
    """What this person said of the article, or None."""
    found = Opinion.objects.filter(marketplace=actor.marketplace_id, person=actor.person, article=article).first()
    return found.useful if found else None


def give(actor: Actor, article: str, *, useful: bool, at: datetime) -> None:
    """Keeps what this person says of the article."""
    Opinion.objects.update_or_create(
        marketplace_id=actor.marketplace_id, person_id=actor.person, article=article,
        defaults={"useful": useful, "at": at},
    )  # fmt: skip
