"""Machines among the writers: known for what they are, and people never taken for them."""

import pytest

from tests.mail.reading import writing
from tests.mail.reading.hostile import letter
from tratativa.mail import summary
from tratativa.mail.reading import letter as reading
from tratativa.mail.reading.senders import triage
from tratativa.mail.reading.senders.triage import Correspondence

MACHINES = {
    "an automatic answer": "Auto-Submitted: auto-replied (zimbra; vacation)\n",
    "a notice": "Auto-Submitted: auto-generated\n",
    "an envelope without a way back": "Return-Path: <>\n",
    "Exchange's rules": "X-MS-Exchange-Inbox-Rules-Loop: ana@cliente.example\n",
    "an older answering machine": "X-Autoreply: yes\n",
    "a machine that wants no answers": "X-Auto-Response-Suppress: All\n",
    "a challenge": "X-Loop: antispam\nPrecedence: bulk\n",
    "Apple's absence": "X-Apple-Action: VACATION\n",
    "an absence before «Re:»": "Subject: Resposta automática: Re: Pedido 4521\n",
    "a receipt before «RES:»": "Subject: Lida: RES: Pedido 4521\n",
    "a list of those who did not get it": "X-Failed-Recipients: joana@cliente.example\n",
}
PEOPLE = {
    "an answer": "Subject: Re: Pedido 4521\n",
    "an answer to a machine": "Subject: RES: Resposta automática: Pedido 4521\n",
    "a company's default": "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n",
    "a list": "List-Id: <clientes.listas.example>\nPrecedence: list\n",
    "a newsletter's answer": "List-Unsubscribe: <mailto:sair@x.example>\nPrecedence: bulk\n",
    "a person's own header": "Auto-Submitted: no\n",
    "a subject that asks for one": "Subject: Como tiro a resposta automática?\n",
    "a header that says no": "X-Autoreply: no\n",
}
SUBJECTS = [
    "Não foi possível entregar o pedido", "Falha no envio do meu pedido", "Mensagem não entregue",
    "Undeliverable: sofá",
    "Devolvido: pedido 4521", "Mensagem devolvida pela loja", "Estou de férias, podem entregar depois do dia 10?",
    "Fora do escritório até sexta, entreguem na portaria", "Ausente do escritório na data da entrega", "Lida: e agora?",
    "Lido: o manual não explica a montagem", "Read: the manual says nothing", "Entregue: só metade do pedido",
    "Confirmação de leitura do contrato", "Delivery failed twice", "Delivery failure: sofa", "Returned mail order",
    "Resposta automática da loja não ajuda", "Resposta automática: só recebo isso de vocês", "Automatic reply again??",
    "Automatic reply: please, a human", "Auto: peças do carro", "Out of office chair", "Vacation home order",
    "Fuera de la oficina: entrega en casa", "No se puede entregar mi pedido", "Correo no entregado", "Leído: el manual",
    "Respuesta automática: otra vez", "Undelivered parcel", "Notificação de status de entrega", "Failure notice to you",
    "Mail delivery of my order", "Unable to deliver? I was at home", "Error sending the invoice", "Lida",
]  # fmt: skip
ADDRESSES = [
    "Ana <postmaster@padaria.example>", "Ana <mailer-daemon@banda.example>", "Bounce <bounce.house@festas.example>",
    "Bounces <bounces@cama-elastica.example>", "Postmaster Embalagens <contato@embalagens.example>",
    "João <mail@joao.example>", "Ana <system@ana.example>", "Raiz <root@raiz.example>", "Ana <mdaemon.silva@x.example>",
    "Majordomo Bar <majordomo@bar.example>", "Ana <smtp@ana.example>", "Mail Delivery Silva <ana@x.example>",
]  # fmt: skip
PARCEL = "O pedido 4521 não foi entregue. The parcel could not be delivered, it was returned to sender."


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


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_subject_makes_a_person_a_machine(subject: str) -> None:
    read = summary(writing.letter("Boa tarde, preciso de ajuda.", subject=subject))

    assert read["is_auto"] is False


