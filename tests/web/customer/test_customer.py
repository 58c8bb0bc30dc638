"""The customer's pages: coming in, opening, answering, calling the marketplace."""

import re
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, local, make_order
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts import signing_in
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case
from tratativa.mail.outgoing import sending
from tratativa.orders.models import Order

DOOR = "/my/americanas/"


def knock(client: Client, number: str, document: str) -> None:
    """Asks for a code with a number and a document."""
    answer = client.post(DOOR, {"number": number, "document": document})
    assert answer.status_code == 302
    assert answer["Location"] == "/my/americanas/code"


def emailed_code(cast: Cast) -> str:
    """The code a job would send now."""
    sending.send_code(str(cast.buyer.pk), at=local("2026-11-23 09:30"))
    found = re.search(r"\b(\d{6})\b", mail.outbox[-1].subject)
    assert found
    return found.group(1)


def test_number_and_document_bring_a_code_that_opens_the_door(cast: Cast, case: Case, client: Client) -> None:
    knock(client, "1001", "529.982.247-25")
    entered = client.post("/my/americanas/code", {"code": emailed_code(cast)})

    assert entered.status_code == 302
    page = client.get("/my/").content.decode()
    assert "Olá, Joana Prado" in page
    assert "Atraso na entrega" in page


def test_the_door_says_the_same_to_whoever_did_not_buy(cast: Cast, client: Client) -> None:
    knock(client, "1001", "111.444.777-35")

    refused = client.post("/my/americanas/code", {"code": "123456"})

    assert refused.status_code == 422
    assert "O código não confere ou venceu." in refused.content.decode()


def test_the_sixth_guess_finds_the_code_dead(cast: Cast, client: Client) -> None:
    knock(client, "1001", "52998224725")
    code = emailed_code(cast)
    wrong = "000000" if code != "000000" else "000001"

    for _try in range(5):
        client.post("/my/americanas/code", {"code": wrong})

    assert client.post("/my/americanas/code", {"code": code}).status_code == 422


def test_the_door_slows_down_who_keeps_trying(cast: Cast, client: Client) -> None:
    for _try in range(6):
        knock(client, "9999", "52998224725")

    slowed = client.post(DOOR, {"number": "9999", "document": "52998224725"})

    assert slowed.status_code == 429
    assert "Foram muitas tentativas seguidas." in slowed.content.decode()


