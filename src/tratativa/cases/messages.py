"""Messages: who may write to whom, who reads it, and what a word does to the turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tratativa.accounts import formatting, text
from tratativa.accounts.actors import Actor
from tratativa.accounts.formatting import Written
from tratativa.cases import attachments, audience, books, changing, conduct, drafts, effects, events, holding
from tratativa.cases.changing import Change
from tratativa.cases.models import Attachment, Case, Entry, Held
from tratativa.cases.refusals import Invalid, NotAllowed
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.effects import Reopen
from tratativa.rulebook.language import Rulebook
from tratativa.rulebook.parties import Party

_TWICE = timedelta(seconds=10)


@dataclass(frozen=True)
class Sending:
    """To whom a message goes, who can read it, whether it waits for an answer, and whether it is but a question."""

    to: Party
    readers: int
    waits: bool = True
    asks: bool = False


class _TooLate(Exception):
    """The closed case is too old to be opened again by a message."""


def reply(
    case: Case,
    words: str,
    *,
    by: Actor,
    at: datetime,
    to: str = "",
    customer_reads: bool = False,
    files: Sequence[Attachment] = (),
    wait_for_answer: bool = False,
    warned: bool = False,
    rich: str = "",
    seen: int | None = None,
) -> Case:
    """Writes into a case; returns the case the message landed in.

    `rich` is the message as an editor wrote it; then the words are what it says, so that what is checked and
    searched is what is read.

    A customer's message opens a closed case again, or, past the rulebook's term, continues it in a new one.
    `warned` says that the author read what the rulebook's conduct warns of, and insists. What conduct holds goes
    nowhere until one of the marketplace's people has read it.
    Raises Invalid, NotAllowed and Outdated.
    """
    book = books.of(case)
    action = verdicts.reply_action(book, by.party)
    if action is None:
        raise NotAllowed(_("Você não escreve neste atendimento."))
    written = write(words, rich)
    words = written.words
    if not (by.party is Party.CUSTOMER and not to):
        readers = address(book, by, to, customer_reads).readers
        conduct.check(book, words, by=by, readers=readers, warned=warned)
    errors = errors_of(book, words, files)
    if errors:
        raise Invalid(errors)
    try:
        with changing.changing(case.pk, action.id, by=by, at=at, seen=seen) as change:
            recipient = to or (_answering(change) if by.party is Party.CUSTOMER else "")
            sending = address(change.book, by, recipient, customer_reads, wait_for_answer=wait_for_answer)
            effects.talking.check_told(change, sending.to)
            if files or not repeated(change.case, words, by=by, at=at, readers=sending.readers):
                _say(change, written, sending, files)
            drafts.sent(change.case, words, by)
        return change.case
    except _TooLate:
        return _continue(case, written, by=by, at=at, to=to, files=files, warned=warned)


def write(words: str, rich: str = "") -> Written:
    """What a message says: the marked-up one, or else the plain words. Raises Invalid for too many marks."""
    try:
        return formatting.read(rich) if rich else Written(text.paragraph(words))
    except formatting.TooMuch:
        raise Invalid(
            {"text": _("A formatação desta mensagem é grande demais. Simplifique-a e envie de novo.")}
        ) from None


def let_go(change: Change, held: Held) -> None:
    """Sends a message that was held, as it was addressed. The door was opened in its author's name."""
    files = holding.freed(held)
    said = held.given
    sending = Sending(Party(said["to"]), int(said["readers"]), bool(said["waits"]), bool(said.get("asks")))
    post(change, held.entry.said, sending, files, rich=held.entry.rich)


def _say(change: Change, written: Written, sending: Sending, files: Sequence[Attachment]) -> None:
    broken = conduct.held(change.book, written.words, by=change.by, readers=sending.readers)
    if broken:
        holding.message(change, written, sending, files, broken.id)
        return
    _reopen_if_closed(change)
    post(change, written.words, sending, files, rich=written.html)


def repeated(case: Case, words: str, *, by: Actor, at: datetime, readers: int | None = None) -> bool:
    """Whether these are the very words the same person sent last, moments ago: a form that was sent twice.

    What was kept as a note and is sent to more `readers` now is no repetition.
    """
    said_or_held = [events.Posted.name, events.HoldBegan.name]
    last = case.entries.filter(event__in=said_or_held).select_related("words").order_by("-number").first()
    if last is None or last.actor_id != by.person_id or at - last.at > _TWICE:
        return False
    reached = readers is None or last.event == events.HoldBegan.name or last.audience == readers
    return reached and last.said == text.paragraph(words)


