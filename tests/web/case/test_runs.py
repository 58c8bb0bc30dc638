"""An agent follows a procedure on the case page: starts it, answers with a click, and sees whom the case asked."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cases.files.test_photographs import photo
from tests.cast import sign_in
from tests.papers import answer_with
from tests.web.conftest import NINE
from tratativa.accounts import actors, moments
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Registration
from tratativa.cases.acting import actions, opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.files import attachments, identity_documents
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Escalation, FollowUp
from tratativa.cases.queues import child_reports, children
from tratativa.orders.models import Command, Order
from tratativa.playbooks.models import Run
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.terms.parties import Party
from tratativa.scenarios import cast as playing

Desk = tuple[Client, Case, Actor]
UNTOLD = "e o cliente ainda não recebeu mensagem depois disso."


@pytest.fixture
def desk(db: None) -> Desk:
    """An agent signed in at Compra Agora, before a retailer's late order."""
    market = playing.marketplace("Compra Agora", "compra-agora")
    rulebook_versions.adopt(market, reading.load(shipped.FOLDER / "compra-agora"), at=NINE)
    seller, customer = playing.seller(market, {}), playing.customer(market, {})
    order: Order = playing.order({"stage": "paid"}, seller=seller, customer=customer, at=NINE)
    agent = playing.member("agent", Party.MARKETPLACE, market, seller)
    case = opening.open_case(
        Opening(order, reason="Pedidos", message=Message("Onde está o pedido?")), by=agent, at=NINE
    )
    return sign_in(agent), case, agent


def page(desk: Desk) -> str:
    client, case, _agent = desk
    return client.get(reverse("case", args=[protocols.show(case.protocol)])).content.decode()


def move(desk: Desk, **said: str) -> str:
    """Sends the panel's form as the page of this moment has it."""
    client, case, _agent = desk
    said.setdefault("seen", str(Case.objects.get(pk=case.pk).row_version))
    return client.post(reverse("run", args=[protocols.show(case.protocol)]), said, follow=True).content.decode()


def test_the_agent_starts_the_procedure_of_the_reason_and_answers_with_one_key_each(desk: Desk) -> None:
    assert "Pedidos ★" in page(desk)

    shown = move(desk, do="start", playbook="pedidos")

    assert "O que o cliente quer saber?" in shown
    assert 'data-key="4"' in shown
    assert "1001" in shown


def test_what_to_say_stands_before_the_next_question(desk: Desk) -> None:
    move(desk, do="start", playbook="pedidos")

    shown = move(desk, do="choose", answer="Status do pedido", step="pedido")

    assert "separação e embalagem" in shown
    assert 'value="Finalizar"' in shown


def test_the_child_case_is_reached_from_the_panel_and_leads_back(desk: Desk) -> None:
    move(desk, do="start", playbook="pedidos")

    shown = move(desk, do="choose", answer="Cancelamento", step="pedido")

    child = Escalation.objects.get(parent=desk[1]).child
    address = reverse("case", args=[protocols.show(child.protocol)])
    assert address in shown
    inside = desk[0].get(address).content.decode()
    assert "Chamado filho de" in inside
    assert protocols.show(desk[1].protocol) in inside
    assert "Onde está o pedido?" not in inside


def test_an_answer_nobody_passed_on_is_named_until_the_customer_is_told(desk: Desk) -> None:
    _client, case, agent = desk
    move(desk, do="start", playbook="pedidos")
    assert UNTOLD not in move(desk, do="choose", answer="Cancelamento", step="pedido")
    child = Escalation.objects.select_related("child__partner").get(parent=case).child
    assert child.partner is not None
    replying.reply(
        child, Message("Dá para cancelar."), by=actors.of_partner(child.partner), at=NINE + timedelta(minutes=5)
    )
    child_reports.report(child.pk)

    assert f"Distribuidor respondeu em {moments.long(NINE + timedelta(minutes=5))}, {UNTOLD}" in page(desk)
    replying.reply(case, Message("Vão cancelar.", to="customer"), by=agent, at=NINE + timedelta(minutes=10))
    assert UNTOLD not in page(desk)


def test_an_answer_from_a_page_gone_stale_moves_nothing(desk: Desk) -> None:
    move(desk, do="start", playbook="pedidos")
    move(desk, do="choose", answer="Pedido em atraso", step="pedido")

    shown = move(desk, do="choose", answer="Status do pedido", step="pedido")

    assert "já passou deste passo" in shown
    assert Run.objects.get(case=desk[1]).step == "prazo"


