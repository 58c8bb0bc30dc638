"""Addressing: to whom a message goes, who reads it, and what is wrong with its words and files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tratativa.accounts import formatting, text
from tratativa.accounts.actors import Actor
from tratativa.accounts.formatting import Written
from tratativa.cases.core import audience
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.models import Attachment
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Message:
    """What somebody writes, and to whom, before anybody has looked at either.

    `rich` is the message as an editor wrote it; then the words are what it says, so that what is checked and searched
    is what is read. `to` names a party; empty where the rules leave one alone, or the customer answers.
    """

    words: str
    to: str = ""
    customer_reads: bool = False
    files: Sequence[Attachment] = ()
    wait_for_answer: bool = False
    rich: str = ""


@dataclass(frozen=True)
class Sending:
    """To whom a message goes, who can read it, whether it waits for an answer, and whether it is but a question."""

    to: Party
    readers: int
    waits: bool = True
    asks: bool = False

    @property
    def is_note(self) -> bool:
        """Whether it is about the customer and not read by them (A-11)."""
        return self.to is Party.CUSTOMER and not audience.holds(self.readers, Party.CUSTOMER)


def write(words: str, rich: str = "") -> Written:
    """What a message says: the marked-up one, or else the plain words. Raises Invalid for too many marks."""
    try:
        return formatting.read(rich) if rich else Written(text.paragraph(words))
    except formatting.TooMuch:
        raise Invalid(
            {"text": _("A formatação desta mensagem é grande demais. Simplifique-a e envie de novo.")}
        ) from None


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
    allowed = book.replies.recipients(by.party)
    if not to and len(allowed) == 1:
        to = str(allowed[0])
    if rules is None or to not in {str(party) for party in allowed}:
        raise Invalid({"to": _("Escolha o destinatário.")})
    recipient = Party(to)
    # A partner's question is one because the partner says so: what it still needs is kept for it (K04-06).
    asks = wait_for_answer and (rules.waits == "ask" or by.party is Party.PARTNER)
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
