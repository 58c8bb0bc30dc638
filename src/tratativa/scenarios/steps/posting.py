"""Posting: a letter comes in at the stage's moment, through the same functions as a real one."""

from email.message import EmailMessage
from typing import Any

from tratativa.cases.models import Attachment, Case
from tratativa.mail import tokens
from tratativa.mail.filing import filing
from tratativa.mail.intake import receiving
from tratativa.mail.models import Arrival, Mailbox
from tratativa.mail.reading import letter
from tratativa.scenarios import filling
from tratativa.scenarios.stage import Stage, Unplayable

_KNOWN = ("from", "subject", "text", "eml", "reply", "files", "as", "dmarc")


def arrive(stage: Stage, name: str, says: Any) -> None:
    """A letter from the customer, or from the address `from` names, comes in and is opened.

    `reply` (true unless it says otherwise) answers the case's own address; `eml` is a whole letter as it came. `dmarc`
    is what the receiving server says of the sender: `pass` unless it says otherwise, of a whole letter nothing.
    """
    given = filling.mapping("mail", says, _KNOWN)
    if ("text" in given) == ("eml" in given):
        raise Unplayable("`mail` leva `text` ou `eml`, um dos dois")
    case = stage.case(name) if stage.cases else None
    mailbox = _mailbox(stage)
    raw = str(given["eml"]).encode() if "eml" in given else _written(stage, case, mailbox, given)
    raw = _judged(raw, mailbox, str(given.get("dmarc", "" if "eml" in given else "pass")))
    recipients = [_address(stage, case, mailbox, given)] if "eml" in given else []
    arrival = receiving.receive(mailbox, raw, at=stage.at, recipients=recipients)
    stage.files.append(arrival.path)
    filing.open_letter(arrival.pk, at=stage.at)
    arrival.refresh_from_db()
    stage.files += Attachment.objects.filter(entry=arrival.entry_id, case=arrival.case_id).values_list(
        "path", flat=True
    )
    if arrival.case and case and arrival.case_id != case.pk:
        stage.remember(arrival.case, str(given.get("as", "")))


def _mailbox(stage: Stage) -> Mailbox:
    domain = f"{stage.marketplace.slug[:40]}.example"
    known = {"marketplace": stage.marketplace, "receiver": f"mx.{domain}"}
    return Mailbox.objects.get_or_create(address=f"sac@{domain}", defaults=known)[0]


def _judged(raw: bytes, mailbox: Mailbox, result: str) -> bytes:
    """The letter as the mailbox's receiver hands it on, with its word about the sender on top."""
    sender = letter.outline(raw).sender
    if not result or sender is None:
        return raw
    domain = sender.address.rpartition("@")[2]
    head = f"Authentication-Results: {mailbox.receiver}; dmarc={result} header.from={domain}\n"
    return head.encode() + raw


def _written(stage: Stage, case: Case | None, mailbox: Mailbox, given: Any) -> bytes:
    message = EmailMessage()
    sender = str(given.get("from", "customer"))
    message["From"] = stage.customer.email if sender == "customer" else sender
    message["To"] = _address(stage, case, mailbox, given)
    message["Subject"] = str(given.get("subject", "Re: atendimento"))
    message["Message-ID"] = f"<{Arrival.objects.count()}.{stage.at:%Y%m%d%H%M%S}@cliente.example>"
    message.set_content(str(given["text"]))
    for file in given.get("files") or ():
        one = filling.mapping("files", file, ("name", "size"))
        data = b"\x01" * int(one.get("size", 10))
        message.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=str(one.get("name", "a.bin"))
        )
    return message.as_bytes()


def _address(stage: Stage, case: Case | None, mailbox: Mailbox, given: Any) -> str:
    if case is None or not given.get("reply", True):
        return mailbox.address
    return tokens.address(mailbox, case.pk, case.customer_id or stage.customer.pk)
