"""Bouncing: a letter of ours that came back is marked as such, so that whoever relies on it knows (RFC 3464)."""

import re

from tratativa.accounts import text
from tratativa.mail.filing import threading
from tratativa.mail.models import Arrival
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.mime import addresses
from tratativa.mail.reading.senders import systems

_RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
_MESSAGE_ID = re.compile(r"^message-id:\s{0,5}(<[^<>\s]{1,250}>)", re.I | re.M)
_ACTION = re.compile(r"^action:\s{0,5}(\w{1,20})", re.I | re.M)
_STATUS = re.compile(r"^(?:diagnostic-code|status):\s{0,5}(.{1,200})", re.I | re.M)
# «Warning: could not send message for past 4 hours … Will keep trying».
_WAITING = re.compile(
    r"(?i)will (?:keep|continue|be) (?:trying|retr)|still (?:being )?(?:trying|retr|queued)"
    r"|warning message only|do not need to resend|não é preciso reenviar|continuar[áã]o? tentando"
)
_LOOKED_AT = 64 * 1024


def note(arrival: Arrival, read: Letter) -> bool:
    """Marks the letter of ours that this one reports as undelivered; false where it names none.

    A mere delay is filed and marks nothing: the mail system goes on trying. Nor does what only names our letter and
    says of no failure.
    """
    returned, report = _parts(read)
    ids = [one for found in _MESSAGE_ID.findall(returned) for one in addresses.ids(found)]
    letter = threading.of_ids([*ids, *read.in_reply_to, *reversed(read.references)], arrival.mailbox)
    if letter is None:
        return False
    arrival.bounced, arrival.case = letter, letter.case
    action = _ACTION.search(report)
    if action[1].lower() == "failed" if action else _failed(read):
        status = _STATUS.findall(report)
        letter.bounced_at, letter.bounce = arrival.at, text.line(status[-1] if status else read.subject)[:200]
        letter.save(update_fields=["bounced_at", "bounce"])
    return True


def _failed(read: Letter) -> bool:
    """Whether a mail system that fills in no report says in words that it gave up."""
    said = f"{read.visible}\n{read.folded}"
    if _WAITING.search(said[:_LOOKED_AT]):
        return False
    return "x-failed-recipients" in read.fields or systems.fails(said)


def _parts(read: Letter) -> tuple[str, str]:
    """The returned letter's head, and the machine-readable report; some systems put both into plain text."""
    returned = [file.data[:_LOOKED_AT] for file in read.files if file.kind in _RETURNED]
    reports = [file.data[:_LOOKED_AT] for file in read.files if file.kind == "message/delivery-status"]
    body = (read.visible + "\n" + read.folded)[:_LOOKED_AT]
    return (
        "\n".join(data.decode("utf-8", "replace") for data in returned) or body,
        "\n".join(data.decode("utf-8", "replace") for data in reports),
    )
