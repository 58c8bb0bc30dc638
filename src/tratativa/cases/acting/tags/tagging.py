"""Tagging: a team puts its words on a case and takes them off; nobody but the team learns of it."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import reach, text
from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case, Tag, Tagging
from tratativa.cases.models.tags import LONGEST, owner
from tratativa.rulebook.terms.parties import Party

MOST = 20  # tags a team has on one case
_TEAMS = (Party.MARKETPLACE, Party.SELLER)


def read(raw: str) -> list[str]:
    """The tags of a field, between commas, each spelling once. Raises Invalid for one that is too long."""
    found: dict[str, str] = {}
    for piece in text.paragraph(raw).replace("\n", ",").split(","):
        word = text.line(piece).lstrip("#").strip()
        if len(word) > LONGEST or len(text.folded(word)) > LONGEST:
            raise Invalid({"tag": _("Uma etiqueta tem até %(limit)d letras.") % {"limit": LONGEST}})
        if key := text.folded(word):
            found.setdefault(key, word)
    if len(found) > MOST:
        raise Invalid({"tag": _("São até %(limit)d etiquetas por atendimento.") % {"limit": MOST}})
    return list(found.values())


def add(case: Case, words: Iterable[str], *, by: Actor, at: datetime) -> list[str]:
    """Puts tags on a case, each once; those that were not on it before, as the team spells them.

    Raises Invalid for words that are no tags, NotAllowed for who is of no team.
    """
    wanted = read(", ".join(words))
    mine = _owner(by)
    with door.judging(case.pk, by=by, at=at) as change, reach.within(*by.owners, by.marketplace_id):
        there = set(Tagging.objects.filter(case=case, tag__owner_id=mine).values_list("tag__folded", flat=True))
        new = [word for word in wanted if text.folded(word) not in there]
        if len(there) + len(new) > MOST:
            raise Invalid({"tag": _("São até %(limit)d etiquetas por atendimento.") % {"limit": MOST}})
        tags = [_named(mine, word, by) for word in new]
        for tag in tags:
            Tagging.objects.create(case=change.case, tag=tag, by_id=by.person_id, at=at)
            change.record(events.TagAdded(tag=str(tag.pk)), to=audience.of(by.party), words=tag.word)
    return [tag.word for tag in tags]


def remove(case: Case, key: uuid.UUID, *, by: Actor, at: datetime) -> str:
    """Takes one of the team's tags off a case; its word, empty where it was not on it. Raises NotAllowed."""
    mine = _owner(by)
    with door.judging(case.pk, by=by, at=at) as change, reach.within(*by.owners, by.marketplace_id):
        found = Tagging.objects.filter(case=case, tag=key, tag__owner_id=mine).select_related("tag").first()
        if found is None:
            return ""
        found.delete()
        change.record(events.TagRemoved(tag=str(key)), to=audience.of(by.party), words=found.tag.word)
    return found.tag.word


def _named(mine: uuid.UUID, word: str, by: Actor) -> Tag:
    spelled = {"word": word, "marketplace_id": by.marketplace_id}
    return Tag.objects.get_or_create(owner_id=mine, folded=text.folded(word), defaults=spelled)[0]


def _owner(by: Actor) -> uuid.UUID:
    if by.party not in _TEAMS or by.person_id is None:
        raise NotAllowed(_("As etiquetas são das equipes."))
    return owner(by.marketplace_id, by.seller_id)
