"""A reply that can be taken back, on the pages: what they say at every moment is so, with scripts and without."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast, opener
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases.acting import at_once, pressing
from tratativa.cases.models import Case, Pressed, Text
from tratativa.cases.reading import timeline

GIVEN = {"text": "Chega amanhã.", "to": "customer", "customer_reads": "yes", "switch": "shown", "confirmed": "yes"}


def page_of(client: Client, case: Case) -> str:
    return flat(client.get(f"/cases/{case.protocol}/").content.decode())


def send(client: Client, case: Case, **given: Any) -> Any:
    """Posts the composer's form as its page has it: the hidden field goes along where the page holds it."""
    asked = {"undo": "yes"} if 'name="undo"' in page_of(client, case) else {}
    return client.post(f"/cases/{case.protocol}/reply", {**GIVEN, **asked, **given})


def customer_reads(case: Case, cast: Cast) -> bool:
    return "Chega amanhã." in [line.words for line in timeline.read(case, cast.cliente)]


@pytest.fixture
def sent(cast: Cast, case: Case, enter: Enter) -> Pressed:
    send(enter(cast.ana), case)
    return Pressed.objects.get()


def test_the_page_says_that_it_is_being_sent_and_never_that_it_was(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)

    answer = send(client, case)
    page = flat(client.get(answer["Location"]).content.decode())

    assert "Enviando para o cliente" in page or "Enviando para Cliente" in page
    assert "Desfazer" in page
    assert "Resposta enviada" not in page
    assert not customer_reads(case, cast)
    assert not re.search(r"<textarea[^>]*>\s*Chega amanhã", page)


def test_undone_without_scripts_the_words_stand_in_the_composer(
    cast: Cast, case: Case, sent: Pressed, enter: Enter
) -> None:
    client = enter(cast.ana)

    answer = client.post(f"/sending/{sent.pk}/undo")
    page = flat(client.get(answer["Location"]).content.decode())

    assert "Desfeito: nada foi enviado." in page
    assert re.search(r"<textarea[^>]*>\s*Chega amanhã", page)
    assert "data-sending" not in page
    assert not customer_reads(case, cast)


def test_undone_the_tags_that_would_have_gone_on_the_case_are_ticked_again(
    cast: Cast, case: Case, enter: Enter
) -> None:
    client = enter(cast.ana)
    send(client, case, tag="atraso")

    page = flat(client.post(f"/sending/{Pressed.objects.get().pk}/undo", follow=True).content.decode())

    assert re.search(r'name="tag" value="atraso" checked', page)


def test_undone_too_late_the_page_says_that_it_was_sent(cast: Cast, case: Case, sent: Pressed, enter: Enter) -> None:
    pressing.say_due(sent.pk, at=sent.leaves_at)

    page = enter(cast.ana).post(f"/sending/{sent.pk}/undo", follow=True).content.decode()

    assert "Tarde demais para desfazer: a mensagem já foi enviada." in page
    assert customer_reads(case, cast)


def test_sent_at_once_by_its_author(cast: Cast, case: Case, sent: Pressed, enter: Enter) -> None:
    page = enter(cast.ana).post(f"/sending/{sent.pk}/now", follow=True).content.decode()

    assert "Mensagem enviada para" in page
    assert customer_reads(case, cast)


def test_a_colleague_sees_who_is_sending_and_nobody_else_does(
    cast: Cast, case: Case, sent: Pressed, enter: Enter
) -> None:
    colleague = page_of(enter(cast.chefe), case)
    others = [page_of(enter(cast.marta), case)]
    others.append(enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode())

    assert "está enviando uma mensagem para" in colleague
    assert f"/sending/{sent.pk}/undo" not in colleague
    for page in others:
        assert "Chega amanhã." not in page
        assert "data-sending" not in page


