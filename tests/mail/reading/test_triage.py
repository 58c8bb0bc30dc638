"""Machines among the writers: known for what they are, and people never taken for them."""

import pytest

from tests.mail.reading.hostile import letter
from tratativa.mail import summary

MACHINES = {
    "an automatic answer": "Auto-Submitted: auto-replied (zimbra; vacation)\n",
    "a notice": "Auto-Submitted: auto-generated\n",
    "an envelope without a way back": "Return-Path: <>\n",
    "Exchange's rules": "X-MS-Exchange-Inbox-Rules-Loop: ana@cliente.example\n",
    "an older answering machine": "X-Autoreply: yes\n",
    "a machine that wants no answers": "X-Auto-Response-Suppress: All\n",
    "a challenge": "X-Loop: antispam\nPrecedence: bulk\n",
    "an absence": "Subject: Resposta automática: Pedido 4521\n",
    "an absence in German": "Subject: Automatische Antwort: Pedido\n",
    "a receipt": "Subject: Lida: Pedido 4521\n",
    "a bounce by its subject": "Subject: Undelivered Mail Returned to Sender\n",
}
PEOPLE = {
    "an answer": "Subject: Re: Pedido 4521\n",
    "an answer to a machine": "Subject: RES: Resposta automática: Pedido 4521\n",
    "a company's default": "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n",
    "a list": "List-Id: <clientes.listas.example>\nPrecedence: list\n",
    "a newsletter's answer": "List-Unsubscribe: <mailto:sair@x.example>\nPrecedence: bulk\n",
    "a person's own header": "Auto-Submitted: no\n",
    "a subject that asks for one": "Subject: Como tiro a resposta automática?\n",
}


@pytest.mark.parametrize("headers", MACHINES.values(), ids=MACHINES)
def test_a_machine_is_known_and_never_answered(headers: str) -> None:
    read = summary(letter(headers))

    assert (read["is_auto"], read["no_autoreply"]) == (True, True)


@pytest.mark.parametrize("headers", PEOPLE.values(), ids=PEOPLE)
def test_a_person_is_no_machine(headers: str) -> None:
    assert summary(letter(headers))["is_auto"] is False


def test_lists_are_read_and_not_answered() -> None:
    read = summary(letter("List-Id: <clientes.listas.example>\n"))

    assert (read["is_auto"], read["no_autoreply"]) == (False, True)


@pytest.mark.parametrize("kind", ["delivery-status", "disposition-notification", "feedback-report"])
def test_a_report_is_a_machine_s(kind: str) -> None:
    body = f"--b\nContent-Type: text/plain\n\nolá\n--b\nContent-Type: message/{kind}\n\nAction: failed\n\n--b--\n"

    assert summary(letter(body=body, kind=f"multipart/report; report-type={kind}; boundary=b"))["is_auto"]


def test_a_mail_system_without_any_header_is_known_by_what_it_says() -> None:
    raw = letter(body="Your message could not be delivered to: <x@y.example>").replace(b"ana@", b"no-reply@")

    assert summary(raw)["is_auto"]