@pytest.mark.parametrize(("typed", "said"), [("1234567890", "12 "), ("111.111.111-11", "um CPF tem 11 dígitos")])
def test_a_document_that_cannot_be_one_is_named(typed: str, said: str, cast: Cast, client: Client) -> None:
    answer = client.post(DOOR, {"number": "1001", "document": typed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="document-error"' in page
    assert f'value="{typed}"' in page
    assert 'value="1001"' in page


def test_a_letters_link_opens_its_case_again_and_again(cast: Cast, case: Case, client: Client) -> None:
    secret = signing_in.make_link(cast.buyer, case.pk, at=NINE)
    place = reverse("my_case", args=[case.protocol])

    for _time in range(2):
        answer = client.post(f"{reverse('customer_link', args=[secret])}?next={place}")
        assert answer["Location"] == place

    assert client.get(place).status_code == 200


def test_a_letters_link_knows_of_no_other_order_of_its_customer(cast: Cast, case: Case, client: Client) -> None:
    """Whoever the letter was passed on to must not cancel, nor ask about, what else somebody bought."""
    make_order(cast.marketplace, cast.seller, cast.buyer, "9009")
    Order.objects.filter(number="9009").update(stage="paid")
    client.post(reverse("customer_link", args=[signing_in.make_link(cast.buyer, case.pk, at=NINE)]))

    asked = [client.get(f"/my/orders/9009/{page}").status_code for page in ("open", "withdraw")]
    tapped = client.post("/my/orders/9009/withdraw").status_code

    assert (asked, tapped) == ([404, 404], 404)
    assert "9009" not in client.get("/my/").text
    assert not Case.objects.exclude(pk=case.pk).exists()


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/my/cases/", "/my/cases/\\evil"])
def test_a_link_leads_nowhere_else(wanted: str, cast: Cast, case: Case, client: Client) -> None:
    secret = signing_in.make_link(cast.buyer, case.pk, at=NINE)

    assert client.post(reverse("customer_link", args=[secret], query={"next": wanted}))["Location"] == "/my/"


def test_a_link_past_its_thirty_days_says_what_to_do(
    cast: Cast, case: Case, client: Client, clock: time_machine.Traveller
) -> None:
    secret = signing_in.make_link(cast.buyer, case.pk, at=NINE)
    clock.move_to(local("2026-12-24 09:00"))

    answer = client.get(reverse("customer_link", args=[secret]))

    assert answer.status_code == 410
    assert "Este link venceu" in answer.content.decode()


def test_a_customer_opens_a_case_in_plain_words(cast: Cast, enter: Enter) -> None:
    client = enter(cast.cliente)
    form = client.get("/my/orders/1001/open").content.decode()
    assert "O prazo prometido já passou" in form

    opened = client.post("/my/orders/1001/open", {"reason": "atraso-na-entrega", "text": "Cadê?"})

    case = Case.objects.get()
    assert opened.status_code == 302
    page = client.get(opened["Location"]).content.decode()
    assert "Agora é a vez da loja, até ter 24/11/2026 09:30 (horário de Brasília)." in page
    assert case.waiting_on == "seller"


def test_a_mistake_when_opening_loses_nothing(cast: Cast, enter: Enter) -> None:
    client = enter(cast.cliente)

    refused = client.post(
        "/my/orders/1001/open", {"text": "Veio quebrado", "files": SimpleUploadedFile("foto.jpg", b"jpeg")}
    )

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Escolha o assunto na lista." in page
    assert "Veio quebrado" in page
    kept = re.search(r'name="kept" value="([^"]+)"', flat(page))
    assert kept
    client.post(
        "/my/orders/1001/open", {"reason": "produto-com-defeito", "text": "Veio quebrado", "kept": kept.group(1)}
    )
    assert [file.name for file in Attachment.objects.filter(entry__isnull=False)] == ["foto.jpg"]


def test_an_order_not_yet_paid_offers_no_help_button(cast: Cast, enter: Enter) -> None:
    make_order(cast.marketplace, cast.seller, cast.buyer, "1002", stage="received")

    page = enter(cast.cliente).get("/my/").content.decode()

    assert "/my/orders/1001/open" in page
    assert "/my/orders/1002/open" not in page


def test_orders_are_told_apart_by_what_was_bought_in_a_fixed_number_of_queries(cast: Cast, enter: Enter) -> None:
    client = enter(cast.cliente)
    client.get("/my/")
    with CaptureQueriesContext(connection) as one:
        client.get("/my/")
    for number in range(2001, 2011):
        bought = make_order(cast.marketplace, cast.seller, cast.buyer, str(number))
        bought.lines.create(sku="t", title="Tapete felpudo")
        bought.lines.create(sku="m", title="Mesa lateral")

    with CaptureQueriesContext(connection) as eleven:
        page = client.get("/my/").content.decode()

    assert page.count("Tapete felpudo e mais 1") == 10
    assert len(eleven) == len(one)


def test_whose_turn_it_is_stands_in_one_sentence(cast: Cast, case: Case, enter: Enter) -> None:
    replying.reply(case, Message("Qual é o seu CEP?", to="customer", customer_reads=True), by=cast.ana, at=NINE)

    page = enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()

    assert "É a sua vez de responder." in page


def test_the_marketplace_can_be_called_only_after_the_deadline(
    cast: Cast, case: Case, enter: Enter, clock: time_machine.Traveller
) -> None:
    client = enter(cast.cliente)
    call = f"/my/cases/{case.protocol}/actions/falar-com-a-americanas"

    page = client.get(f"/my/cases/{case.protocol}/").content.decode()
    assert "Sem resposta até lá, você pode usar «Falar com a Americanas»." in page
    assert f'href="{call}' not in page
    assert client.post(call).status_code == 409

    clock.move_to(local("2026-11-24 09:01"))
    sweeping.sweep(at=local("2026-11-24 09:01"))
    assert "Falar com a Americanas" in client.get(f"/my/cases/{case.protocol}/").content.decode()
    assert client.post(call, {"mensagem": "Ninguém responde"}).status_code == 302
    assert Case.objects.get(pk=case.pk).mediation == "asked"
    assert "Americanas está decidindo este caso." in client.get(f"/my/cases/{case.protocol}/").content.decode()


def test_writing_into_a_closed_case_opens_it_again(cast: Cast, case: Case, enter: Enter) -> None:
    _close(case, cast)

    enter(cast.cliente).post(f"/my/cases/{case.protocol}/reply", {"text": "Não chegou!"})

    assert Case.objects.get(pk=case.pk).is_open


def test_leaving_shuts_the_door_behind(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.cliente)

    client.post("/my/leave")

    assert client.get(f"/my/cases/{case.protocol}/").status_code == 302


def _close(case: Case, cast: Cast) -> None:
    replying.reply(
        case, Message("Chegou?", to="customer", customer_reads=True), by=cast.ana, at=local("2026-11-23 09:10")
    )
    actions.perform(case, "Encerrar atendimento", by=cast.ana, at=local("2026-11-23 09:20"))


def test_the_fragment_renews_state_and_conversation(cast: Cast, open_case: Callable[..., Case], enter: Enter) -> None:
    case = open_case()

    fragment = flat(enter(cast.cliente).get(f"/my/cases/{case.protocol}/timeline").content.decode())

    assert 'id="timeline"' in fragment
    assert 'id="state" hx-swap-oob="true"' in fragment
    assert "<textarea" not in fragment


def test_a_case_that_the_seller_opened_with_them_speaks_to_the_customer(cast: Cast, enter: Enter) -> None:
    case = opening.open_case(
        Opening(
            cast.order,
            reason="Atraso na entrega",
            message=Message("Seu pedido vai atrasar.", to="customer", customer_reads=True),
        ),
        by=cast.ana,
        at=NINE,
    )

    page = enter(cast.cliente).get(reverse("my_case", args=[case.protocol])).content.decode()

    assert "abriu este atendimento com você." in page
    assert "abriu o atendimento com" not in page


def test_a_link_says_whose_it_is_and_opens_nothing_until_its_button_is_pressed(
    cast: Cast, case: Case, enter: Enter
) -> None:
    """Whoever is sent somebody else's link must not write in their name without having seen it."""
    address = reverse("customer_link", args=[signing_in.make_link(cast.buyer, case.pk, at=NINE)])
    place = reverse("my_case", args=[case.protocol])
    neighbour, stranger = enter(cast.vizinho), Client(enforce_csrf_checks=True)

    for browser in (neighbour, stranger):
        page = browser.get(address).text
        assert "Entrar como Joana Prado?" in page
        assert browser.get(place).status_code in {302, 404}
    assert neighbour.session["customer"] == str(cast.vizinho.customer_id)
    assert stranger.post(address).status_code == 403
    assert stranger.get(place).status_code == 302
    assert neighbour.post(address)["Location"] == "/my/"
    assert neighbour.session["customer"] == str(cast.buyer.pk)


def test_who_is_in_already_as_that_customer_is_led_on(cast: Cast, case: Case, enter: Enter) -> None:
    address = reverse("customer_link", args=[signing_in.make_link(cast.buyer, case.pk, at=NINE)])
    browser = enter(cast.cliente)

    assert browser.get(address)["Location"] == "/my/"
    assert "only_case" not in browser.session


@pytest.mark.parametrize("typed", ["mp 2026.0077", "#MP-2026/0077", "mp20260077", " MP-2026/0077. ", "Mp-2026-0077"])
def test_the_door_takes_an_orders_number_however_it_is_typed(cast: Cast, client: Client, typed: str) -> None:
    make_order(cast.marketplace, cast.seller, cast.buyer, "MP-2026/0077")

    client.post(DOOR, {"number": typed, "document": "52998224725"})

    assert client.session["knocking"] == str(cast.buyer.pk)


def test_another_number_opens_no_door(cast: Cast, client: Client) -> None:
    for typed in ("10-01-1", "#", "."):
        client.post(DOOR, {"number": typed, "document": "52998224725"})
        assert client.session["knocking"] != str(cast.buyer.pk)