def test_what_a_colleague_wrote_meanwhile_is_kept_and_not_sent(
    cast: Cast, case: Case, sent: Pressed, enter: Enter
) -> None:
    refused = send(enter(cast.chefe), case, text="Já saiu.")

    page = flat(refused.content.decode())
    assert refused.status_code == 409
    assert "está enviando uma mensagem neste atendimento agora" in page
    assert "Já saiu." in page
    assert Pressed.objects.count() == 1


def test_its_state_is_what_became_of_it(cast: Cast, case: Case, sent: Pressed, enter: Enter) -> None:
    client = enter(cast.ana)
    place = f"/sending/{sent.pk}/"

    waiting = client.get(place).content.decode()
    pressing.say_due(sent.pk, at=sent.leaves_at)
    said = client.get(place).content.decode()

    assert 'data-sending="waiting"' in waiting
    assert 'data-sending="said"' in said
    assert "Desfazer" not in said


def test_one_that_came_back_says_so_and_leads_to_its_case(cast: Cast, case: Case, sent: Pressed, enter: Enter) -> None:
    Case.objects.filter(pk=case.pk).update(closed_at=NINE, waiting_on="nobody", public_turn="nobody")
    pressing.say_due(sent.pk, at=sent.leaves_at)
    client = enter(cast.ana)

    told = client.get(f"/sending/{sent.pk}/").content.decode()

    assert 'data-sending="refused"' in told
    assert "não foi enviada e voltou ao rascunho" in told
    assert "não foi enviada; as palavras voltaram ao rascunho de quem escreveu" in page_of(client, case)


def test_who_went_on_to_the_next_case_can_take_it_back_from_there(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    other = opener(cast)()

    answer = send(client, case, then=f"/cases/{other.protocol}/")
    page = flat(client.get(answer["Location"]).content.decode())

    sent = Pressed.objects.get()
    assert answer["Location"].startswith(f"/cases/{other.protocol[:4]}") or str(sent.pk) in answer["Location"]
    assert f"/sending/{sent.pk}/undo" in page
    assert "Enviando para" in page
    back = client.post(f"/sending/{sent.pk}/undo")
    assert re.search(r"<textarea[^>]*>\s*Chega amanhã", flat(client.get(back["Location"]).content.decode()))


def test_the_page_that_asks_first_carries_the_wish_on(cast: Cast, case: Case, enter: Enter) -> None:
    asked = flat(send(enter(cast.ana), case, confirmed="").content.decode())

    assert 'name="undo" value="yes"' in asked
    assert "até lá dá para desfazer" in asked
    assert not Pressed.objects.exists()


def test_files_and_the_same_form_twice(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    for _twice in range(2):
        send(client, case, files=SimpleUploadedFile("nota.pdf", b"%PDF nota") if not _twice else "")

    page = page_of(client, case)

    assert "com 1 arquivo" in page
    assert Pressed.objects.count() == 1


def test_who_wants_it_at_once_has_it_at_once_and_the_page_says_sent(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    before = client.get("/settings/account/").content.decode()

    client.post("/settings/account/sending", {"undo": "no"})
    page = flat(client.get(send(client, case)["Location"]).content.decode())

    assert "Espera dez segundos, e dá para desfazer" in before
    assert at_once.wants(cast.ana.person)
    assert "Resposta enviada." in page
    assert (customer_reads(case, cast), Pressed.objects.count()) == (True, 0)
    client.post("/settings/account/sending", {"undo": "yes"})
    assert not at_once.wants(cast.ana.person)


def test_a_note_is_kept_at_once(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)

    client.post(f"/cases/{case.protocol}/reply", {"text": "Só nós", "to": "customer", "switch": "shown", "undo": "yes"})

    assert Text.objects.filter(case=case, body="Só nós").exists()
    assert not Pressed.objects.exists()


def test_the_seconds_left_are_those_of_the_server(cast: Cast, case: Case, sent: Pressed, enter: Enter) -> None:
    Pressed.objects.update(leaves_at=sent.leaves_at - timedelta(days=1))

    page = page_of(enter(cast.ana), case)

    assert 'data-left="0.0"' in page
