"""The retailer beside its case: everything an agent looks up of it, for the team alone, at a fixed price."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests import retail
from tests.retail import Retail
from tests.web.conftest import Enter
from tests.web.pages import flat
from tratativa.accounts import actors
from tratativa.accounts.models import Customer, Marketplace, Registration
from tratativa.cases.acting import actions, replying
from tratativa.cases.core import protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.orders import command_outcomes
from tratativa.cases.queues import child_reports, receita
from tratativa.cases.requests import requests
from tratativa.cases.requests.requests import pending
from tratativa.orders import intake, told
from tratativa.orders.models import Command, Rupture
from tratativa.playbooks import running

PANEL = 17  # queries, whatever the retailer has


@pytest.fixture
def cast(db: None, settings: Settings) -> Retail:
    settings.REGISTRY = "tratativa.demo.recorded:Recorded"
    return retail.gather(at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def case(cast: Retail) -> Case:
    return cast.case(at=timezone.now() - timedelta(minutes=50))


@pytest.fixture
def desk(cast: Retail, enter: Enter) -> Client:
    """The agent's browser."""
    return enter(cast.agent)


def panel(desk: Client, case: Case) -> str:
    """The panel of the case."""
    return desk.get(reverse("retailer_panel", args=[case.protocol])).content.decode()


def page(desk: Client, cast: Retail, **query: str) -> str:
    """The retailer's own page."""
    return desk.get(reverse("retailer", args=[cast.retailer.pk], query=query)).content.decode()


def test_the_case_page_has_room_for_the_panel_and_a_way_to_the_page(cast: Retail, case: Case, desk: Client) -> None:
    shown = desk.get(reverse("case", args=[case.protocol])).content.decode()

    assert reverse("retailer_panel", args=[protocols.show(case.protocol)]) in shown
    assert reverse("retailer", args=[cast.retailer.pk]) in shown


def test_the_panel_says_who_the_retailer_is_and_where_its_sign_up_stopped(case: Case, desk: Client) -> None:
    shown = panel(desk, case)

    for words in (
        "Mercadinho Flor de Maio", "48.291.375/0001-84", "Cadastro incompleto", "Token por SMS",
        "O token expirou sem ser usado.", "Empurrar etapa",
    ):  # fmt: skip
        assert words in shown


def test_the_panel_shows_orders_with_their_stages_ruptures_invoices_and_what_can_be_spent(
    case: Case, desk: Client
) -> None:
    shown = panel(desk, case)

    for words in (
        "100021", "Faturamento: com ruptura", "Pagamento: aprovado", "faltam 2 de 10: Óleo de soja 900 ml",
        "NF-e 55100021", "R$ 8.000,00", "R$ 5.500,00", "um novo pedido é possível hoje", "CB-1", "vale até",
        "venceu em", "usado em", "Mercadinho Flor de Maio Centro",
    ):  # fmt: skip
        assert words in shown


def test_pushing_a_step_asks_the_system_and_stays_on_record(cast: Retail, case: Case, desk: Client) -> None:
    answer = desk.post(reverse("push_signup", args=[case.protocol]), {"step": "token"}, follow=True)

    command = Command.objects.get(customer=cast.retailer)
    pushed = case.entries.get(event="signup.pushed")
    assert "Etapa empurrada." in answer.content.decode()
    assert (command.verb, command.data["step"]) == ("update_registration", "token")
    assert (pushed.actor_id, pushed.data["step"]) == (cast.agent.person_id, "token")
    assert "empurrada, esperando o sistema" in panel(desk, case)


def test_a_pushed_step_is_done_and_says_by_whom_and_stays_so(cast: Retail, case: Case, desk: Client) -> None:
    desk.post(reverse("push_signup", args=[case.protocol]), {"step": "token"})
    command_outcomes.deliver(Command.objects.get(customer=cast.retailer).pk, at=timezone.now())
    intake.take(cast.marketplace, told.read(retail.tells(timezone.now())), at=timezone.now())

    shown = panel(desk, case)

    assert "empurrada por Iara" in shown
    assert "Empurrar etapa" not in shown
    again = desk.post(reverse("push_signup", args=[case.protocol]), {"step": "token"}, follow=True)
    assert "já foi feita" in again.content.decode()


def test_the_receita_is_asked_and_answers_beside_the_registration(cast: Retail, case: Case, desk: Client) -> None:
    desk.post(reverse("ask_registry", args=[case.protocol]))
    waiting = panel(desk, case)
    receita.carry(cast.retailer.lookups.get().pk, at=timezone.now())

    shown = panel(desk, case)

    assert "Consultando a Receita" in waiting
    assert "Situação na Receita" in shown
    assert "1 diferença" in shown
    assert "contato@flordemaio.example" in shown
    assert "Consultar de novo" in shown


