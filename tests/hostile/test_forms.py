"""Forms filled in by someone who means no good, or by a broken client: a clear answer, nothing lost, never a 5xx."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import MONDAY, Cast
from tratativa.accounts.formatting import Written
from tratativa.accounts.models import Person
from tratativa.cases import door
from tratativa.cases.acting import pending
from tratativa.cases.core import audience
from tratativa.cases.messages import addressing
from tratativa.cases.models import Case, Entry, Held, Text
from tratativa.rulebook.terms.parties import Party

pytestmark = pytest.mark.usefixtures("clock")


def reply(client: Client, case: Case, **given: Any) -> Any:
    """Posts the composer's form as a seller, complete unless told otherwise."""
    usual = {"text": "oi", "to": "customer", "customer_reads": "yes", "switch": "shown", "confirmed": "yes"}
    fields = {name: value for name, value in {**usual, **given}.items() if value is not None}
    return client.post(reverse("reply", args=[case.protocol]), fields)


def written(case: Case) -> int:
    """How many messages the case holds."""
    return Entry.objects.filter(case=case, event="message.posted").count()


@pytest.mark.parametrize("words", ["", " \n\t \r\n ", "\u202e\u2066", "\x00\x07"])
def test_a_message_of_nothing_is_refused_beside_its_field(words: str, ana: Client, case: Case) -> None:  # F001, F002
    answer = reply(ana, case, text=words)

    assert answer.status_code == 422
    assert 'id="text-error"' in answer.content.decode()
    assert written(case) == 1


def test_a_message_over_the_limit_is_given_back_whole(ana: Client, case: Case) -> None:  # F006
    answer = reply(ana, case, text="a" * 20_001)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A mensagem tem 20001 caracteres; o limite é 20000." in page
    assert "a" * 20_001 in page
    assert written(case) == 1


def test_twelve_megabytes_of_text_are_refused_in_words(ana: Client, case: Case) -> None:  # F007
    answer = ana.post(
        reverse("reply", args=[case.protocol]),
        "text=" + "a" * 12_000_000,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 413
    assert "passou do tamanho aceito" in answer.content.decode()
    assert written(case) == 1


def test_a_script_in_a_name_is_only_letters(ana: Client, case: Case, cast: Cast) -> None:  # F010
    cast.buyer.name = "\"><img src=x onerror=document.title='PWN'>"
    cast.buyer.save()

    pages = [ana.get(path).content.decode() for path in ("/cases/", f"/cases/{case.protocol}/", "/orders/1001/")]

    assert all("<img src=x" not in page for page in pages)
    assert all("&lt;img src=x" in page for page in pages)


@pytest.mark.parametrize(
    "words",
    [
        "{{7*7}} {% debug %} ${7*7} <%=7*7%> #{7*7}",  # F011
        '<div hx-get="/admin/" hx-trigger="load">x</div>',  # F012
        '<div data-hx-post="/refund/1/approve" data-hx-trigger="load">x</div>',  # F013
        '<a href="java&#9;script:alert(1)">x</a>',  # F016
        "🧑‍🌾 ㅤ 𝔘𝔫𝔦 e\u0301",  # F021
    ],
)
def test_what_looks_like_code_is_shown_and_never_run(words: str, ana: Client, joana: Client, case: Case) -> None:
    assert reply(ana, case, text=words).status_code == 302

    page = joana.get(f"/my/cases/{case.protocol}/").content.decode()
    talk = page[page.index('id="timeline"') :]
    assert "<div hx-get" not in talk
    assert "<div data-hx-post" not in talk
    assert "<a href" not in talk
    assert "49" not in Text.objects.filter(case=case).latest("entry__number").body


def test_a_hidden_reversal_of_the_text_is_taken_out(ana: Client, case: Case) -> None:
    reply(ana, case, text="paga \u202e001 $R")

    assert "\u202e" not in Text.objects.filter(case=case).latest("entry__number").body


def test_who_reads_has_no_default(ana: Client, case: Case) -> None:  # F029
    answer = reply(ana, case, customer_reads=None, switch=None)

    assert answer.status_code == 422
    assert 'id="customer_reads-error"' in answer.content.decode()
    assert written(case) == 1


def test_who_reads_said_twice_is_not_said(ana: Client, case: Case) -> None:  # F030
    answer = reply(ana, case, text="segredo", customer_reads=["no", "yes"])

    assert answer.status_code == 422
    assert "segredo" in answer.content.decode()
    assert written(case) == 1


@pytest.mark.parametrize("to", ["", "partner", "cliente", ["customer", "marketplace"]])
def test_a_recipient_that_is_none_is_refused(to: Any, ana: Client, case: Case) -> None:  # F025
    answer = reply(ana, case, to=to, text="para quem?")

    assert answer.status_code == 422
    assert "para quem?" in answer.content.decode()
    assert written(case) == 1


def test_fields_nobody_asked_for_change_nothing(ana: Client, case: Case, cast: Cast) -> None:  # F035
    answer = reply(ana, case, role="admin", seller_id="1", is_superuser="1", party="marketplace", at="2020-01-01")

    entry = Entry.objects.filter(case=case, event="message.posted").latest("number")
    assert answer.status_code == 302
    assert (entry.party, entry.actor_id) == ("seller", cast.ana.person_id)
    assert not Person.objects.get(pk=cast.ana.person_id).memberships.filter(role="admin").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/cases/" + "9" * 5000 + "/",  # F071
        "/cases/%00/",
        "/cases/..%2f..%2fetc/",
        "/orders/" + "9" * 5000 + "/",
        "/orders/%00/",
        "/files/00000000-0000-0000-0000-000000000000",
        "/cases/2026112300000000/",
    ],
)
def test_an_address_that_leads_nowhere_is_not_found(path: str, ana: Client) -> None:
    assert ana.get(path).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "page=-1&page_size=1000000",  # F070
        "sort=customer__cpf",  # F068
        "assignee__password__startswith=p&_connector=OR+1=1&_negated=1",  # F069
        "after=" + "A" * 9000,
        "after=bnVsbA",
        "q=%00",
        "q=" + "a%20" * 2000,
        "q=%27%20or%201%3D1--",
        "q=%28%28%28%26%7C%21",
        "status=%00",
        "opened_from=9999-99-99",
        "opened_from=0001-01-01",
        "document=%00",
        "order=" + "x" * 5000,
        "tab=%F0%9F%A7%91",
    ],
)
def test_a_list_asked_for_in_bad_faith_still_answers(query: str, ana: Client, case: Case) -> None:
    assert ana.get(f"/cases/?{query}").status_code == 200
    assert ana.get(f"/cases/export.csv?{query}").status_code in {200, 400}


