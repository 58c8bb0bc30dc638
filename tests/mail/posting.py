"""Letters as customers write them to a case, and their way in."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from tests.cast import MONDAY
from tratativa.cases.models import Case
from tratativa.mail import tokens
from tratativa.mail.filing import filing
from tratativa.mail.intake import receiving
from tratativa.mail.models import Arrival, Mailbox

LATER = MONDAY + timedelta(hours=2)
ADDRESS = "sac@loja.example"


def own_address(case: Case) -> str:
    """The address this case's customer was given, and nobody else."""
    assert case.customer_id is not None
    return tokens.address(Mailbox.objects.get(address=ADDRESS), case.pk, case.customer_id)


def vouched(domain: str = "cliente.example", receiver: str = "mx.loja.example") -> dict[str, str]:
    """What a mailbox's receiver says of a letter whose sender's domain owns it."""
    return {"Authentication_Results": f"{receiver}; dkim=pass header.d={domain}; dmarc=pass header.from={domain}"}


def trusting(box: Mailbox, receiver: str = "mx.loja.example") -> Mailbox:
    """The mailbox, which from now on trusts what this receiver says of senders."""
    box.receiver = receiver
    box.save(update_fields=["receiver"])
    return box


def write(
    case: Case | None,
    text: str = "Ainda não chegou.",
    *,
    sender: str = "",
    to: str = "",
    files: Any = (),
    **headers: str,
) -> bytes:
    """A letter to the desk: from the case's customer to the case's own address, unless told otherwise."""
    message = EmailMessage()
    customer = case.customer if case else None
    message["From"] = sender or f"{customer.name} <{customer.email}>" if customer else sender
    reply_to = own_address(case) if case and customer else ADDRESS
    message["To"] = to or reply_to
    message["Subject"] = headers.pop("Subject", "Re: atendimento")
    message["Message-ID"] = headers.pop("Message_ID", f"<{abs(hash(text))}@cliente.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def arrive(box: Mailbox, raw: bytes, *, at: Any = LATER) -> Arrival:
    arrival = receiving.receive(box, raw, at=at)
    filing.open_letter(arrival.pk, at=at)
    arrival.refresh_from_db()
    return arrival


def said(case: Case) -> list[str]:
    return [entry.words.body for entry in case.entries.filter(event="message.posted").order_by("number")]
