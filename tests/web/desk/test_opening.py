"""A case an agent opens: by which way the customer came, of a customer without an order, and of nobody known yet."""

from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import retail
from tests.cases.files.test_photographs import photo
from tests.cast import Cast, gather, make_order
from tests.retail import Retail
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts.models import Marketplace
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Text
from tratativa.mail.filing import filing
from tratativa.mail.intake import receiving
from tratativa.mail.models import Letter, Mailbox
from tratativa.mail.outgoing import writing
from tratativa.playbooks import running


@pytest.fixture
def agora(db: None) -> Retail:
    return retail.gather(at=timezone.now())


@pytest.fixture
def desk(agora: Retail, enter: Enter) -> Client:
    return enter(agora.agent)


def opens(desk: Client, address: str, **given: str) -> Any:
    return desk.post(address, {"to": "customer", "switch": "shown", **given}, follow=True)


def test_a_telephone_call_is_a_case_that_waits_on_the_line(agora: Retail, desk: Client) -> None:
    page = opens(desk, reverse("open", args=["100021"]), reason="alterar-cadastro", text="Ligou.", channel="phone")

    case = Case.objects.get()
    running.start(case, "Alterar cadastro", by=agora.agent, at=timezone.now())
    for answer in ("Não tem acesso ao e-mail", "Varejista/representante", "Sim"):
        running.choose(case, answer, by=agora.agent, at=timezone.now())

    waiting = desk.get(reverse("case", args=[case.protocol])).content.decode()
    assert case.channel == "phone" and "telefone" in page.content.decode()
    assert "Aguardar os documentos em linha" in waiting and "Espera até" in waiting  # K01-11: five minutes


@pytest.mark.parametrize("to", ["customer", "seller"])
def test_a_call_is_the_customers_word_where_it_is_written_to_them_and_the_form_says_so_alone(
    cast: Cast, enter: Enter, to: str
) -> None:
    desk = enter(cast.marta)
    form = flat(desk.get(reverse("open", args=[cast.order.number])).text)

    given = {"to": to, "channel": "phone", "reason": "Atraso na entrega", "text": "Cadê o pedido?"}
    desk.post(reverse("open", args=[cast.order.number]), {"switch": "shown", "customer_reads": "yes"} | given)

    case = Case.objects.get()
    said = Text.objects.get(case=case, body="Cadê o pedido?").entry
    promised = 'class="small soft opening__heard">Escreva o que a pessoa disse: fica no atendimento como palavra dela'
    instead = 'class="small soft opening__sent">O que você escreve vai ao destinatário como palavra sua'
    assert promised in form and instead in form and "escolha «Cliente» como destinatário" in form
    assert said.party == ("customer" if to == "customer" else "marketplace")
    assert case.assignee_id == (cast.marta.person_id if to == "customer" else None)


def test_a_retailer_without_an_order_is_named_by_its_document(agora: Retail, desk: Client) -> None:
    form = desk.get(reverse("open_alone"), {"customer": str(agora.retailer.pk)}).content.decode()
    opens(desk, reverse("open_alone"), reason="senha", text="Perdeu a senha.", document="48.291.375/0001-84")

    case = Case.objects.get()
    assert 'value="48.291.375/0001-84"' in form
    assert (case.customer, case.order, case.channel) == (agora.retailer, None, "page")
    assert "Mercadinho Flor de Maio" in desk.get(reverse("case", args=[case.protocol])).content.decode()


def test_neither_the_letter_nor_the_page_of_such_a_case_speaks_of_an_order(
    agora: Retail, desk: Client, enter: Enter
) -> None:
    opens(desk, reverse("open_alone"), reason="senha", text="Perdeu a senha.", document=retail.FLOWER)
    case = Case.objects.get()
    replying.reply(
        case, Message("Enviamos o link.", to="customer", customer_reads=True), by=agora.agent, at=timezone.now()
    )

    written = [
        writing.write(letter, at=timezone.now())
        for letter in Letter.objects.filter(case=case, party="customer").order_by("at")
    ]
    page = enter(agora.customer).get(f"/my/cases/{case.protocol}/").content.decode()

    assert [one.subject.partition(" · ")[0] for one in written] == [
        "Há uma mensagem para você",
        "Nova resposta de Compra Agora",
    ]
    assert not [one for one in written if "edido" in " ".join(one.sentences) or "Pedido" in dict(one.facts)]
    assert "Pedido" not in page


