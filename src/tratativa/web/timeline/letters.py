"""Letters as pages draw them: under the entry they are about, with what became of each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import outbox
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Sent:
    """One letter: what became of it in words, and where it opens once it was written."""

    label: str
    tone: str
    at: datetime
    to: str
    trouble: str
    url: str
    key: str


def of_case(case: Case, actor: Actor) -> Mapping[int, list[Sent]]:
    """The customer's letters by the number of the entry they are about; one query."""
    found: dict[int, list[Sent]] = defaultdict(list)
    rows = outbox.visible(actor).filter(case=case).select_related("entry").defer("text", "html").order_by("at", "id")
    for letter in rows:
        found[letter.entry.number].append(draw(letter, actor))
    return found


def draw(letter: Letter, actor: Actor) -> Sent:
    """A letter as this actor sees it; a seller is not shown the customer's address (A-34)."""
    label, tone = _state(letter)
    return Sent(
        label=label,
        tone=tone,
        at=letter.sent_at or letter.at,
        to=letter.address if actor.party is Party.MARKETPLACE else _("cliente"),
        trouble=letter.trouble,
        url=reverse("letter", args=[letter.pk]) if letter.subject else "",
        key=str(letter.pk),
    )


def _state(letter: Letter) -> tuple[str, str]:
    if letter.bounced_at:
        return _("o e-mail ao cliente voltou: %(why)s") % {"why": letter.bounce or "–"}, "urgent"
    if letter.state == "sent":
        return _("e-mail enviado ao cliente"), ""
    if letter.state == "failed":
        return _("o e-mail ao cliente não saiu; ninguém tenta mais"), "urgent"
    if letter.trouble:
        return _("o e-mail ao cliente ainda não saiu; nova tentativa em breve"), "urgent"
    return _("e-mail ao cliente na fila"), ""