@pytest.mark.parametrize("subject", SUBJECTS)
def test_nor_where_it_is_known_what_they_were_sent(subject: str) -> None:
    known = Correspondence("joana@cliente.example", ("Nova resposta de Casa Verde · 2026-1",))

    assert reading.read(writing.letter("Boa tarde.", subject=subject), (), known).machine == ""


@pytest.mark.parametrize("sender", ADDRESSES)
def test_no_address_makes_a_person_a_machine_who_speaks_of_a_parcel(sender: str) -> None:
    raw = letter(body=PARCEL).replace(b"Ana <ana@cliente.example>", sender.encode())

    assert sender.encode() in raw
    assert summary(raw)["is_auto"] is False


def test_a_customer_who_passes_on_a_mail_system_s_words_is_still_the_customer() -> None:
    said = "Olhem: 550 5.1.1 User unknown. Foi o que veio quando escrevi à transportadora."
    raw = letter(body=said).replace(b"ana@cliente.example", b"postmaster@padaria.example")

    assert reading.read(raw, (), Correspondence("postmaster@padaria.example")).machine == ""
    assert reading.read(raw).machine == triage.BOUNCE


@pytest.mark.parametrize("kind", ["delivery-status", "disposition-notification", "feedback-report"])
def test_a_report_that_a_person_attaches_is_a_person_s(kind: str) -> None:
    body = f"--b\nContent-Type: text/plain\n\nVejam o que recebi\n--b\nContent-Type: message/{kind}\n\nX: y\n\n--b--\n"

    assert summary(letter(body=body, kind="multipart/mixed; boundary=b"))["is_auto"] is False


@pytest.mark.parametrize(
    "subject",
    [
        "Resposta automática: Nova resposta de Casa Verde · 2026-1",
        "Automatic reply: Re: Nova resposta de Casa Verde · 2026-1",
        "Respuesta automática: [EXTERNO] Nova resposta de Casa Verde · 2026-1",
        "Lida: nova  resposta de Casa Verde · 2026-1",
        "Entregue: RES: Nova resposta de Casa Verde · 2026-1",
    ],
)
def test_a_program_s_words_before_our_own_subject_are_a_machine_s(subject: str) -> None:
    known = Correspondence("joana@cliente.example", ("Nova resposta de Casa Verde · 2026-1",))

    assert reading.read(writing.letter("Volto dia 10.", subject=subject), (), known).machine


def test_an_answering_machine_without_a_way_back_is_no_bounce() -> None:
    read = reading.read(letter("Return-Path: <>\nSubject: Resposta automática: Pedido\n", body="Volto dia 10."))

    assert read.machine == triage.ABSENCE


@pytest.mark.parametrize("kind", ["delivery-status", "disposition-notification", "feedback-report"])
def test_a_report_is_a_machine_s(kind: str) -> None:
    body = f"--b\nContent-Type: text/plain\n\nolá\n--b\nContent-Type: message/{kind}\n\nAction: failed\n\n--b--\n"

    assert summary(letter(body=body, kind=f"multipart/report; report-type={kind}; boundary=b"))["is_auto"]


@pytest.mark.parametrize("name", [b"no-reply@", b"postmaster@", b"MAILER-DAEMON@", b"mail@"])
def test_words_alone_make_nobody_a_mail_system(name: bytes) -> None:
    for said in ("Não foi possível entregar a mensagem que deixei.", "Your message could not be delivered to me."):
        assert not summary(letter(body=said).replace(b"ana@", name))["is_auto"]


def test_a_mail_system_without_any_header_is_known_by_its_status_or_by_what_it_returns() -> None:
    said = "Your message could not be delivered to: <x@y.example>"
    for name in (b"postmaster@", b"MAILER-DAEMON@"):
        for proof in ("\n550 5.1.1 User unknown\n", "\n\nMessage-ID: <1@y.example>\nSubject: oi\n"):
            assert summary(letter(body=said + proof).replace(b"ana@", name))["is_auto"]
