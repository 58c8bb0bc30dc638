"""Composing: how this actor may write on a case, and to whom."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case
from tratativa.cases.sentences.reader import party_name
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.verdict import Available, Unavailable, Verdict


@dataclass(frozen=True)
class Composer:
    """How this actor may write: to whom, what the button says for each, and whether a switch asks if the customer
    reads."""

    allowed: bool
    why: str
    label: str
    recipients: list[tuple[str, str]]
    sends: list[tuple[str, str]]
    asks: bool
    always: bool
    waits: bool
    placeholder: str


def send(party: Party, book: Rulebook) -> str:
    """What the button says that sends to this party: its reader's name, so that nobody sends to the wrong one."""
    own = {
        Party.CUSTOMER: _("Enviar ao cliente"),
        Party.SELLER: _("Enviar à loja"),
        Party.MARKETPLACE: _("Enviar ao marketplace"),
    }
    return own.get(party) or _("Enviar: %(party)s") % {"party": party_name(book, party)}


def of(case: Case, book: Rulebook, verdict: Verdict, actor: Actor) -> Composer:
    """How the actor may write now: a seller's request about no customer has only the marketplace to write to (M-18)."""
    answer = verdict.find(book.replies.id)
    rules = book.replies.by.get(actor.party)
    to = book.replies.recipients(actor.party)
    if actor.party is Party.SELLER and case.customer_id is None:
        to = tuple(party for party in to if party is not Party.CUSTOMER)
    return Composer(
        allowed=isinstance(answer, Available),
        why=answer.why if isinstance(answer, Unavailable) else _("Você não escreve neste atendimento."),
        label=book.replies.label,
        recipients=[(str(party), party_name(book, party)) for party in to],
        sends=[(str(party), send(party, book)) for party in to],
        asks=book.replies.asks(actor.party),
        always=bool(rules and rules.customer_reads == "always"),
        waits=bool(rules and rules.waits == "ask"),
        placeholder=_("Escreva a resposta…"),
    )
