"""Doors somebody tried: forged cursors, shut addresses, links that lead elsewhere, forms sent twice."""

import base64
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import MONDAY, Cast
from tratativa.accounts import keys, signing_in
from tratativa.accounts.actors import Actor
from tratativa.cases.messages import drafts
from tratativa.cases.models import Case, Entry

Enter = Callable[[Actor], Client]
FAR = "9999-12-31T23:59:59-23:59"


def test_a_forged_cursor_begins_at_the_beginning(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    forged = base64.urlsafe_b64encode(json.dumps([FAR, 0, str(case.pk)]).encode()).decode().rstrip("=")

    assert client.get(f"/cases/?tab=all&sort=due&after={forged}").status_code == 200
    assert client.get("/orders/", {"after": f"{FAR}~{case.pk}"}).status_code == 200


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/signup/"])
def test_nobody_adds_a_door_to_their_account(cast: Cast, enter: Enter, path: str) -> None:
    assert enter(cast.ana).get(path).status_code == 404
    assert enter(cast.ana).post(path, {"email": "outra@fora.example", "action_add": ""}).status_code == 404


@pytest.mark.parametrize(
    "wanted", ["/my/cases/../../cases/", "//fora.example/", "/cases/", "https://fora.example", "/my/cases/"]
)
def test_a_letters_link_leads_to_a_case_of_the_customer_or_home(cast: Cast, case: Case, wanted: str) -> None:
    secret = signing_in.make_link(cast.buyer, case.pk, at=MONDAY)

    answer = Client().post(reverse("customer_link", args=[secret], query={"next": wanted}))

    assert answer["Location"] == "/my/"


def test_opening_twice_from_one_form_opens_once(cast: Cast, enter: Enter) -> None:
    form = {"reason": "nota-fiscal", "to": "marketplace", "text": "Preciso da nota.", "once": str(keys.new())}
    client = enter(cast.ana)

    first, second = (client.post("/orders/1001/open", form)["Location"] for _turn in range(2))

    assert first == second
    assert Case.objects.count() == 1


def test_a_reply_sent_twice_lands_once_and_comes_back_as_no_draft(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    case.refresh_from_db()
    form = {"to": "marketplace", "text": "Enviada duas vezes", "seen": str(case.row_version)}

    for _turn in range(2):
        assert client.post(f"/cases/{case.protocol}/reply", form).status_code == 302

    assert Entry.objects.filter(case=case, event="message.posted", party="seller").count() == 1
    assert drafts.of(case, cast.ana) is None
