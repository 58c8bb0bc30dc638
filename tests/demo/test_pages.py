"""The demo's pages: coming in as anyone, and reading the post."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tratativa.accounts.models import Customer, Membership
from tratativa.demo import stage
from tratativa.demo.models import Parcel
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import sending


@pytest.fixture
def visitor(db: None, settings: Settings) -> Client:
    settings.ROOT_URLCONF = "tests.demo.urls"
    settings.EMAIL_BACKEND = "tratativa.demo.postbox.Postbox"
    stage.set_up(at=timezone.now())
    return Client()


def test_the_cast_is_shown_and_a_visitor_comes_in_as_each_party(visitor: Client) -> None:
    page = visitor.get("/demo/")
    assert "Ana Lima" in page.content.decode()

    staff = Membership.objects.get(person__name="Ana Lima", marketplace__slug="americanas")
    assert visitor.post(f"/demo/enter/staff/{staff.pk}", follow=True).status_code == 200
    buyer = Customer.objects.get(name="Joana Prado", marketplace__slug="americanas")
    mine = visitor.post(f"/demo/enter/customer/{buyer.pk}", follow=True)
    assert mine.status_code == 200
    assert visitor.get("/cases/").status_code == 302


def test_a_sent_letter_lies_in_the_mailbox_and_nothing_in_it_runs(visitor: Client) -> None:
    letter = Letter.objects.filter(party="customer").first()
    assert letter is not None
    sending.send(letter.pk, at=timezone.now())
    parcel = Parcel.objects.get()

    assert parcel.subject in visitor.get("/mailbox/").content.decode()
    assert parcel.subject in visitor.get(f"/mailbox/{parcel.pk}/").content.decode()
    raw = visitor.get(f"/mailbox/{parcel.pk}/letter")
    assert "sandbox" in raw["Content-Security-Policy"]
    assert "script-src 'none'" in raw["Content-Security-Policy"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_designs_pieces_are_drawn_in_every_state_by_the_desks_own_templates(
    theme: str, settings: Settings, client: Client, db: None
) -> None:
    settings.ROOT_URLCONF = "tests.demo.urls"

    page = client.get(f"/design/?theme={theme}&accent=teal").text

    assert f'data-theme="{theme}"' in page and 'data-accent="teal"' in page
    for piece in ("listed__row--unread", "clock--last", "message--hidden", "sending--refused", "composer__text",
                  "menu__item--off", "drawing__front", 'aria-invalid="true"', "badge--mediation"):  # fmt: skip
        assert piece in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_the_designs_pieces_are_no_page_of_a_real_desk(client: Client, db: None) -> None:
    assert client.get("/design/").status_code == 404