@pytest.mark.parametrize(
    ("document", "says"), [(retail.UNKNOWN, "não conhece este CNPJ"), (retail.AWAY, "Tente de novo em alguns minutos")]
)
def test_what_the_receita_cannot_say_is_said_in_words(
    cast: Retail, case: Case, desk: Client, document: str, says: str
) -> None:
    cast.retailer.document = document
    cast.retailer.save()
    desk.post(reverse("ask_registry", args=[case.protocol]))
    receita.carry(cast.retailer.lookups.get().pk, at=timezone.now())

    shown = panel(desk, case)

    assert says in shown
    assert "Consultar de novo" in shown


def test_an_identification_is_remembered_with_who_and_when_in_later_cases(
    cast: Retail, case: Case, desk: Client
) -> None:
    at = timezone.now()
    running.start(case, "Divergência de dados", by=cast.agent, at=at)
    running.choose(case, "Representante legal", by=cast.agent, at=at)
    running.verify(case, {"CNPJ": True, "E-mail": False, "Telefone": True}, by=cast.agent, at=at)
    later = cast.case("Crédito", at=at, words="Mais limite.")

    shown = flat(panel(desk, later))

    assert "CNPJ: confere" in shown
    assert "E-mail: não confere" in shown
    assert "Iara" in shown
    assert protocols.show(case.protocol) in shown


def test_a_blocked_registration_says_so_in_words(cast: Retail, case: Case, desk: Client) -> None:
    Registration.objects.filter(customer=cast.retailer).update(blocked_at=timezone.now())

    assert "Cadastro bloqueado desde" in panel(desk, case)


def test_the_next_credit_request_has_its_day(cast: Retail, case: Case, desk: Client) -> None:
    at = timezone.now()
    credit = cast.case("Crédito", at=at, words="Mais limite.")
    running.start(credit, "Crédito", by=cast.agent, at=at)
    requests.answer(pending(credit, cast.customer)[0], {"Valor desejado": "9000"}, by=cast.customer, at=at)
    running.choose(credit, "Distribuidor", by=cast.agent, at=at)
    child = Case.objects.get(parent=credit)
    assert child.partner
    replying.reply(child, Message("Aprovado."), by=actors.of_partner(child.partner), at=at)
    child_reports.report(child.pk)

    assert "novo pedido possível a partir de" in panel(desk, case)


def test_orders_and_ruptures_are_narrowed_to_a_number(cast: Retail, desk: Client) -> None:
    both, one, none = (page(desk, cast, order=number) for number in ("", "100007", "999"))

    assert "100021" in both and "100007" in both
    assert "100021" not in one and "Nenhuma ruptura nestes pedidos." in one
    assert "Nenhum pedido começa por este número." in none


def test_from_the_page_one_pushes_only_where_a_case_is_there_to_remember_it(
    cast: Retail, case: Case, desk: Client
) -> None:
    alone, with_case = page(desk, cast), page(desk, cast, case=case.protocol)

    assert "Empurrar etapa" not in alone
    assert "Empurrar etapa" in with_case