@pytest.mark.parametrize("query", ["q=%00", "q=" + "9" * 5000, "after=abc", "after=2026-13-45T00:00", "after=%00"])
def test_orders_asked_for_in_bad_faith_still_answer(query: str, ana: Client) -> None:
    assert ana.get(f"/orders/?{query}").status_code == 200


@pytest.mark.parametrize("body", [b"\xff\xfe%ZZ", b"text=%ff%fe&to=customer", b"=&=&&&", b"a" * 2000])
def test_a_body_that_is_no_form_is_answered(body: bytes, ana: Client, case: Case) -> None:
    answer = ana.post(reverse("reply", args=[case.protocol]), body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in {400, 422}


def test_a_multipart_body_cut_short_is_answered(ana: Client, case: Case) -> None:
    cut = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nola'

    answer = ana.post(reverse("reply", args=[case.protocol]), cut, content_type="multipart/form-data; boundary=x")

    assert answer.status_code in {400, 422}
    assert written(case) == 1


def test_hundreds_of_fields_are_too_many(ana: Client, case: Case) -> None:
    answer = ana.post(reverse("reply", args=[case.protocol]), {f"f{number}": "x" for number in range(600)})

    assert answer.status_code == 413


@pytest.mark.parametrize("seen", ["-1", "99999999999999999999", "abc", "١", "\x00"])
def test_a_version_that_is_none_counts_as_unsaid_or_stale(seen: str, ana: Client, case: Case) -> None:
    assert reply(ana, case, seen=seen).status_code == 302


@pytest.mark.parametrize("score", ["0", "6", "-1", "5.0", "٥", "", "null"])
def test_a_score_outside_the_five_is_refused(score: str, joana: Client, case: Case) -> None:
    assert joana.post(reverse("my_survey", args=[case.protocol]), {"score": score}).status_code == 422


@pytest.mark.parametrize("code", ["", "١٢٣٤٥٦", "000000'--", "1" * 5000, "\x00"])
def test_a_code_that_is_none_opens_nothing(code: str, cast: Cast, client: Client) -> None:
    client.post("/my/americanas/", {"number": "1001", "document": "52998224725"})

    assert client.post("/my/americanas/code", {"code": code}).status_code == 422
    assert "customer" not in client.session


@pytest.mark.parametrize("document", ["1234567890", "11111111111", "٥٢٩٩٨٢٢٤٧٢٥", "", "\x00", "5" * 500])
def test_a_document_that_is_none_is_named(document: str, cast: Cast, client: Client) -> None:  # F060
    answer = client.post("/my/americanas/", {"number": "1001", "document": document})

    assert answer.status_code == 422
    assert 'id="document-error"' in answer.content.decode()


@pytest.fixture
def held(cast: Cast, case: Case) -> Held:
    """A message of the seller that waits for the marketplace to read it."""
    sending = addressing.Sending(Party.CUSTOMER, audience.EVERYONE)
    with door.judging(case.pk, by=cast.ana, at=MONDAY) as change:
        return pending.message(change, Written("Me liga no 41 99988-7766."), sending, (), "contato-externo")


@pytest.mark.parametrize("words", ["\u202e\u2066", "\x00\x07", " \n", "a" * 2_001])
def test_a_refusal_of_what_is_held_needs_words_that_can_be_read(words: str, marta: Client, held: Held) -> None:
    answer = marta.post(reverse("decide_hold", args=[held.pk]), {"decision": "refuse", "text": words})

    held.refresh_from_db()
    assert (answer.status_code, held.decided_at) == (422, None)


@pytest.mark.parametrize("decision", ["", "release\x00", "RELEASE", "undone", "'; drop table"])
def test_a_decision_that_is_none_decides_nothing(decision: str, marta: Client, held: Held) -> None:
    answer = marta.post(reverse("decide_hold", args=[held.pk]), {"decision": decision, "text": "x"})

    held.refresh_from_db()
    assert (answer.status_code, held.decided_at) == (422, None)
