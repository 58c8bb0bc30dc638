"""An agent with a customer on the telephone: answers what the customer was asked, asks again, carries a letter over."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import retail
from tests.cases.files.test_photographs import photo
from tests.retail import Retail
from tests.web.conftest import Enter
from tests.web.pages import flat
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.files import attachments
from tratativa.cases.messages import drafts
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Draft, Entry, Request
from tratativa.cases.queues import children
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import writing
from tratativa.playbooks import running
from tratativa.playbooks.models import Run


@pytest.fixture
def agora(db: None) -> Retail:
    return retail.gather(at=timezone.now())


@pytest.fixture
def desk(agora: Retail, enter: Enter) -> Client:
    return enter(agora.agent)


def calls(agora: Retail, reason: str) -> Case:
    """A retailer rings about its order, and the agent starts the procedure."""
    now = timezone.now() - timedelta(minutes=10)
    case = opening.open_case(
        Opening(agora.order, reason=reason, message=Message("Ligou."), channel="phone"), by=agora.agent, at=now
    )
    running.start(case, reason, by=agora.agent, at=now)
    return case


def form_of(case: Case) -> str:
    return reverse("answer_for", args=[case.protocol, Request.objects.get(case=case, answered_at=None).pk])


def sends(case: Case, by: Actor, words: str, *names: str) -> list[Attachment]:
    """The customer writes with photos instead of filling the form in."""
    now = timezone.now()
    uploads = [SimpleUploadedFile(name, photo()) for name in names]
    files = [attachments.receive(one, by=by, at=now, limit=10**7) for one in uploads]
    replying.reply(case, Message(words, files=files), by=by, at=now)
    return files


def test_the_agent_answers_for_who_is_on_the_line_and_the_procedure_goes_on(agora: Retail, desk: Client) -> None:
    case = calls(agora, "Crédito")
    waiting = desk.get(reverse("case", args=[case.protocol])).content.decode()
    form = desk.get(form_of(case)).content.decode()

    desk.post(form_of(case), {"channel": "phone", "valor-desejado": "15.000,00"})
    told = desk.get(reverse("case", args=[case.protocol])).content.decode()

    assert "Respondido por telefone" in waiting and "O pedido foi para loja@flordemaio.example." in waiting
    assert re.search(r'value="phone" checked', flat(form))
    assert "resposta ao pedido · telefone, anotado por Iara" in told and "R$ 15.000,00" in told
    assert Run.objects.get().step == "de-quem" and Case.objects.get().waiting_on == "marketplace"


def test_bank_data_told_by_telephone_are_sealed_and_read_by_the_queue_alone(agora: Retail, desk: Client) -> None:
    case = calls(agora, "Reembolso")
    for answer in ("À vista", "Pix ou boleto antecipado"):
        running.choose(case, answer, by=agora.agent, at=timezone.now())
    request = Request.objects.get()

    empty = desk.post(form_of(case), {"channel": "phone", "conta": "98765-4"})
    desk.post(form_of(case), {"channel": "phone", "conta": "98765-4", "agencia": "0321"})
    told = desk.get(reverse("case", args=[case.protocol])).content.decode()

    request.refresh_from_db()
    assert empty.status_code == 422 and "Preencha «Agência»." in empty.content.decode()
    assert (request.sealed, request.answers) == ({"conta": "98765-4", "agencia": "0321"}, {"cnpj-do-titular": None})
    assert "98765-4" not in told and "Conta: informado" in told


def test_a_worded_mail_stands_beside_the_form_and_its_files_are_carried_over(
    agora: Retail, desk: Client, enter: Enter
) -> None:
    case = calls(agora, "Reembolso")
    running.choose(case, "Trademaster", by=agora.agent, at=timezone.now())
    sends(case, agora.customer, "Conta 5544-1, agência 0099, segue o comprovante.", "comprovante.png")

    panel = desk.get(reverse("case", args=[case.protocol])).content.decode()
    form = desk.get(form_of(case)).content.decode()
    key = str(Attachment.objects.get(case=case).pk)
    desk.post(form_of(case), {"channel": "email", "comprovante.carried": key, "agencia": "0099", "conta": "5544-1"})

    answered = case.entries.get(event="request.answered")
    assert "Preencher com a resposta" in panel and "Conta 5544-1" in panel
    assert "Palavras do cliente" in form and "comprovante.png" in form
    assert [one.name for one in answered.attachments.all()] == ["comprovante.png"]
    assert answered.data["channel"] == "email" and answered.party == "customer"


def test_nobody_answers_with_another_cases_file(agora: Retail, desk: Client) -> None:
    other = calls(agora, "Crédito")
    sends(other, agora.customer, "Olha.", "alheio.png")
    case = calls(agora, "Problemas no Site")
    running.choose(case, "Site fora do ar", by=agora.agent, at=timezone.now())

    page = desk.post(form_of(case), {"channel": "phone", "evidencia.carried": str(Attachment.objects.get().pk)})

    assert page.status_code == 422 and "Anexe ao menos um arquivo" in page.content.decode()


def test_the_customer_is_reminded_and_asked_again_at_the_address_they_can_read(agora: Retail, desk: Client) -> None:
    case = calls(agora, "Crédito")
    again = reverse("ask_again", args=[case.protocol, Request.objects.get().pk])
    desk.post(again, {"do": "remind"})
    twice = desk.post(again, {"do": "remind"}, follow=True).content.decode()

    desk.post(
        reverse("action", args=[case.protocol, "escrever-a-outro-e-mail"]),
        {
            "e-mail": "dona@novo.example",
            "checked": ["O CNPJ confere", "O e-mail do cadastro confere", "O telefone do cadastro confere"],
        },
    )

    letters = list(Letter.objects.filter(case=case).exclude(kind="case.opened").order_by("entry__number"))
    assert "acabou de ser enviado" in twice
    assert [one.kind for one in letters] == ["request.asked", "request.reminded", "request.resent"]
    assert [one.address for one in letters] == ["loja@flordemaio.example"] * 2 + ["dona@novo.example"]
    assert writing.write(letters[1], at=timezone.now()).subject.startswith("Ainda esperamos a sua resposta")
    assert "dona@novo.example" in desk.get(reverse("case", args=[case.protocol])).content.decode()


def test_the_agent_goes_on_without_the_answer(agora: Retail, desk: Client) -> None:
    case = calls(agora, "Crédito")

    page = desk.post(reverse("run", args=[case.protocol]), {"do": "give_up", "step": "valor"}, follow=True)

    assert "Sem o valor desejado o pedido de crédito não é feito." in page.content.decode()
    assert Request.objects.get().withdrawn_at and Run.objects.get().step == "fim"


def test_a_distributor_tells_of_a_suspicion_and_is_answered_where_it_told(agora: Retail, enter: Enter) -> None:  # K12
    vera, iara = enter(agora.vera), enter(agora.agent)
    link = vera.get(reverse("partner_cases")).content.decode()
    said = {"reason": "suspeita-de-fraude", "text": "O endereço não existe.", "order": "100021"}
    wrong = vera.post(reverse("partner_report"), {**said, "order": "1"})

    told = vera.post(reverse("partner_report"), said, follow=True).content.decode()
    parent = Case.objects.get(queue="")
    running.start(parent, "Suspeita de fraude", by=agora.agent, at=timezone.now())
    for answer in ("Distribuidor", "Fraude não constatada"):
        running.choose(parent, answer, by=agora.agent, at=timezone.now())
    children.catch_up(agora.marketplace.pk, at=timezone.now())
    mine = vera.get(reverse("partner_case", args=[Case.objects.exclude(queue="").get().protocol])).content.decode()

    assert reverse("partner_report") in link
    assert wrong.status_code == 422 and "Não há pedido seu com este número." in wrong.content.decode()
    assert "Recebemos o que você contou." in told and "O endereço não existe." in told
    assert "não houve fraude" in mine and "Flor de Maio" not in mine
    assert "O endereço não existe." in iara.get(reverse("case", args=[parent.protocol])).content.decode()
    assert enter(agora.customer).get(f"/my/cases/{parent.protocol}/").status_code == 404
    assert not Letter.objects.filter(party="customer").exists()


def test_who_answers_no_sellers_queue_reports_no_order(agora: Retail, enter: Enter) -> None:
    said = {"reason": "suspeita-de-fraude", "text": "Estranho.", "order": "100021"}

    page = enter(agora.partner).post(reverse("partner_report"), said)

    assert page.status_code == 422 and not Case.objects.exists()


def test_a_queues_answer_goes_on_by_one_click_with_its_words_and_files(agora: Retail, desk: Client) -> None:
    case = calls(agora, "Pedidos")
    for answer in ("Pedido em atraso", "Atrasado"):
        running.choose(case, answer, by=agora.agent, at=timezone.now())
    child = Case.objects.exclude(queue="").get()
    paper = SimpleUploadedFile("rota.pdf", b"%PDF-1.4 rota")
    file = attachments.receive(paper, by=agora.vera, at=timezone.now(), limit=10**7)
    replying.reply(child, Message("Sai amanhã cedo.", files=[file]), by=agora.vera, at=timezone.now())
    children.catch_up(agora.marketplace.pk, at=timezone.now())
    running.choose(case, "Outro motivo", by=agora.agent, at=timezone.now())
    drafts.keep(case, by=agora.agent, at=timezone.now(), words="Bom dia!", to="customer", customer_reads=True)

    panel = desk.get(reverse("case", args=[case.protocol])).content.decode()
    page = desk.post(reverse("run", args=[case.protocol]), {"do": "pass_on"}, follow=True).content.decode()

    draft = Draft.objects.get()
    carried = draft.files.get()
    assert "Repassar a resposta" in panel and "Sai amanhã cedo." in page
    assert draft.body == "Bom dia!\n\nSai amanhã cedo." and draft.to == "customer"
    assert (carried.name, carried.entry) == ("rota.pdf", None) and carried.path != file.path


def test_finishing_several_asks_why_an_answer_is_not_passed_on_and_finishes_the_others(
    agora: Retail, desk: Client
) -> None:
    answered, other = calls(agora, "Pedidos"), calls(agora, "Promoções")
    for answer in ("Pedido em atraso", "Atrasado"):
        running.choose(answered, answer, by=agora.agent, at=timezone.now())
    child = Case.objects.exclude(queue="").get()
    replying.reply(child, Message("Sai amanhã."), by=agora.vera, at=timezone.now())
    children.catch_up(agora.marketplace.pk, at=timezone.now())
    seen = {f"seen-{one.protocol}": Case.objects.get(pk=one.pk).row_version for one in (answered, other)}
    both = {"do": "close", "case": [answered.protocol, other.protocol], **seen}

    page = desk.post(reverse("bulk"), both).content.decode()
    states = [Case.objects.get(pk=one.pk).is_open for one in (answered, other)]
    desk.post(reverse("bulk"), {"do": "close", "case": answered.protocol, "why": "Dita por telefone", **seen})

    assert "Distribuidor respondeu, e o cliente ainda não leu a resposta." in page
    assert "Por que a resposta não é repassada" in page and states == [True, False]
    assert not Case.objects.get(pk=answered.pk).is_open
    assert Entry.objects.get(case=answered, event="answer.kept").said == "Dita por telefone"


def test_finishing_without_passing_an_answer_on_asks_why(agora: Retail, desk: Client) -> None:
    case = calls(agora, "Pedidos")
    for answer in ("Pedido em atraso", "Atrasado"):
        running.choose(case, answer, by=agora.agent, at=timezone.now())
    child = Case.objects.exclude(queue="").get()
    replying.reply(child, Message("Sai amanhã."), by=agora.vera, at=timezone.now())
    children.catch_up(agora.marketplace.pk, at=timezone.now())
    running.choose(case, "Outro motivo", by=agora.agent, at=timezone.now())
    run, close = reverse("run", args=[case.protocol]), reverse("action", args=[case.protocol, "finalizar-chamado"])

    form = desk.get(close).content.decode()
    seen = Case.objects.get(pk=case.pk).row_version
    sure = {"do": "choose", "sure": "Finalizar", "step": "fim", "seen": seen}
    by_hand = desk.post(close, {"seen": seen})
    without = desk.post(run, sure, follow=True).content.decode()
    still_open = Case.objects.get(pk=case.pk).is_open
    unseen = desk.post(run, {**sure, "why": "Dita", "seen": seen - 1}, follow=True).content.decode()
    desk.post(run, {**sure, "why": "Dita por telefone"})

    assert "A resposta de Distribuidor não foi repassada ao cliente. Por quê?" in form
    assert by_hand.status_code == 422 and "Diga por que a resposta não é repassada" in without and still_open
    assert "Confira e confirme de novo." in unseen
    assert not Case.objects.get(pk=case.pk).is_open
    assert case.entries.get(event="answer.kept").said == "Dita por telefone"