def test_who_is_no_customer_yet_has_a_case_all_the_same(desk: Client) -> None:  # K16-02
    page = opens(desk, reverse("open_alone"), reason="deslogado", text="Quer conhecer.", channel="whatsapp")

    assert page.status_code == 200 and "WhatsApp" in page.content.decode()
    assert Case.objects.get().customer is None
    assert "ninguém recebe o que você escrever" in page.content.decode()


def test_what_was_said_by_telephone_is_the_callers_word_and_the_agents_case(
    agora: Retail, desk: Client, enter: Enter
) -> None:
    opens(desk, reverse("open", args=["100021"]), reason="reembolso", text="Paguei duas vezes.", channel="phone")
    case = Case.objects.get()

    mine = enter(agora.customer).get(f"/my/cases/{case.protocol}/").content.decode()
    told = desk.get(reverse("case", args=[case.protocol])).content.decode()
    receipt = writing.write(Letter.objects.get(case=case), at=timezone.now())

    assert (case.waiting_on, case.public_turn, case.assignee_id) == ("marketplace", "marketplace", agora.agent.person)
    assert "telefone, anotado por Iara · Compra Agora" in told and "Paguei duas vezes." in told
    assert "Paguei duas vezes." in mine and "Iara" not in mine
    assert receipt.subject.startswith("Recebemos o seu atendimento") and receipt.quote == "Paguei duas vezes."


@pytest.mark.parametrize("channel", ["page", "phone", "email", "whatsapp", "redes-sociais"])
def test_a_suspicion_of_fraud_is_told_to_nobody_it_is_about(
    channel: str, agora: Retail, desk: Client, enter: Enter
) -> None:
    page = opens(
        desk, reverse("open", args=["100021"]), reason="suspeita-de-fraude", text="Loja de fachada.", channel=channel,
        whose="team",
    )  # fmt: skip
    case = Case.objects.get()

    assert enter(agora.customer).get(f"/my/cases/{case.protocol}/").status_code == 404
    assert "Loja de fachada." in page.content.decode() and "mostre-o ao cliente antes" in page.content.decode()
    assert not Letter.objects.filter(party="customer").exists()
    assert (case.assignee_id, case.waiting_on) == (agora.agent.person, "marketplace")


@pytest.mark.parametrize("channel", ["phone", "email", "whatsapp", "redes-sociais"])
def test_who_says_that_it_was_not_them_is_confirmed_and_reads_the_case(
    channel: str, agora: Retail, desk: Client, enter: Enter
) -> None:
    opens(
        desk, reverse("open", args=["100021"]), reason="suspeita-de-fraude", text="Não fui eu.", channel=channel,
        whose="customer",
    )  # fmt: skip
    case = Case.objects.get()
    replying.reply(case, Message("Bloqueamos.", to="customer", customer_reads=True), by=agora.agent, at=timezone.now())

    mine = enter(agora.customer).get(f"/my/cases/{case.protocol}/").content.decode()
    assert "Não fui eu." in mine and "Bloqueamos." in mine
    assert writing.write(Letter.objects.earliest("at"), at=timezone.now()).subject.startswith("Recebemos")


