"""A saved reply comes filled into the composer, is seen there, and sends nothing by itself."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.web.conftest import NINE, Enter
from tratativa.accounts.models import Person
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases import door
from tratativa.cases.acting import closing, replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Draft, Tag
from tratativa.rulebook.language.arguments import Close
from tratativa.saved_replies import keeping
from tratativa.saved_replies.models import SavedReply

Save = Callable[..., SavedReply]


@pytest.fixture
def save(cast: Cast) -> Save:
    """Keeps a reply of Ana's."""

    def kept(**given: str) -> SavedReply:
        writing = keeping.Writing(**{"name": "Atraso", "text": "Oi, {{primeiro nome}}: {{pedido}}.", **given})
        by = Doer(Person.objects.get(pk=cast.ana.person_id))
        return keeping.write(Team(cast.marketplace, cast.seller), writing, actor=cast.ana, by=by, at=NINE)

    return kept


def use(page: Client, case: Case, reply: SavedReply, **given: str) -> dict[str, str]:
    answer = page.post(f"/cases/{case.protocol}/replies/{reply.pk}", {"to": "customer", **given})
    found: dict[str, str] = json.loads(answer.content)
    return found


def test_it_comes_filled_and_nothing_is_sent(cast: Cast, case: Case, save: Save, enter: Enter) -> None:
    reply = save()
    before = case.entries.count()

    filled = use(enter(cast.ana), case, reply)

    assert (filled["text"], filled["to"], filled["told"]) == ("Oi, Joana: 1001.", "customer", "")
    assert case.entries.count() == before
    reply.refresh_from_db()
    assert reply.uses == 1


def test_what_it_lacks_is_marked_and_blocks_the_sending(cast: Cast, case: Case, save: Save, enter: Enter) -> None:
    page = enter(cast.ana)
    filled = use(page, case, save(text="Código {{rastreio}}."))

    sent = page.post(
        f"/cases/{case.protocol}/reply",
        {"text": filled["text"], "to": "customer", "customer_reads": "yes", "confirmed": "yes"},
    )

    assert filled["told"] == "Preencha antes de enviar: rastreio."
    assert sent.status_code == 422
    assert "Falta preencher no texto: rastreio." in sent.text
    assert "Código ⟦rastreio⟧." in sent.text


def test_whom_it_is_for_is_chosen_where_this_case_lets_one_write_to_them(
    cast: Cast, case: Case, save: Save, enter: Enter
) -> None:
    assert use(enter(cast.ana), case, save(to="marketplace"))["to"] == "marketplace"


def test_its_tags_are_put_on_when_the_message_goes_and_only_those_left_ticked(
    cast: Cast, case: Case, save: Save, enter: Enter
) -> None:
    page, reply = enter(cast.ana), save(tags="atraso, frágil")
    filled = use(page, case, reply)
    assert not Tag.objects.exists()

    page.post(
        f"/cases/{case.protocol}/reply",
        {"text": filled["text"], "to": "marketplace", "saved_reply": str(reply.pk), "tag": "atraso"},
    )

    assert "etiqueta frágil ao enviar" in filled["attached"]
    assert [tag.word for tag in Tag.objects.all()] == ["atraso"]
    assert "atraso" in page.get(f"/cases/{case.protocol}/").text


def test_the_action_it_suggests_opens_with_its_words_and_is_not_done(
    cast: Cast, case: Case, save: Save, enter: Enter
) -> None:
    page, reply = enter(cast.ana), save(action="anotar", text="Ligar para {{primeiro nome}}, {{rastreio}}.")

    filled = use(page, case, reply)
    opened = page.get(f"/cases/{case.protocol}/actions/anotar?reply={reply.pk}")

    assert f"/actions/anotar?reply={reply.pk}" in filled["attached"]
    assert "Ligar para Joana, ⟦rastreio⟧." in opened.text
    case.refresh_from_db()
    assert case.done == []


def test_without_scripts_the_form_keeps_what_was_written_and_puts_the_text_after_it(
    cast: Cast, case: Case, save: Save, enter: Enter
) -> None:
    page, reply = enter(cast.ana), save(tags="atraso")
    address = f"/cases/{case.protocol}/replies"

    asked = page.post(address, {"text": "Bom dia.", "to": "customer"})
    chosen = page.post(address, {"text": "Bom dia.", "to": "customer", "reply": str(reply.pk)}, follow=True)

    assert "Qual resposta" in asked.text
    assert Draft.objects.get(case=case).body == "Bom dia.\n\nOi, Joana: 1001."
    assert "Oi, Joana: 1001." in chosen.text
    assert "etiqueta atraso ao enviar" in chosen.text


def test_nobody_uses_another_s(cast: Cast, case: Case, save: Save, enter: Enter) -> None:
    reply = save()

    answer = enter(cast.chefe).post(f"/cases/{case.protocol}/replies/{reply.pk}", {"to": "customer"})

    assert answer.status_code == 404
    assert "Atraso" not in enter(cast.chefe).get(f"/cases/{case.protocol}/replies").text


def test_an_action_s_words_wait_for_their_blanks_too(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.ana)

    sent = page.post(f"/cases/{case.protocol}/actions/anotar", {"texto": "⟦prazo⟧", "seen": str(case.row_version)})

    assert sent.status_code == 422
    assert "Falta preencher no texto: prazo." in sent.text


def test_one_click_says_it_was_only_thanks(cast: Cast, case: Case, enter: Enter) -> None:
    replying.reply(case, Message("Entregue ontem.", to="customer", customer_reads=True), by=cast.ana, at=NINE)
    with door.judging(case.pk, by=cast.marta, at=NINE) as change:
        closing.close(change, Close())
    replying.reply(case, Message("Obrigada!"), by=cast.cliente, at=NINE + timedelta(minutes=5))
    page = enter(cast.ana)

    offered = page.get(f"/cases/{case.protocol}/").text
    done = page.post(f"/cases/{case.protocol}/thanks", follow=True).text
    again = page.post(f"/cases/{case.protocol}/thanks", follow=True).text

    assert "Só um agradecimento" in offered
    assert "Encerrado de novo: foi só um agradecimento." in done
    assert "leia a conversa e responda" in again
    case.refresh_from_db()
    assert not case.is_open
