"""Whom the composer addresses, and what is said of a note the customer does not read (issue 12, point 30)."""

import re
from collections.abc import Callable

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast, local, rewrite
from tests.web.conftest import NINE, Enter
from tests.web.desk.test_replying import answer, said
from tests.web.pages import flat
from tratativa.cases import door, events
from tratativa.cases.acting import replying
from tratativa.cases.core import audience
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Held
from tratativa.rulebook.terms.parties import Party

FIVE_PAST, TEN_PAST = local("2026-11-23 09:05"), local("2026-11-23 09:10")


def addressed(page: str) -> str:
    found = re.search(r'name="to" value="(\w+)" checked', flat(page))
    return found.group(1) if found else ""


def opened(cast: Cast, case: Case, enter: Enter) -> str:
    return addressed(enter(cast.ana).get(f"/cases/{case.protocol}/").content.decode())


def test_the_composer_addresses_the_customer_whose_answer_is_due_whoever_wrote_last(
    cast: Cast, case: Case, enter: Enter
) -> None:
    replying.reply(case, Message("Vocês já viram este caso?", to="seller"), by=cast.marta, at=FIVE_PAST)

    assert opened(cast, case, enter) == "customer"


def test_the_team_answers_the_seller_who_asked_without_the_customer_reading_it(
    cast: Cast, case: Case, enter: Enter
) -> None:
    replying.reply(case, Message("Posso trocar?", to="marketplace"), by=cast.ana, at=FIVE_PAST)

    page = enter(cast.marta).get(f"/cases/{case.protocol}/").content.decode()

    assert addressed(page) == "seller"


def test_once_the_customer_has_their_answer_the_marketplace_is_next(cast: Cast, case: Case, enter: Enter) -> None:
    replying.reply(case, Message("Vocês já viram este caso?", to="seller"), by=cast.marta, at=FIVE_PAST)
    replying.reply(case, Message("Chega amanhã.", to="customer", customer_reads=True), by=cast.ana, at=TEN_PAST)

    assert opened(cast, case, enter) == "marketplace"


def test_what_the_desk_says_by_itself_asks_for_no_answer(cast: Cast, case: Case, enter: Enter) -> None:
    replying.reply(case, Message("Chega amanhã.", to="customer", customer_reads=True), by=cast.ana, at=FIVE_PAST)
    replying.reply(case, Message("Obrigada, mas quero a nota."), by=cast.cliente, at=FIVE_PAST)
    with door.judging(case.pk, by=cast.marta, at=TEN_PAST) as change:
        told = events.Told(to=Party.SELLER, template="aviso")
        change.record(told, to=audience.TEAM_AND_SELLER, words="Aviso automático.")

    assert opened(cast, case, enter) == "customer"


def test_a_note_with_the_switch_off_answers_nobody(cast: Cast, case: Case, enter: Enter) -> None:
    replying.reply(case, Message("Preciso ver com o depósito.", to="customer"), by=cast.ana, at=FIVE_PAST)
    replying.reply(case, Message("Vocês já viram este caso?", to="seller"), by=cast.marta, at=TEN_PAST)

    assert opened(cast, case, enter) == "customer"


def test_where_no_clock_says_it_a_note_still_answers_nobody(
    cast: Cast, open_case: Callable[..., Case], enter: Enter
) -> None:
    rewrite(cast.marketplace, lambda book: book.update(deadlines=[]), at=local("2026-02-01 00:00"))
    case = open_case()
    replying.reply(case, Message("Vocês já viram este caso?", to="seller"), by=cast.marta, at=FIVE_PAST)
    replying.reply(case, Message("Já vimos.", to="marketplace"), by=cast.ana, at=TEN_PAST)
    replying.reply(case, Message("Preciso ver com o depósito.", to="customer"), by=cast.ana, at=TEN_PAST)

    assert not case.deadlines.exists()
    assert opened(cast, case, enter) == "customer"