def test_a_suspicion_is_shown_by_an_action_and_from_then_on_the_customer_reads(
    agora: Retail, desk: Client, enter: Enter
) -> None:
    opens(desk, reverse("open", args=["100021"]), reason="suspeita-de-fraude", text="Loja de fachada.")
    case = Case.objects.get()

    shown = reverse("action", args=[case.protocol, "mostrar-ao-cliente"])
    desk.post(shown, {"mensagem-ao-cliente": "Bloqueamos um pedido feito em seu nome."})
    mine = enter(agora.customer).get(f"/my/cases/{case.protocol}/").content.decode()

    assert "Bloqueamos um pedido" in mine and "Loja de fachada." not in mine
    assert [one.kind for one in Letter.objects.filter(party="customer")] == ["message.posted"]


@pytest.mark.parametrize(
    ("typed", "said"), [("123", "um CPF tem 11"), ("11.222.333/0001-81", "Nenhum cadastro tem este documento.")]
)
def test_a_document_nobody_has_opens_nothing_and_is_named(typed: str, said: str, desk: Client) -> None:
    page = opens(desk, reverse("open_alone"), reason="senha", text="Perdeu a senha.", document=typed)

    assert page.status_code == 422 and said in page.content.decode() and "Perdeu a senha." in page.content.decode()
    assert not Case.objects.exists()


def test_the_callers_last_orders_are_offered_and_one_is_chosen(agora: Retail, desk: Client) -> None:
    form = desk.post(
        reverse("open_alone"),
        {"document": retail.FLOWER, "text": "Faltou óleo.", "channel": "phone", "reason": "pedidos", "find": "yes"},
    ).content.decode()
    wrong = opens(desk, reverse("open_alone"), document=retail.FLOWER, order="1", text="Faltou.", reason="pedidos")
    nobody_yet = Case.objects.exists()
    opens(
        desk, reverse("open_alone"), document=retail.FLOWER, order="100021", text="Faltou.", reason="pedidos",
        channel="phone",
    )  # fmt: skip

    case = Case.objects.get()
    assert "100021 · Distribuidora Aliança · Faturado" in form and "Faltou óleo." in form
    assert "Não há pedido com este número." in wrong.content.decode() and not nobody_yet
    assert (case.order, case.customer, case.waiting_on) == (agora.order, agora.retailer, "marketplace")


def test_who_is_no_customer_leaves_a_name_and_a_way_to_be_answered(desk: Client) -> None:  # K10, K16
    bad = opens(
        desk, reverse("open_alone"), reason="deslogado", text="Quer conhecer.", channel="phone",
        contact_name="Ana", contact_email="ana arroba",
    )  # fmt: skip
    for _twice in range(2):
        opens(
            desk, reverse("open_alone"), reason="deslogado", text="Quer conhecer.", channel="phone",
            contact_name="Ana Prado", contact_email="ana@prado.example", contact_phone="11 3333-4444",
        )  # fmt: skip

    first, second = Case.objects.order_by("opened_at")
    page = desk.get(reverse("case", args=[first.protocol])).content.decode()
    assert bad.status_code == 422 and "nome@loja.com.br" in bad.content.decode()
    assert first.customer and first.customer == second.customer and not first.customer.is_registered
    assert Letter.objects.filter(case=first).get().address == "ana@prado.example"
    assert "ana@prado.example" in page and "••• 4444" in page and "Ninguém recebe" not in page


def test_a_letter_of_a_stranger_becomes_the_case_of_who_wrote_it(agora: Retail, desk: Client) -> None:
    box = Mailbox.objects.create(marketplace=agora.marketplace, address="sac@compraagora.example")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ivo@fabrica.example", box.address, "Quero vender"
    message.set_content("Somos uma fábrica de biscoitos.")
    arrival = receiving.receive(box, message.as_bytes(), at=timezone.now(), recipients=[box.address])
    filing.open_letter(arrival.pk, at=timezone.now())

    form = desk.get(reverse("open_alone"), {"letter": str(arrival.pk)}).content.decode()

    assert 'name="contact_email" type="email" value="ivo@fabrica.example"' in flat(form)


