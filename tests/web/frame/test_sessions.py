"""Pages whose session has ended, or belongs to somebody else now: nothing is taken, and nothing is claimed."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, local
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts import signing_in
from tratativa.cases.acting import replying
from tratativa.cases.messages import drafts
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry

JUST_NOW = local("2026-11-23 09:29")
SENTENCE = "Não guardado: sua sessão terminou"


def test_a_form_sent_by_nobody_is_answered_with_the_way_in_and_back(case: Case) -> None:
    answer = Client().post(
        reverse("reply", args=[case.protocol]), {"text": "Chega amanhã, sem falta.", "to": "customer"}
    )

    page = answer.content.decode()
    assert answer.status_code == 401
    assert SENTENCE in page
    assert f'name="next" value="/cases/{case.protocol}/"' in flat(page)
    assert "Chega amanhã, sem falta." in page  # for a browser without scripts
    assert not Entry.objects.filter(case=case, event="message.posted", party="seller").exists()


def test_the_way_back_keeps_the_list_as_it_was_filtered(cast: Cast) -> None:
    came_from = "http://testserver/cases/?tab=overdue&q=1001"

    answer = Client().post(reverse("bulk"), {"do": "close"}, headers={"Referer": came_from})

    assert 'name="next" value="/cases/?tab=overdue&amp;q=1001"' in flat(answer.content.decode())


@pytest.mark.parametrize("wrong", ["http://elsewhere.example/cases/", "http://testserver/nowhere", "http://[", "", "x"])
def test_the_way_back_is_always_a_page_of_ours(case: Case, wrong: str) -> None:
    answer = Client().post(reverse("reply", args=[case.protocol]), {"text": "oi"}, headers={"Referer": wrong})

    assert f'name="next" value="/cases/{case.protocol}/"' in flat(answer.content.decode())


def test_a_script_hears_it_as_a_word_and_not_as_a_page(case: Case) -> None:
    asking = {"Accept": "application/json", "X-Person": str(uuid.uuid4())}

    answer = Client().post(reverse("draft", args=[case.protocol]), {"text": "oi"}, headers=asking)

    assert (answer.status_code, answer.json()["signed_out"]) == (401, True)


def test_a_page_left_open_by_one_person_shows_and_keeps_nothing_as_another(
    cast: Cast, case: Case, enter: Enter
) -> None:
    browser = enter(cast.chefe)
    left_open = {"X-Person": str(cast.ana.person)}

    looked = browser.get(reverse("timeline", args=[case.protocol]), headers=left_open)
    kept = browser.post(reverse("draft", args=[case.protocol]), {"text": "da Ana"}, headers=left_open)

    assert (looked.status_code, kept.status_code) == (401, 401)
    assert drafts.of(case, cast.chefe) is None


def test_a_received_form_is_receipted_and_a_refused_one_too(cast: Cast, case: Case, enter: Enter) -> None:
    browser = enter(cast.ana)
    slips = [str(uuid.uuid4()) for _ in range(3)]
    place = reverse("action", args=[case.protocol, "anotar"])

    wrong = browser.post(place, {"slip": slips[0]})
    right = browser.post(place, {"slip": slips[1], "nota": "Ligou às dez.", "anotacao": "Ligou às dez."})
    nobody = Client().post(place, {"slip": slips[2]})

    assert wrong.status_code == 422
    assert f"slip-{slips[0]}" in wrong.cookies
    assert f"slip-{slips[1]}" in right.cookies
    assert f"slip-{slips[2]}" not in nobody.cookies


def test_a_page_writes_over_no_draft_it_never_showed(cast: Cast, case: Case, enter: Enter) -> None:
    browser, place = enter(cast.ana), reverse("draft", args=[case.protocol])
    first = browser.post(place, {"text": "da primeira", "draft": ""}).json()["version"]

    refused = browser.post(place, {"text": "da segunda", "draft": ""})
    assert refused.status_code == 409
    assert refused.json()["elsewhere"] == {"text": "da primeira", "rich": "", "version": first}
    assert drafts.of(case, cast.ana).body == "da primeira"  # type: ignore[union-attr]

    chosen = browser.post(place, {"text": "da segunda", "draft": first})
    assert chosen.json()["saved"]
    assert browser.post(place, {"text": "da segunda, e mais", "draft": first}).json()["saved"]  # loses no word
    assert browser.post(place, {"text": "de novo a primeira", "draft": first}).status_code == 409


def test_a_message_ends_its_own_draft_and_no_other_pages(cast: Cast, case: Case, enter: Enter) -> None:
    browser = enter(cast.ana)
    browser.post(reverse("draft", args=[case.protocol]), {"text": "da outra página", "draft": ""})

    said = {"text": "desta página", "to": "marketplace", "draft": ""}
    answer = browser.post(reverse("reply", args=[case.protocol]), said)

    assert answer.status_code == 302
    assert Entry.objects.filter(case=case, event="message.posted").latest("number").said == "desta página"
    assert drafts.of(case, cast.ana).body == "da outra página"  # type: ignore[union-attr]


def test_a_letter_of_an_agent_does_not_end_what_they_are_writing(cast: Cast, case: Case) -> None:
    drafts.keep(case, by=cast.ana, at=NINE, words="ainda escrevendo")

    replying.reply(case, Message("por e-mail", to="marketplace"), by=cast.ana, at=NINE)

    assert drafts.of(case, cast.ana) is not None


def test_a_customer_comes_back_to_the_page_they_were_on(cast: Cast, case: Case) -> None:
    browser = Client()
    led = browser.get(reverse("my_case", args=[case.protocol]))
    assert led["Location"] == f"/my/enter?next=%2Fmy%2Fcases%2F{case.protocol}%2F"

    knock = browser.get(led["Location"])["Location"]
    code_page = browser.post(knock, {"number": "1001", "document": cast.buyer.document})["Location"]
    answer = browser.post(code_page, {"code": signing_in.make_code(cast.buyer, at=JUST_NOW)})

    assert answer["Location"] == f"/my/cases/{case.protocol}/"


@pytest.mark.parametrize(
    "wanted", ["//elsewhere.example/my/cases/1/", "/cases/", "/my/cases/20261123000000/", "nowhere"]
)
def test_the_customers_door_leads_nowhere_else(cast: Cast, wanted: str) -> None:
    browser = Client()
    browser.post(f"/my/{cast.marketplace.slug}/?next={wanted}", {"number": "1001", "document": cast.buyer.document})

    code = signing_in.make_code(cast.buyer, at=JUST_NOW)
    answer = browser.post(f"/my/{cast.marketplace.slug}/code?next={wanted}", {"code": code})

    assert answer["Location"] == "/my/"