def test_a_note_says_that_the_customer_does_not_read_it_and_what_is_left(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)

    page = answer(client, case, text="Só entre nós", customer_reads="no")
    page = client.get(page["Location"]).content.decode()

    assert re.search(r"Nota guardada\. O cliente não lê, e o prazo continua: faltam \d+ h", page)
    assert "Resposta enviada." not in page
    assert "Enviar ao cliente" in page


def test_a_note_after_the_due_time_does_not_call_it_running(
    cast: Cast, case: Case, enter: Enter, clock: time_machine.Traveller
) -> None:
    clock.move_to(local("2026-11-24 15:00"))
    client = enter(cast.ana)

    page = client.get(answer(client, case, text="Só entre nós", customer_reads="no")["Location"]).content.decode()

    assert re.search(r"ele ainda espera a sua resposta: o prazo venceu há \d+ h", page)


def test_one_click_sends_the_note_and_its_files_once(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    file = SimpleUploadedFile("nota.txt", b"NF-e 1001")
    page = client.get(answer(client, case, text="Segue a nota.", customer_reads="no", files=file)["Location"])
    place = re.search(r'action="(/cases/[^"]+/notes/\d+/send)"', page.content.decode())
    assert place

    sent = client.post(place.group(1), follow=True).content.decode()
    client.post(place.group(1))

    assert "Enviado ao cliente." in sent
    assert said(case) == ["Segue a nota.", "Segue a nota."]
    theirs = enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()
    assert "Segue a nota." in theirs
    assert "nota.txt" in theirs


def test_a_note_is_not_sent_over_what_came_since_and_can_be_sent_once_it_was_read(
    cast: Cast, case: Case, enter: Enter
) -> None:
    client = enter(cast.ana)
    page = client.get(answer(client, case, text="Segue a nota.", customer_reads="no")["Location"]).content.decode()
    place, seen = pressed_button(page)
    replying.reply(case, Message("Desisti."), by=cast.cliente, at=NINE)

    refused = client.post(place, {"seen": seen}, follow=True).content.decode()
    before = said(case)
    again, seen = pressed_button(refused)
    sent = client.post(again, {"seen": seen}, follow=True).content.decode()

    assert "Chegou novidade depois da sua nota, e ela não foi enviada." in refused
    assert before.count("Segue a nota.") == 1
    assert "Enviado ao cliente." in sent
    assert said(case).count("Segue a nota.") == 2


def pressed_button(page: str) -> tuple[str, str]:
    """Where the page's «Enviar ao cliente» goes, and what it says that was seen."""
    found = re.search(r'action="(/cases/[^"]+/notes/\d+/send)".*?name="seen" value="(\d+)"', page, re.DOTALL)
    assert found
    return found.group(1), found.group(2)


def test_a_colleagues_note_or_a_message_is_no_note_of_ones_own(cast: Cast, case: Case, enter: Enter) -> None:
    replying.reply(case, Message("Só entre nós", to="customer"), by=cast.ana, at=NINE)
    number = case.entries.latest("number").number

    assert enter(cast.chefe).post(f"/cases/{case.protocol}/notes/{number}/send").status_code == 404
    assert enter(cast.ana).post(f"/cases/{case.protocol}/notes/1/send").status_code == 404


def test_conduct_is_asked_again_before_the_customer_reads_it(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    note = answer(client, case, text="Avise: me chame no WhatsApp 41 99988-7766.", customer_reads="no", warned="yes")
    place = re.search(r'action="(/cases/[^"]+/notes/\d+/send)"', client.get(note["Location"]).content.decode())
    assert place

    kept = client.post(place.group(1), follow=True).content.decode()
    again = client.post(place.group(1), follow=True).content.decode()

    assert "Mensagem retida" in kept
    assert "Enviado ao cliente." not in kept
    assert "já esperam que a equipe" in again
    assert Held.objects.count() == 1
    assert "99988" not in enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()