def test_where_every_case_is_about_an_order_the_agent_is_led_to_the_orders(cast: Cast, enter: Enter) -> None:
    desk = enter(cast.marta)

    answer = desk.get(reverse("open_alone"), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("orders")
    assert "escolha o pedido" in answer.content.decode()
    assert reverse("open_alone") not in desk.get(reverse("cases")).content.decode()


def test_the_list_and_the_retailers_page_lead_to_the_form(agora: Retail, desk: Client) -> None:
    whole = desk.get(reverse("retailer", args=[agora.retailer.pk])).content.decode()

    assert reverse("open_alone") in desk.get(reverse("cases")).content.decode()
    assert f"{reverse('open_alone')}?customer={agora.retailer.pk}" in whole


def test_a_letter_of_no_case_becomes_one_and_stands_on_it_for_the_team(
    agora: Retail, desk: Client, enter: Enter
) -> None:
    box = Mailbox.objects.create(marketplace=agora.marketplace, address="sac@compraagora.example")
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = "loja@flordemaio.example", box.address, "Senha"
    written.set_content("Perdi a senha.")
    written.add_attachment(photo((60, 40)), maintype="image", subtype="jpeg", filename="tela.jpg")
    letter = receiving.receive(box, written.as_bytes(), at=timezone.now())
    filing.open_letter(letter.pk, at=timezone.now())

    read = desk.get(reverse("arrival", args=[letter.pk])).content.decode()
    form = desk.get(reverse("open_alone"), {"letter": str(letter.pk)}).content.decode()
    given = {"letter": str(letter.pk), "document": retail.FLOWER, "channel": "email"}
    opens(desk, reverse("open_alone"), reason="senha", text="Escreveu que perdeu a senha.", **given)

    filing.open_letter(letter.pk, at=timezone.now())
    letter.refresh_from_db()
    case = Case.objects.get()
    page = desk.get(reverse("case", args=[case.protocol])).content.decode()
    assert f"{reverse('open_alone')}?letter={letter.pk}" in read
    assert 'value="48.291.375/0001-84"' in flat(form) and '<option value="email" selected>' in flat(form)
    assert (letter.state, letter.case) == ("filed", case)
    assert "tela.jpg" in page and [file.entry for file in Attachment.objects.all()] == [letter.entry]
    assert "Perdi a senha." in page and "e-mail que levou a este atendimento" in page
    theirs = enter(agora.customer).get(f"/my/cases/{case.protocol}/").content.decode()
    assert "Perdi a senha." not in theirs and "tela.jpg" not in theirs


@pytest.mark.parametrize("changed", ["", " E quer resposta hoje."])
def test_a_letter_s_words_wait_in_the_form_and_stand_once_where_they_are_left(
    agora: Retail, desk: Client, changed: str
) -> None:
    box = Mailbox.objects.create(marketplace=agora.marketplace, address="sac@compraagora.example")
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = "loja@flordemaio.example", box.address, "Senha"
    written.set_content("Perdi a senha,\n\ne o telefone também.")
    letter = receiving.receive(box, written.as_bytes(), at=timezone.now())
    filing.open_letter(letter.pk, at=timezone.now())

    form = desk.get(reverse("open_alone"), {"letter": str(letter.pk)})
    words = form.context["form"].text
    given = {"letter": str(letter.pk), "document": retail.FLOWER, "channel": "email"}
    opens(desk, reverse("open_alone"), reason="senha", text=words + changed, **given)
    filing.open_letter(letter.pk, at=timezone.now())

    said = [one.body for one in Text.objects.filter(case=Case.objects.get()).order_by("entry__number")]
    assert words == "Perdi a senha,\n\ne o telefone também." and words in form.content.decode()
    assert said[0] == words + changed
    assert sum("Perdi a senha" in one for one in said) == (2 if changed else 1)
    assert ("é o que abre o atendimento" in said[-1]) is not bool(changed) and "Senha" in said[-1]


def test_a_letter_s_case_is_its_writer_s_word_about_the_order_it_names(db: None, enter: Enter) -> None:
    """Nobody has to choose: its words are the customer's, the order is the one it names."""
    cast = gather("essencial")
    order = make_order(cast.marketplace, cast.seller, cast.buyer, "MP-2026/0077")
    box = Mailbox.objects.create(marketplace=cast.marketplace, address="sac@mesa.example")
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = cast.buyer.email, box.address, "Pedido MP-2026/0077"
    written.set_content("Chegou quebrado.")
    letter = receiving.receive(box, written.as_bytes(), at=timezone.now())
    filing.open_letter(letter.pk, at=timezone.now())

    form = enter(cast.marta).get(reverse("open_alone"), {"letter": str(letter.pk)})

    assert form.context["form"].to == "customer"
    assert form.context["chosen"] == order.number
    assert 'name="to" value="customer" checked' in flat(form.content.decode())
    assert f'value="{order.number}"' in form.content.decode()


def test_the_letter_of_another_marketplace_opens_nothing_here(agora: Retail, desk: Client) -> None:
    other = Marketplace.objects.create(slug="outra", name="Outra", rulebook="compra-agora")
    box = Mailbox.objects.create(marketplace=other, address="sac@outra.example")
    letter = receiving.receive(box, b"From: x@y.example\r\nSubject: Oi\r\n\r\nOi.", at=timezone.now())
    filing.open_letter(letter.pk, at=timezone.now())

    opens(desk, reverse("open_alone"), reason="senha", text="Perdeu a senha.", letter=str(letter.pk))

    letter.refresh_from_db()
    assert (letter.state, letter.case) == ("unmatched", None)


def test_a_seller_asks_the_marketplace_for_something_that_is_about_no_order(db: None, enter: Enter) -> None:
    cast = gather("madeiramadeira")
    seller = enter(cast.ana)

    assert reverse("open_alone") in seller.get(reverse("cases")).content.decode()
    form = seller.get(reverse("open_alone")).content.decode()
    opens(seller, reverse("open_alone"), text="Como mudo o endereço de coleta da loja?", to="marketplace")

    case = Case.objects.get()
    assert (case.kind, case.seller_id, case.customer_id, case.waiting_on) == (
        "solicitacao", cast.seller.pk, None, "marketplace",
    )  # fmt: skip
    assert 'name="document"' not in form
    page = seller.get(f"/cases/{case.protocol}/").content.decode()
    assert 'value="customer"' not in page
    assert enter(cast.rival).get(f"/cases/{case.protocol}/").status_code == 404
    assert "endereço de coleta" in enter(cast.marta).get(f"/cases/{case.protocol}/").content.decode()


@pytest.mark.parametrize("number", ["77/2026", "A/B/open", "/1"])
def test_an_order_whose_number_has_a_slash_is_listed_opened_and_asked_about(
    cast: Cast, enter: Enter, number: str
) -> None:
    order = make_order(cast.marketplace, cast.seller, cast.buyer, number)
    desk, buyer = enter(cast.ana), enter(cast.cliente)

    listed = desk.get("/orders/")
    page = desk.get(reverse("order", args=[number]))
    form = desk.get(reverse("open", args=[number]))
    mine = buyer.get("/my/")

    assert f'href="/orders/{number}/"' in listed.text
    assert page.context["order"] == order
    assert form.status_code == 200
    assert f"/my/orders/{number}/open" in mine.text or mine.status_code == 302
    assert buyer.get(reverse("my_open", args=[number])).status_code == 200


def test_a_case_about_an_order_with_a_slash_leads_to_it(cast: Cast, enter: Enter) -> None:
    order = make_order(cast.marketplace, cast.seller, cast.buyer, "77/2026")
    case = opening.open_case(
        Opening(order, reason="Atraso na entrega", message=Message("Cadê?")), by=cast.cliente, at=NINE
    )
    desk = enter(cast.ana)

    assert 'href="/orders/77/2026/"' in desk.get("/cases/").text
    assert 'href="/orders/77/2026/"' in desk.get(f"/cases/{case.protocol}/").text
