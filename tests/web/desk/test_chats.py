"""Mensageria: who converses, what the list says, what goes without leaving the page, how a conversation begins."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, gather
from tests.web.conftest import NINE, Enter
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Text
from tratativa.cases.reading import chats, timeline

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("madeiramadeira")


@pytest.fixture
def chat(cast: Cast) -> Case:
    """A conversation the customer began at nine."""
    return opening.open_case(
        Opening(cast.order, reason="", message=Message("O entregador sobe escada?"), kind="Mensageria"),
        by=cast.cliente,
        at=NINE,
    )


def test_a_conversation_is_the_sellers_own_team_alone(cast: Cast, chat: Case, enter: Enter) -> None:
    for name, method in (("chat", "get"), ("chat_talk", "get"), ("chat_send", "post")):
        address = reverse(name, args=[chat.protocol])
        answers = {who: getattr(enter(getattr(cast, who)), method)(address).status_code for who in ("rival", "marta")}
        assert answers == {"rival": 404, "marta": 403}
    assert enter(cast.ana).get(reverse("chat", args=[chat.protocol])).status_code == 200
    assert enter(cast.chefe).get(reverse("chat_talk", args=[chat.protocol])).status_code == 200


def test_the_list_shows_the_last_words_and_whose_turn_it_is(cast: Cast, chat: Case, enter: Enter) -> None:
    browser = enter(cast.ana)
    first = browser.get(reverse("chats")).content.decode()
    replying.reply(chat, Message("Sobe, sim.", to="customer", customer_reads=True), by=cast.ana, at=NINE)
    second = browser.get(reverse("chats")).content.decode()

    assert "O entregador sobe escada?" in first and "sua vez" in first
    assert "Você: Sobe, sim." in second and "sua vez" not in second
    assert "O entregador" not in enter(cast.rival).get(reverse("chats")).content.decode()


def test_a_protocol_is_no_conversation(cast: Cast, chat: Case, enter: Enter) -> None:
    protocol = opening.open_case(
        Opening(cast.order, reason="Atraso na entrega", message=Message("Cadê meu pedido?")), by=cast.cliente, at=NINE
    )
    browser = enter(cast.ana)

    assert "Cadê meu pedido?" not in browser.get(reverse("chats")).content.decode()
    assert browser.get(reverse("chat", args=[protocol.protocol])).status_code == 404


def test_the_list_costs_two_queries_however_long_it_is(
    cast: Cast, chat: Case, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        again = opening.open_case(
            Opening(cast.order, reason="", message=Message(f"Pergunta {number}"), kind="Mensageria"),
            by=cast.cliente,
            at=NINE,
        )
        replying.reply(again, Message("Sim.", to="customer", customer_reads=True), by=cast.ana, at=NINE)
    browser = enter(cast.ana)
    browser.get(reverse("chats"))

    with django_assert_num_queries(2):
        assert len(chats.page(cast.ana, at=NINE).conversations) == 6
    # The session, the person with all memberships, the cases, their last words, the unread notices.
    with django_assert_num_queries(5):
        browser.get(reverse("chats"))


def test_older_conversations_are_a_page_further(cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats, "SIZE", 2)
    for number in range(3):
        opening.open_case(
            Opening(cast.order, reason="", message=Message(f"Pergunta {number}"), kind="Mensageria"),
            by=cast.cliente,
            at=NINE + timedelta(minutes=number),
        )

    first = chats.page(cast.ana, at=NINE)
    second = chats.page(cast.ana, at=NINE, after=first.after)

    assert [one.words for one in (*first.conversations, *second.conversations)] == [
        "Pergunta 2", "Pergunta 1", "Pergunta 0",
    ]  # fmt: skip
    assert second.after == ""
    assert "Conversas mais antigas" in enter(cast.ana).get(reverse("chats")).content.decode()


def test_a_message_goes_without_leaving_the_page_and_news_outdate_nothing(cast: Cast, chat: Case, enter: Enter) -> None:
    address = reverse("chat_send", args=[chat.protocol])
    answer = enter(cast.ana).post(address, {"text": "Sobe até o 3º andar.", "seen": "0"}, **JSON)

    assert (answer.status_code, answer.json()) == (200, {"told": "", "moved": ""})
    said = enter(cast.cliente).get(reverse("my_case", args=[chat.protocol])).content.decode()
    assert "Sobe até o 3º andar." in said


@pytest.mark.parametrize(
    ("words", "field"),
    [("", "text"), ("Pague R$ 50 no pix e eu envio hoje.", "text"), ("a" * 20_001, "text")],
)
def test_what_is_refused_comes_back_with_its_reason(
    words: str, field: str, cast: Cast, chat: Case, enter: Enter
) -> None:
    browser, address = enter(cast.ana), reverse("chat_send", args=[chat.protocol])

    script = browser.post(address, {"text": words}, **JSON)
    plain = browser.post(address, {"text": words})

    assert script.status_code == plain.status_code == 422
    assert script.json()["errors"][field]
    assert script.json()["errors"][field] in plain.content.decode()
    assert Text.objects.filter(case=chat).count() == 1


def test_without_scripts_a_conversation_is_pages(cast: Cast, chat: Case, enter: Enter) -> None:
    answer = enter(cast.ana).post(reverse("chat_send", args=[chat.protocol]), {"text": "Sobe, sim."}, follow=True)

    assert answer.redirect_chain[0][0].startswith("/chat/")
    assert "Sobe, sim." in answer.content.decode()


def test_the_customers_side_answers_a_script_too(cast: Cast, chat: Case, enter: Enter) -> None:
    phone, address = enter(cast.cliente), reverse("my_reply", args=[chat.protocol])

    sent = phone.post(address, {"text": "Obrigada!"}, **JSON)
    empty = phone.post(address, {"text": ""}, **JSON)

    assert sent.json() == {"told": "", "moved": ""}
    assert (empty.status_code, empty.json()) == (422, {"errors": {"text": "Escreva a mensagem."}})


def test_a_photo_alone_is_a_message_of_a_conversation(cast: Cast, chat: Case, enter: Enter) -> None:
    photo = SimpleUploadedFile("tampa.txt", b"x")

    by_customer = enter(cast.cliente).post(reverse("my_reply", args=[chat.protocol]), {"files": photo, "text": ""})
    photo.seek(0)
    by_seller = enter(cast.ana).post(reverse("chat_send", args=[chat.protocol]), {"files": photo, "text": ""})

    assert (by_customer.status_code, by_seller.status_code) == (302, 302)
    said = [line.words for line in timeline.read(chat, cast.cliente) if line.files]
    assert said == ["Veja os arquivos.", "Veja os arquivos."]


def test_a_seller_begins_with_an_orders_number_and_a_subject(cast: Cast, enter: Enter) -> None:  # M-04
    browser = enter(cast.ana)

    unknown = browser.get(reverse("new_chat"), {"order": "x\x00"}, follow=True).content.decode()
    form = browser.get(reverse("new_chat"), {"order": "1001"}, follow=True)
    choices = {"reason": "prestar-atendimento-ao-cliente", "to": "customer", "text": "Ficou alguma dúvida?"}
    begun = browser.post("/orders/1001/open?kind=mensageria", choices)

    assert "Não achei o pedido" in unknown
    page = form.content.decode()
    assert "Prestar atendimento ao cliente" in page and "Peça ou dê de uma vez" in page
    assert begun["Location"].startswith("/chat/")


def test_the_guidance_stands_beside_the_field(cast: Cast, chat: Case, enter: Enter) -> None:  # M-16
    page = enter(cast.ana).get(reverse("chat", args=[chat.protocol])).content.decode()

    assert "Escreva simples e direto" in page
    assert "menor número de mensagens" in page


@pytest.mark.django_db
def test_where_no_kind_is_a_conversation_there_is_no_page_for_them(enter: Enter) -> None:
    ana = gather("americanas").ana
    browser = enter(ana)

    assert "Mensageria" not in browser.get(reverse("cases")).content.decode()
    assert browser.get(reverse("new_chat"), {"order": "1001"}).status_code == 404
