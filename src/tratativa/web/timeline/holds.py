"""What is held, as pages draw it: what waits, why, for whom to decide, and what may be done about it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.acting import approvals
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.models import Held
from tratativa.cases.sentences.reader import action_label
from tratativa.rulebook.conduct import rules
from tratativa.rulebook.conduct.rules import ConductRule
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party

_SHOWN = 4  # of what was found
_ICONS = {"conduct": "message-square-warning", "undo": "undo-2", "approval": "users"}


@dataclass(frozen=True)
class Hold:
    """One thing held, ready to be drawn. `found` tells the team which words were found.

    `decide_url` and `undo_url` are empty where the reader may not.
    """

    title: str
    why: str
    found: str
    icon: str
    said: str
    asked_at: datetime
    due_at: datetime | None
    shown: str
    case_url: str
    seller: str
    decide_url: str
    undo_url: str
    key: str


def draw(held: Held, actor: Actor) -> Hold:
    """The thing held as this actor sees it; `held` comes with its case and its entry's words."""
    book = rulebook_versions.of(held.case)
    shown = protocols.show(held.case.protocol)
    ours = actor.party == held.party
    return Hold(
        title=_title(held, book),
        why=_why(held, book),
        found="" if ours else _found(held, book),
        icon=_ICONS[held.why],
        said=held.entry.said,
        asked_at=held.asked_at,
        due_at=held.due_at,
        shown=shown,
        case_url=reverse("case", args=[shown]),
        seller=held.case.seller.name if held.case.seller else "",
        decide_url=reverse("decide_hold", args=[held.pk]) if approvals.may_decide(held, actor) else "",
        undo_url=reverse("undo_hold", args=[held.pk]) if ours else "",
        key=str(held.pk),
    )


def _title(held: Held, book: Rulebook) -> str:
    if held.action == book.replies.id:
        return _("Mensagem retida: o cliente ainda não a recebeu")
    return _("«%(action)s» ainda não aconteceu") % {"action": action_label(book, held.action)}


def _found(held: Held, book: Rulebook) -> str:
    """Which words broke the rule, and what they were taken for; empty where no rule of conduct holds it."""
    rule = _rule(held, book)
    found = rules.evidence(rule, held.entry.said, book.names)[:_SHOWN] if rule else []
    return _("Encontrado: %(found)s.") % {"found": ", ".join(found)} if found else ""


def _rule(held: Held, book: Rulebook) -> ConductRule | None:
    return next((one for one in book.conduct if held.why == "conduct" and one.id == held.rule), None)


def _why(held: Held, book: Rulebook) -> str:
    if held.why == "conduct":
        rule = _rule(held, book)
        return rule.text if rule else ""
    gaps = {"value": book.money.show(held.value_cents), "marketplace": book.parties.get(Party.MARKETPLACE, "")}
    if held.why == "approval":
        return _("Mexe com %(value)s: outra pessoa que administra %(marketplace)s precisa aprovar.") % gaps
    if held.value_cents:
        return _("Mexe com %(value)s. Dá para desfazer até lá; depois acontece sozinha.") % gaps
    return _("Dá para desfazer até lá; depois acontece sozinha.")
