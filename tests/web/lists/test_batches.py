"""Many cases at once, by the pages: the form says who would be refused, shows how it reads, and tells each result."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, gather, make_order, opener
from tratativa.batches import asking
from tratativa.batches.models import Batch, Item
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry, Tagging

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]
OpenCase = Callable[..., Case]


def ticked(*cases: Case) -> dict[str, object]:
    seen = {f"seen-{one.protocol}": str(Case.objects.get(pk=one.pk).row_version) for one in cases}
    return {"case": [one.protocol for one in cases], **seen}


def carried(page: str) -> str:
    """The cases the form on the page carries along."""
    found = re.search(r'name="chosen" value="([^"]+)"', page)
    assert found
    return found[1]


def said(case: Case) -> list[str]:
    rows = Entry.objects.filter(case=case, party="seller", event="message.posted")
    return [one.said for one in rows.select_related("words")]


def test_a_reply_to_several_is_shown_before_and_sent_to_each(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    cases, client = [open_case(), open_case()], enter(cast.ana)
    form = {"text": "Oi, {{primeiro nome}}!", "to": "customer", "customer_reads": "yes", "tags": "atraso"}

    asked = client.post(reverse("bulk"), {"do": "reply", **ticked(*cases)})
    assert "Fazer em 2 atendimentos" in asked.text and not said(cases[0])
    looked = client.post(reverse("ask_batch"), {"do": "reply", "step": "look", **form, **ticked(*cases)})
    told = client.post(reverse("ask_batch"), {"do": "reply", "step": "go", **form, **ticked(*cases)}, follow=True)

    assert "Oi, Joana!" in looked.text
    assert "Feito em 2" in told.text and [said(one) for one in cases] == [["Oi, Joana!"], ["Oi, Joana!"]]
    assert Tagging.objects.count() == 2


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"text": "Oi, {{apelido}}!", "to": "customer"}, "Não há lacuna chamada «apelido»."),
        ({"text": "", "to": "customer"}, "Escreva a resposta."),
        ({"text": "Oi", "to": "ninguem"}, "Escolha o destinatário."),
    ],
)
def test_a_reply_that_cannot_be_sent_says_why_and_keeps_what_was_typed(
    form: dict[str, str], told: str, cast: Cast, open_case: OpenCase, enter: Enter
) -> None:
    case = open_case()

    page = enter(cast.ana).post(reverse("ask_batch"), {"do": "reply", "step": "go", **form, **ticked(case)})

    assert page.status_code == 422 and told in page.text and form["text"] in page.text
    assert not Batch.objects.exists()


def test_all_of_a_filter_are_meant_not_those_of_the_page(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    cases = [open_case() for _one in range(3)]
    form = {"do": "tag", "all": "yes", "filters": "tab=mine", "step": "go", "tags": "greve", **ticked(cases[0])}
    client = enter(cast.ana)

    asked = client.post(reverse("bulk"), form)
    assert "Fazer em 3 atendimentos" in asked.text and not Tagging.objects.exists()  # said before it is done
    client.post(reverse("ask_batch"), {**form, "chosen": carried(asked.text)})

    assert {one.case_id for one in Tagging.objects.all()} == {one.pk for one in cases}


def test_what_changed_or_came_after_the_form_was_drawn_is_not_done_by_all_of_a_filter(
    cast: Cast, open_case: OpenCase, enter: Enter
) -> None:
    quiet, loud = open_case(), open_case()
    client = enter(cast.ana)
    form = {"do": "assign", "all": "yes", "filters": "tab=mine"}
    asked = client.post(reverse("bulk"), form)
    late = open_case()
    replying.reply(loud, Message("Não encerrem!"), by=cast.cliente, at=timezone.now())

    told = client.post(reverse("ask_batch"), {**form, "step": "go", "chosen": carried(asked.text)}, follow=True)

    assert "O atendimento mudou desde que você o escolheu." in told.text
    assert {one.case_id for one in Item.objects.all()} == {quiet.pk, loud.pk}
    given = {one.pk: one.seller_assignee_id for one in Case.objects.all()}
    assert given == {quiet.pk: cast.ana.person_id, loud.pk: None, late.pk: None}


@pytest.mark.parametrize("chosen", ["", "x", "00:1 \x00", "%s:99999999999999999999" % ("0" * 32), ":" * 50_000])
def test_a_form_that_carries_no_cases_of_ones_own_does_nothing(
    chosen: str, cast: Cast, open_case: OpenCase, enter: Enter
) -> None:
    open_case()

    answer = enter(cast.ana).post(
        reverse("ask_batch"), {"do": "tag", "all": "yes", "step": "go", "tags": "greve", "chosen": chosen}
    )

    assert answer.status_code == 302 and not Batch.objects.exists()


@pytest.mark.parametrize("person", ["\x00", "abc", "0" * 900])
@pytest.mark.parametrize("place", ["ask_batch", "bulk"])
def test_a_person_who_is_none_is_refused_in_words(
    person: str, place: str, cast: Cast, open_case: OpenCase, enter: Enter
) -> None:
    case = open_case()

    answer = enter(cast.ana).post(
        reverse(place), {"do": "assign", "step": "go", "person": person, **ticked(case)}, follow=True
    )

    assert answer.status_code == 200
    assert Case.objects.get(pk=case.pk).seller_assignee_id in {None, cast.ana.person_id}


def test_long_ones_are_left_to_the_job_and_the_page_shows_how_far_they_are(
    cast: Cast, open_case: OpenCase, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 1)
    cases, client = [open_case(), open_case()], enter(cast.ana)

    going = client.post(
        reverse("ask_batch"), {"do": "tag", "step": "go", "tags": "greve", **ticked(*cases)}, follow=True
    )
    batch = Batch.objects.get()
    asking.perform(batch.pk)
    ended = client.get(reverse("batch", args=[batch.pk]))

    assert "0 de 2" in going.text and "hx-get" in going.text
    assert "Feito em 2" in ended.text and "hx-get" not in ended.text.partition('id="batch"')[2].partition(">")[0]
    assert "Etiquetar" in client.get(reverse("batches")).text


def test_nobody_else_reads_what_somebody_asked_for(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    enter(cast.ana).post(reverse("ask_batch"), {"do": "tag", "step": "go", "tags": "x", **ticked(open_case())})
    batch = Batch.objects.get()

    assert enter(cast.chefe).get(reverse("batch", args=[batch.pk])).status_code == 404
    assert enter(cast.rival).get(reverse("batch", args=[batch.pk])).status_code == 404


def test_an_action_is_chosen_filled_in_and_done_on_each(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    cases, client = [open_case(), open_case()], enter(cast.ana)

    form = client.post(reverse("bulk"), {"do": "act", **ticked(*cases)}).text

    assert 'name="action"' in form and "Escolha a ação" in form
    assert "Reembols" not in form.partition("</select>")[0].rpartition("<select")[2]  # what pays is done on its page


def test_what_each_order_says_itself_is_not_asked_for_many(db: None, enter: Enter) -> None:
    cast = gather("madeiramadeira")
    order = make_order(cast.marketplace, cast.seller, cast.buyer, "71", "shipped")
    case = opener(cast)(order=order, reason="Atraso na entrega")
    client = enter(cast.ana)

    chosen = {"do": "act", "action": "nova-data-de-entrega", **ticked(case)}
    form = client.post(reverse("ask_batch"), chosen).text

    assert 'name="nova-data-de-entrega"' in form and 'name="link-de-rastreio"' not in form
    assert "Cada atendimento usa o que o seu pedido diz: «Link de rastreio», «Nota fiscal»." in form
    assert "Falta ao pedido: «Link de rastreio»." in form