def address(
    book: Rulebook,
    by: Actor,
    to: str,
    customer_reads: bool,
    *,
    opening: bool = False,
    wait_for_answer: bool = False,
) -> Sending:
    """The recipient and the readers of a message. Raises Invalid for one this party may not write to.

    With the switch off, what a seller addresses to the customer stays between seller and marketplace (A-11);
    to the marketplace there is no switch and the customer never reads it (A-13). When opening, a case the
    customer cannot read makes no sense and is refused (A-27). `wait_for_answer` counts where the rulebook asks for
    it (T-12).
    """
    rules = book.replies.by.get(by.party)
    allowed = rules.to if rules else ()
    if not to and len(allowed) == 1:
        to = str(allowed[0])
    if rules is None or to not in {str(party) for party in allowed}:
        raise Invalid({"to": _("Escolha o destinatário.")})
    recipient = Party(to)
    asks = rules.waits == "ask" and wait_for_answer
    waits = opening or rules.waits == "always" or asks
    if by.party is Party.CUSTOMER:
        return Sending(recipient, audience.EVERYONE, waits, asks)
    if Party.PARTNER in {recipient, by.party}:
        return Sending(recipient, audience.WITH_PARTNER, waits, asks)
    if recipient is not Party.CUSTOMER:
        return Sending(recipient, audience.TEAM_AND_SELLER, waits, asks)
    reads = rules.customer_reads == "always" or (rules.customer_reads == "ask" and customer_reads)
    if opening and not reads:
        raise Invalid({"customer_reads": _("Ligue «O cliente pode ler?» para abrir um atendimento com o cliente.")})
    return Sending(recipient, audience.EVERYONE if reads else audience.TEAM_AND_SELLER, waits, asks)


def or_files(words: str, files: Sequence[Attachment]) -> str:
    """The words, or what is said in their place where somebody sends files alone: a photo is an answer too."""
    return words if text.paragraph(words) or not files else _("Veja os arquivos.")


def errors_of(book: Rulebook, words: str, files: Sequence[Attachment]) -> dict[str, str]:
    """What is wrong with a message's words and files, by field."""
    errors = {}
    clean = text.paragraph(words)
    if not clean:
        errors["text"] = _("Escreva a mensagem.")
    elif len(clean) > text.MESSAGE_LIMIT:
        errors["text"] = _("A mensagem tem %(size)d caracteres; o limite é %(limit)d.") % {
            "size": len(clean),
            "limit": text.MESSAGE_LIMIT,
        }
    if len(files) > book.attachments.max_files:
        errors["files"] = _("São até %(limit)d arquivos por mensagem.") % {"limit": book.attachments.max_files}
    return errors


def post(change: Change, words: str, sending: Sending, files: Sequence[Attachment] = (), *, rich: str = "") -> Entry:
    """Records a message behind the door, with its files, and passes the turn."""
    action = change.action.id if change.action else ""
    said = events.Posted(to=str(sending.to), action=action, asks=sending.asks)
    entry = change.record(said, to=sending.readers, words=text.paragraph(words), rich=rich)
    attachments.attach(change, entry, files)
    conduct.remember(change, words, sending.readers)
    change.told_customer(sending.readers)
    if sending.waits:
        change.hand_to(sending.to, sending.readers)
    return entry


def _answering(change: Change) -> str:
    """Whom a customer's message answers: the mediator while one decides, else whoever wrote to them last."""
    rules = change.book.replies.by.get(Party.CUSTOMER)
    if rules and len(rules.to) == 1:
        return str(rules.to[0])
    if change.case.mediation == "asked":
        return str(Party.MARKETPLACE)
    last = (
        change.case.entries.filter(event=events.Posted.name, data__to="customer")
        .annotate(heard=audience.heard_by(Party.CUSTOMER))
        .filter(heard__gt=0)
        .order_by("-number")
        .first()
    )
    return last.party if last else str(Party.SELLER)


def _reopen_if_closed(change: Change) -> None:
    closed_at = change.case.closed_at
    if closed_at is None:
        return
    if change.case.queue:
        effects.moving.bring_back(change)  # an answer is an answer, however late: what becomes of it the parent says
        return
    if change.book.clock.due(closed_at, change.book.reopen.within) < change.at:
        raise _TooLate
    effects.moving.reopen(change, Reopen())


def _continue(
    case: Case, written: Written, *, by: Actor, at: datetime, to: str, files: Sequence[Attachment], warned: bool
) -> Case:
    from tratativa.cases import opening  # opening posts its first message through this module

    return opening.open_case(
        case.order,
        reason=case.reason,
        words=written.words,
        rich=written.html,
        by=by,
        at=at,
        to=to,
        kind=case.kind,
        files=files,
        older=case,
        warned=warned,
    )
