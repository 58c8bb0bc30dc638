"""Reply addresses: where an answer to a letter of ours goes, and which letters it follows: they stay together."""

from django.conf import settings

from tratativa.mail import tokens
from tratativa.mail.models import Arrival, Letter, Mailbox
from tratativa.rulebook.terms.parties import Party

# The first letter names the conversation; more than ten of the last ones nobody reads (docs/mail.md).
_LAST = 10


def reply_address(letter: Letter) -> str:
    """The customer's own address on this case, or nothing: a seller answers on the portal, where it is on record."""
    if letter.party != Party.CUSTOMER:
        return ""
    mailbox = Mailbox.objects.filter(marketplace_id=letter.marketplace_id).order_by("id").first()
    return tokens.address(mailbox, letter.case_id, letter.reader_id) if mailbox else ""


def followed(letter: Letter) -> list[str]:
    """The Message-IDs of what its reader got about this case before, and of what they last wrote, oldest first."""
    before = Letter.objects.filter(case_id=letter.case_id, reader_id=letter.reader_id, state="sent").exclude(
        pk=letter.pk
    )
    rows = list(before.order_by("sent_at").values_list("pk", "domain"))
    kept = rows if len(rows) <= _LAST else [rows[0], *rows[-_LAST:]]
    ours = [tokens.message_id(key, domain or _domain_of_before()) for key, domain in kept]
    if letter.party != Party.CUSTOMER:
        return ours
    theirs = (
        Arrival.objects.filter(case_id=letter.case_id, verified=True).exclude(message_id="").order_by("-at").first()
    )
    return [*ours, *([f"<{theirs.message_id}>"] if theirs and _safe(theirs.message_id) else [])]


def _domain_of_before() -> str:
    """Whose the Message-IDs of letters were that left before it was kept with each."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")


def _safe(message_id: str) -> bool:
    """Whether an id may stand in a header of ours: no space and no sign that would end it, and not too long."""
    return (
        message_id.isascii() and message_id.isprintable() and not set(message_id) & set("<> ") and len(message_id) < 200
    )
