"""Triage: whether a person or a machine wrote a letter, and whether a machine may answer it.

Two questions, answered apart: list mail was written by a person and must be read, and still nothing automatic may
answer it. Rules by RFC 3834 (automatic answers), 3464 (bounces), 8098 (receipts), 5965 (complaints) and by what the
mail systems in use write. What a letter is about never makes its writer a machine: people write «Não foi possível
entregar o pedido» and «Estou de férias, podem entregar depois do dia 10?».
"""

from dataclasses import dataclass

from tratativa.mail.reading.mime import addresses
from tratativa.mail.reading.mime.fields import Fields
from tratativa.mail.reading.senders import systems, titles

BOUNCE, COMPLAINT, RECEIPT, ABSENCE, NOTICE = "bounce", "complaint", "receipt", "absence", "notice"

_REPORTS = {
    "message/delivery-status": BOUNCE,
    "message/global-delivery-status": BOUNCE,
    "message/disposition-notification": RECEIPT,
    "message/feedback-report": COMPLAINT,
}
# An answering machine says so in one of these, whatever their value, unless it is a no.
_REPLIES = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-autoreply-from",
    "x-mail-autoreply",
    "x-amazon-auto-reply",
    "x-ms-exchange-inbox-rules-loop",
)
_NO = ("", "no", "false", "0")


@dataclass(frozen=True)
class Triage:
    """`machine` is the kind of machine that wrote, or nothing; `quiet` forbids an automatic answer."""

    machine: str
    quiet: bool


@dataclass(frozen=True)
class Correspondence:
    """What is known of who writes with whom: the `writer` whose letters count as a person's by their address, and
    the `subjects` of the letters they were sent, where that is known."""

    writer: str = ""
    subjects: tuple[str, ...] | None = None


def triage(fields: Fields, kinds: frozenset[str], text: str, known: Correspondence) -> Triage:
    """What wrote the letter: by its report, its headers, its sender, last by the prefix a program put before ours."""
    # Postfix and Exim call their bounces automatic replies: what a letter is comes before what it says of itself.
    machine = (
        _reported(fields, kinds)
        or _returned(fields)
        or _unreturnable(fields, kinds, text)
        or _declared(fields)
        or _sent_by(fields, kinds, text, known.writer)
        or titles.prefixed(fields.text("subject"), known.subjects)
    )
    precedence = fields.text("precedence").lower()
    quiet = (
        bool(machine)
        or "x-auto-response-suppress" in fields
        or precedence in ("bulk", "list", "junk")
        or "list-id" in fields
        or systems.unattended(_sender(fields))
    )
    return Triage(machine, quiet)


def _reported(fields: Fields, kinds: frozenset[str]) -> str:
    """Machine-readable reports as the whole letter, or inside a mail system's own. People pass reports on as files."""
    kind = fields.raw("content-type").partition(";")[0].strip().lower()
    if kind == "multipart/report" or kind in _REPORTS:
        return next((_REPORTS[found] for found in sorted(kinds) if found in _REPORTS), BOUNCE)
    if _null(fields) or systems.daemon(_sender(fields), fields.text("from")):
        return next((_REPORTS[found] for found in sorted(kinds) if found in _REPORTS), "")
    return ""


def _returned(fields: Fields) -> str:
    return BOUNCE if "x-failed-recipients" in fields or "x-ms-exchange-message-is-ndr" in fields else ""


def _unreturnable(fields: Fields, kinds: frozenset[str], text: str) -> str:
    """An envelope without a way back (RFC 5321 §4.5.5): a bounce, or an answering machine that follows RFC 3834."""
    if not _null(fields):
        return ""
    if systems.speaks(kinds, text):
        return BOUNCE
    return _declared(fields) or titles.kind(fields.text("subject")) or NOTICE


def _null(fields: Fields) -> bool:
    """Whether the return path is empty; the topmost one is our receiver's."""
    return next(fields.every("return-path"), "").strip() == "<>"


def _declared(fields: Fields) -> str:
    """What the headers say outright."""
    submitted = fields.text("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
    if submitted and submitted != "no":
        return ABSENCE if submitted.startswith("auto-replied") else NOTICE
    # A list such as «DR, RN, NRN, OOF» stands on people's mail too: whole companies send it by default.
    if fields.text("x-auto-response-suppress").strip().lower() == "all":
        return NOTICE
    precedence = fields.text("precedence").lower()
    replies = any(fields.text(name).strip().lower() not in _NO for name in _REPLIES)
    away = fields.text("x-apple-action").strip().lower() == "vacation"
    if replies or away or precedence in ("auto_reply", "auto-reply"):
        return ABSENCE
    return NOTICE if precedence == "junk" or (precedence == "bulk" and "x-loop" in fields) else ""


def _sent_by(fields: Fields, kinds: frozenset[str], text: str, writer: str) -> str:
    """A mail system by its name, where it returns a letter or names a status: people answer to postmaster@ and by
    relays whose address says no-reply, and write of what was not delivered."""
    sender = _sender(fields)
    if writer and sender == writer:
        return ""
    if systems.unattended(sender) and fields.text("precedence").lower() == "bulk":
        return NOTICE
    if systems.daemon(sender, fields.text("from")):
        return BOUNCE if systems.returns(kinds, text) or systems.coded(text) else ""
    return BOUNCE if systems.program(sender) and systems.returns(kinds, text) and systems.fails(text) else ""


def _sender(fields: Fields) -> str:
    found = addresses.mailboxes(fields.raw("from"))
    return found[0].address if found else ""