def test_every_check_is_recorded_or_none_is(desk: Desk) -> None:
    move(desk, do="start", playbook="divergencia-de-dados")
    move(desk, do="choose", answer="Representante legal")

    half = move(desk, **{"do": "verify", "step": "pid", "check-0": "ok"})
    assert "Registre cada conferência" in half
    whole = move(desk, **{"do": "verify", "step": "pid", "check-0": "ok", "check-1": "ok", "check-2": "fail"})

    assert "A identificação não confere" in whole


def test_two_calls_in_one_slot_are_refused_with_the_next_one(desk: Desk) -> None:
    move(desk, do="start", playbook="ruptura-do-pedido")
    move(desk, do="choose", answer="Não", step="contato")
    assert "Uma ligação agora conta." in page(desk)
    move(desk, do="call", reached="no", step="ligar")

    shown = move(desk, do="call", reached="no", step="ligar")

    assert "Próximo horário: 24/11/2026" in shown
    assert "1 de 3 tentativas" in shown and "Uma ligação agora conta." not in shown


def test_opening_an_identity_paper_is_logged_and_expired_it_opens_no_more(desk: Desk) -> None:
    client, case, agent = desk
    upload = SimpleUploadedFile("rg.png", photo((40, 40)))
    file = attachments.receive(upload, by=agent, at=NINE, limit=1000)
    answer_with(case, file, by=agent, at=NINE)

    shown = page(desk)
    assert "abrir fica registrado" in shown and reverse("picture", args=[file.pk]) not in shown
    assert not case.entries.filter(event="document.opened").exists()
    assert client.get(reverse("file", args=[file.pk])).status_code == 200
    assert case.entries.filter(event="document.opened", data__attachment=str(file.pk)).count() == 1

    identity_documents.expire(at=NINE + identity_documents.KEPT)
    assert client.get(reverse("file", args=[file.pk])).status_code == 404


def test_what_nobody_can_take_back_is_asked_once(desk: Desk) -> None:
    move(desk, do="start", playbook="pedidos")
    shown = move(desk, do="choose", answer="Status do pedido", step="pedido")

    refused = move(desk, do="choose", answer="Finalizar", step="fim")
    still_open = Case.objects.get(pk=desk[1].pk).is_open
    move(desk, do="choose", sure="Finalizar", step="fim")

    assert "Isto não tem volta" in shown
    assert "Confirme antes: «Finalizar»" in refused and still_open
    assert not Case.objects.get(pk=desk[1].pk).is_open


def test_a_slip_is_taken_back_at_once_without_a_word_and_later_with_a_reason(
    desk: Desk, clock: time_machine.Traveller
) -> None:
    move(desk, do="start", playbook="pedidos")
    shown = move(desk, do="choose", answer="Pedido em atraso", step="pedido")

    again = move(desk, do="back", step="prazo")
    move(desk, do="choose", answer="Pedido em atraso", step="pedido")
    clock.shift(timedelta(seconds=11))
    late = move(desk, do="back", step="prazo")
    told = move(desk, do="back", step="prazo", why="Era o status que queria.")

    assert "Desfazer a última resposta" in shown and "O que o cliente quer saber?" in again
    assert "Diga por que voltar" in late and "Desfazer a última resposta" not in late
    assert "Era o status que queria." in told and Run.objects.get().step == "pedido"
    assert desk[1].entries.filter(event="run.stepped_back").count() == 2


def test_a_question_to_a_queue_is_taken_back_with_its_child_case(desk: Desk) -> None:
    move(desk, do="start", playbook="pedidos")
    move(desk, do="choose", answer="Cancelamento", step="pedido")
    child = Escalation.objects.get(parent=desk[1])

    move(desk, do="back", step="cancelar", why="Cliquei no errado.")
    children.catch_up(desk[2].marketplace_id, at=NINE)

    child.refresh_from_db()
    assert child.withdrawn_at and not Case.objects.get(pk=child.child_id).is_open
    assert (Run.objects.get().step, Case.objects.get(pk=desk[1].pk).waiting_on) == ("pedido", "marketplace")


def test_what_left_the_desk_is_not_taken_back(desk: Desk) -> None:
    move(desk, do="start", playbook="duplicidade-de-dados")
    move(desk, do="choose", answer="Outro cadastro", step="cenario")  # the customer was told

    refused = move(desk, do="back", step="fim", why="Foi engano.")

    assert "Não dá para voltar: «Negar a alteração e pedir outro dado» já foi feito." in refused
    assert Run.objects.get().step == "fim"