def test_the_panel_costs_the_same_for_a_retailer_with_many_orders_and_cases(
    cast: Retail, case: Case, desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    panel(desk, case)
    with django_assert_num_queries(PANEL):
        panel(desk, case)
    data = retail.tells(timezone.now())
    order = data["orders"][0]
    data["orders"] = [{**order, "number": f"2000{place}"} for place in range(9)]
    intake.take(cast.marketplace, told.read(data), at=timezone.now())
    for _case in range(4):
        cast.case(at=timezone.now())

    with django_assert_num_queries(PANEL):
        panel(desk, case)


def test_nobody_but_the_team_sees_it_and_no_team_but_its_own(cast: Retail, case: Case, enter: Enter) -> None:
    other = retail.gather_other(cast.marketplace)
    urls = [reverse("retailer_panel", args=[case.protocol]), reverse("retailer", args=[cast.retailer.pk])]

    for url in urls:
        assert [enter(who).get(url).status_code for who in (cast.agent, cast.boss)] == [200, 200]
        assert enter(other).get(url).status_code == 404
        assert enter(cast.seller).get(url).status_code == 403
        assert enter(cast.partner).get(url).status_code in {302, 403, 404}
        assert enter(cast.customer).get(url).status_code == 302


def test_a_child_case_has_no_panel_and_shows_nothing_of_the_retailer(cast: Retail, case: Case, desk: Client) -> None:
    fields = {"para": "ka", "mensagem": "Caiu?"}
    actions.perform(case, "Criar ticket secundário", by=cast.agent, at=timezone.now(), fields=fields)
    child = Case.objects.get(parent=case)

    assert desk.get(reverse("retailer_panel", args=[child.protocol])).status_code == 404


def test_a_customer_of_another_case_is_not_reached_through_this_one(cast: Retail, case: Case, desk: Client) -> None:
    branch = Customer.objects.get(document=retail.BRANCH)

    answer = desk.get(reverse("retailer", args=[branch.pk], query={"case": case.protocol}))

    assert answer.status_code == 404
    assert desk.get(reverse("retailer", args=[branch.pk])).status_code == 200
    assert Marketplace.objects.count() == 1


def test_a_step_shows_beside_it_what_it_is_about(cast: Retail, case: Case, desk: Client) -> None:
    running.start(case, "Ruptura do pedido", by=cast.agent, at=timezone.now())
    contact = desk.get(reverse("case", args=[case.protocol])).content.decode()
    running.choose(case, "Não", by=cast.agent, at=timezone.now())
    calling = desk.get(reverse("case", args=[case.protocol])).content.decode()
    asked = {"case": case.protocol}
    dialled = desk.post(reverse("reveal", args=[case.customer_id, "phone"]), asked, follow=True).content.decode()
    other = cast.case("Cashback", at=timezone.now(), words="E o cupom?")
    running.start(other, "Cashback", by=cast.agent, at=timezone.now())
    cashback = desk.get(reverse("case", args=[other.protocol])).content.decode()

    assert "<dt>Pagamento</dt><dd>Pix</dd>" in flat(contact)
    assert "••• 1045" in calling and "3222-1045" not in calling  # until the agent asks to see it
    assert "<dt>Telefone</dt><dd>+55 15 3222-1045</dd>" in flat(dialled)
    assert "CB-1: R$ 35,00" in cashback
    assert "V-2:" not in cashback  # it expired


def test_a_child_case_is_the_marketplaces_question_whoever_walked_the_procedure_there(cast: Retail, case: Case) -> None:
    at = timezone.now()
    running.start(case, "Ruptura do pedido", by=cast.agent, at=at)
    running.choose(case, "Sim", by=cast.agent, at=at)
    given = {"Opção de estorno": "conta", "Conta": "1-2", "Agência": "3"}
    requests.answer(pending(case, cast.customer)[0], given, by=cast.customer, at=at)

    child = Case.objects.get(parent=case)

    assert {entry.party for entry in child.entries.all()} == {"marketplace"}
    assert cast.customer.person_id not in {entry.actor_id for entry in child.entries.all()}


def test_the_orders_own_page_shows_its_way_invoices_and_credit_to_the_team_alone(
    cast: Retail, desk: Client, enter: Enter
) -> None:
    ours = desk.get(reverse("order", args=["100021"])).content.decode()
    theirs = enter(cast.seller).get(reverse("order", args=["100021"])).content.decode()

    secret = ("Faturamento: com ruptura", "R$ 5.500,00", reverse("retailer", args=[cast.retailer.pk]))
    assert all(words in ours for words in (*secret, "NF-e 55100021"))
    assert not [words for words in secret if words in theirs]


def test_what_a_step_came_to_is_told_in_words(cast: Retail, case: Case, desk: Client) -> None:
    at = timezone.now()
    running.start(case, "Ruptura do pedido", by=cast.agent, at=at)
    running.choose(case, "Não", by=cast.agent, at=at)
    running.call(case, reached=True, by=cast.agent, at=at)

    told = desk.get(reverse("case", args=[case.protocol])).content.decode()

    assert "O cliente entrou em contato? Não" in told
    assert "Ligar até 3 vezes: atendeu" in told


def test_a_request_offers_its_choices_in_the_rulebooks_order_and_says_until_when(cast: Retail, enter: Enter) -> None:
    at = timezone.now()
    case = cast.case(at=at)
    running.start(case, "Ruptura do pedido", by=cast.agent, at=at)
    running.choose(case, "Sim", by=cast.agent, at=at)
    phone = enter(cast.customer)

    form = phone.get(f"/my/cases/{case.protocol}/requests/{pending(case, cast.customer)[0].pk}").content.decode()
    told = phone.get(f"/my/cases/{case.protocol}/").content.decode()

    assert form.index('value="voucher"') < form.index('value="conta"')  # K04-05: the voucher first
    assert "Você precisa responder até" in told


def test_ruptures_of_all_retailers_are_one_list_narrowed_by_order(cast: Retail, desk: Client, enter: Enter) -> None:
    link = reverse("ruptures")

    whole = desk.get(link).content.decode()
    found = desk.get(link, {"q": "1000"}).content.decode()
    other = desk.get(link, {"q": "777"}).content.decode()

    assert link in desk.get(reverse("orders")).content.decode()
    assert "100021" in whole and "Mercadinho Flor de Maio" in whole and "R$" in whole
    assert "100021" in found
    assert "Nenhuma ruptura" in other and "100021" not in other
    assert enter(cast.seller).get(link).status_code == 403


def test_the_list_of_ruptures_costs_the_same_however_long(cast: Retail, desk: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.get(reverse("ruptures"))
        return len(seen)

    queries()  # the rulebook is read and kept
    few = queries()
    for number in range(20):
        Rupture.objects.create(
            order=cast.order, sku=f"S{number}", title="Sabão", bought=3, missing=1, value_cents=100,
            noticed_at=timezone.now(),
        )  # fmt: skip

    assert queries() == few
