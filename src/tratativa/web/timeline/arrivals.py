"""Letters that came in, as the marketplace's pages draw them: under their message, and on the page of the post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols
from tratativa.cases.models import Case
from tratativa.mail.filing import adopting, aside, inbox
from tratativa.mail.intake import troubles
from tratativa.mail.models import Arrival, Letter, Mailbox

# The address is the customer's already: there is nobody to add, whoever wrote.
_OWN_ADDRESS = ("unproven", "delicate", "loop")


@dataclass(frozen=True)
class Came:
    """A letter under its message: what was folded away, which files stayed out, and where it opens whole.

    `adopt` and `admit` are where somebody says that it is the customer's, once or from now on; empty where it is not
    for anybody to say.
    """

    folded: str
    left_out: str
    url: str
    sender: str
    adopt: str
    admit: str


@dataclass(frozen=True)
class Row:
    """A letter on the page of the post; `again` is where to ask for another try."""

    sender: str
    subject: str
    at: datetime
    why: str
    url: str
    key: str
    again: str
    settle: bool
    case: str
    case_url: str
    offered: str = ""
    offered_url: str = ""
    adopt: str = ""
    admit: str = ""


@dataclass(frozen=True)
class Box:
    """A mailbox on the page of the post; `probe` where there is a server to try, `url` for who may change it.

    `well` unless it does not answer: then `trouble` says what it said, and `remedy` what to do. `unjudged` where it
    trusts no receiver's word about senders.
    """

    address: str
    how: str
    looked_at: datetime | None
    answered_at: datetime | None
    well: bool
    trouble: str
    remedy: str
    probe: str
    url: str
    paused: bool
    unjudged: bool


def of_case(case: Case, actor: Actor) -> Mapping[int, Came]:
    """The letters that became entries of the case, by the entry's number; one query, none for who may not see them."""
    rows = inbox.visible(actor).filter(case=case, entry__isnull=False).select_related("entry", "case", "offered")
    return {row.entry.number: _came(row) for row in rows if row.entry}


def row(arrival: Arrival) -> Row:
    """A letter in one of the lists of the post."""
    shown = protocols.show(arrival.case.protocol) if arrival.case else ""
    offered = adopting.case_for(arrival) if arrival.offered_id else None
    adopt, admit = _ways_in(arrival)
    return Row(
        sender=arrival.sender or _("(sem remetente)"),
        subject=arrival.subject or _("(sem assunto)"),
        at=arrival.at,
        why=why(arrival),
        url=reverse("arrival", args=[arrival.pk]),
        key=str(arrival.pk),
        again=reverse("again_arrival", args=[arrival.pk]) if arrival.state in (*aside.STATES, "settled") else "",
        settle=arrival.state in aside.STATES,
        case=shown,
        case_url=reverse("case", args=[shown]) if shown else "",
        offered=protocols.show(offered.protocol) if offered else "",
        offered_url=reverse("case", args=[protocols.show(offered.protocol)]) if offered else "",
        adopt=adopt,
        admit=admit,
    )


def why(arrival: Arrival) -> str:
    """Where a letter is, and for which reason, in a sentence."""
    if arrival.state == "quarantined":
        return _bounds().get(arrival.trouble, arrival.trouble)
    if arrival.state == "unmatched":
        return _("Não responde a nenhum atendimento.")
    if arrival.state == "settled":
        return _settled(arrival)
    if arrival.state == "own":
        return _("É uma cópia do que a mesa enviou.")
    if arrival.state == "waiting":
        return _("Ainda não foi aberto.")
    if arrival.bounced_id:
        return _("Avisa que um e-mail da mesa voltou.")
    return _("Está no atendimento.") if arrival.verified else _("Está no atendimento, só para a equipe.")


def _settled(arrival: Arrival) -> str:
    who = arrival.settled_by.name if arrival.settled_by else _("alguém que já saiu")
    when = moments.long(arrival.settled_at) if arrival.settled_at else ""
    return _("Tratado por %(who)s em %(when)s.") % {"who": who, "when": when}


def box(mailbox: Mailbox, actor: Actor, *, at: datetime) -> Box:
    """A mailbox, and how it is."""
    fetched, standing = mailbox.kind == "imap", troubles.of(mailbox, at=at)
    return Box(
        address=mailbox.address,
        how=f"IMAP · {mailbox.host}" if fetched else "SMTP/LMTP",
        looked_at=mailbox.looked_at,
        answered_at=mailbox.answered_at,
        well=standing.well,
        trouble=standing.said,
        remedy=standing.remedy,
        probe=reverse("probe_mailbox", args=[mailbox.pk]) if fetched else "",
        url=reverse("mailbox", args=[mailbox.pk]) if actor.is_admin else "",
        paused=mailbox.paused_at is not None,
        unjudged=not mailbox.receiver,
    )


def unsent(letter: Letter) -> Row:
    """A letter of ours that did not leave, or came back."""
    shown = protocols.show(letter.case.protocol)
    return Row(
        sender=letter.address,
        subject=letter.subject or _("(ainda não escrito)"),
        at=letter.at,
        why=letter.bounce or letter.trouble,
        url="",
        key=str(letter.pk),
        again=reverse("send_again", args=[letter.pk]),
        settle=False,
        case=shown,
        case_url=reverse("case", args=[shown]),
    )


def _came(arrival: Arrival) -> Came:
    names = ", ".join(str(name) for name in arrival.left_out)
    adopt, admit = _ways_in(arrival)
    return Came(arrival.folded, names, reverse("arrival", args=[arrival.pk]), arrival.sender, adopt, admit)


def _ways_in(arrival: Arrival) -> tuple[str, str]:
    """Where somebody of the team says that a letter is the customer's: this one, and all from its address."""
    if adopting.case_for(arrival) is None:
        return "", ""
    elsewhere = not arrival.offered_id and not (arrival.entry and arrival.entry.data.get("why") in _OWN_ADDRESS)
    admit = reverse("admit_arrival", args=[arrival.pk]) if arrival.sender and elsewhere else ""
    return reverse("adopt_arrival", args=[arrival.pk]), admit


def _bounds() -> Mapping[str, str]:
    """What a bound that a letter passed means to people."""
    return {
        "size": _("É maior do que a mesa lê."),
        "depth": _("Tem partes dentro de partes demais."),
        "parts": _("Tem partes demais."),
        "provider": _("O provedor mandou algo que a mesa não entende; está guardado como veio."),
        "time": _("Demorou demais para ser lido."),
        "died": _("Derrubou quem o lia."),
        "MemoryError": _("Precisou de memória demais para ser lido."),
    }