def test_a_procedure_is_stopped_or_begun_anew_with_a_reason(desk: Desk) -> None:
    move(desk, do="start", playbook="pedidos")
    move(desk, do="choose", answer="Pedido em atraso", step="pedido")

    without = move(desk, do="restart", step="prazo")
    anew = move(desk, do="restart", step="prazo", why="Falou de outro pedido.")
    stopped = move(desk, do="abandon", step="pedido", why="O cliente desligou.")

    assert "Diga por que o roteiro para aqui." in without
    assert "Falou de outro pedido." in anew and "O que o cliente quer saber?" in anew
    assert "O cliente desligou." in stopped and "Iniciar" in stopped
    assert Run.objects.count() == 2 and Case.objects.get(pk=desk[1].pk).is_open


def test_starting_does_nothing_to_the_world_before_somebody_confirms(desk: Desk) -> None:
    _client, case, _agent = desk
    assert case.customer
    Registration.objects.create(customer=case.customer, signup=[{"id": "token", "label": "Token"}])  # K02-02

    shown = move(desk, do="start", playbook="status-do-cadastro")
    before = Command.objects.count()
    after = move(desk, do="choose", answer="next", step="empurrar")

    assert "Empurrar a etapa que falta" in shown and "Confirmar" in shown
    assert (before, [one.verb for one in Command.objects.all()]) == (0, ["update_registration"])
    assert "Empurramos a etapa que faltava" in after


def test_single_keys_can_be_switched_off(desk: Desk) -> None:
    client, _case, _agent = desk

    client.post(reverse("shortcuts"), {"keys": "off"})

    assert 'data-keys="off"' in page(desk)
    assert "Ligar os atalhos" in client.get(reverse("help")).content.decode()


def _asks_on_the_line(desk: Desk) -> str:
    """The agent, with the retailer on the telephone, has asked for the documents."""
    Case.objects.filter(pk=desk[1].pk).update(channel="phone")
    move(desk, do="start", playbook="alterar-cadastro")
    move(desk, do="choose", answer="Não tem acesso ao e-mail", step="acesso")
    move(desk, do="choose", answer="Varejista/representante", step="quem")
    return move(desk, do="choose", answer="Sim", step="documento")


def _says(desk: Desk, words: str) -> None:
    """The agent notes what the retailer says on the telephone."""
    _client, case, agent = desk
    said = {"por-onde": "phone", "palavras-do-cliente": words}
    actions.perform(case, "anotar-o-que-o-cliente-disse", fields=said, by=agent, at=timezone.now())


def test_who_hangs_up_is_written_to_and_a_task_is_left(desk: Desk) -> None:
    asked = _asks_on_the_line(desk)

    gone = move(desk, do="no_answer", step="em-linha")

    assert "Desligou: seguir sem esperar" in asked
    assert "Aguardar os documentos por e-mail" in gone and "Desligou: seguir sem esperar" not in gone
    assert [task.text for task in FollowUp.objects.all()] == ["Acompanhar os documentos pedidos por e-mail"]


def test_a_word_noted_on_the_line_leaves_the_way_of_silence_open(desk: Desk) -> None:
    _asks_on_the_line(desk)
    _says(desk, "Vou procurar.")

    assert "Desligou: seguir sem esperar" in page(desk)
    move(desk, do="no_answer", step="em-linha")

    assert Run.objects.get().step == "por-email"


def test_silence_after_a_word_is_the_agents_to_tell_and_asked_once(desk: Desk, clock: time_machine.Traveller) -> None:
    Order.objects.filter(pk=desk[1].order_id).update(payment_method="pix", shortage_cents=8000)
    move(desk, do="start", playbook="ruptura-do-pedido")
    move(desk, do="choose", answer="Sim", step="contato")
    _says(desk, "Vou ver com meu sócio.")
    early = page(desk)
    clock.shift(timedelta(hours=48, minutes=1))

    shown = page(desk)
    refused = move(desk, do="no_answer", step="opcao")
    stood = Run.objects.get().step
    move(desk, do="no_answer", step="opcao", sure="yes")

    assert "Não respondeu mais: seguir" not in early and "Não respondeu mais: seguir" in shown
    assert "Confirme antes: «Não respondeu mais: seguir» faz isto, sem volta: Criar o voucher" in refused
    assert (stood, Run.objects.get().step) == ("opcao", "fim")
