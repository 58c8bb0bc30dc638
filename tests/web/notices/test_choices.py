"""Ajustes, Avisos: what each person chooses for themselves is kept, and shown as it was kept."""

import re

import pytest
from django.test import Client

from tests.cast import Cast, answerer
from tests.web.conftest import Enter
from tratativa.notices import choosing
from tratativa.notices.choosing import Ways
from tratativa.notices.models import Email, Kind

ROOM = "/settings/notices/"


def body(browser: Client) -> str:
    return browser.get(ROOM).content.decode()


def test_what_is_chosen_is_kept_and_shown(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.ana)

    answer = browser.post(
        ROOM,
        {"message-desk": "on", "message-email": "digest", "quiet_from": "22:00", "quiet_to": "07:30", "digest": "9"},
    )

    kept = choosing.of(cast.ana.person)
    assert answer.status_code == 302
    assert kept[Kind.MESSAGE] == Ways(True, False, Email.DIGEST)
    assert kept[Kind.ASSIGNED] == Ways(False, False, Email.NONE)
    assert kept[Kind.TASK] == choosing.USUAL  # which a seller's people have none of
    page = re.sub(r"\s+", " ", body(browser))
    assert 'value="22:00"' in page and 'value="07:30"' in page and '<option value="9" selected>' in page


def test_half_of_quiet_hours_is_refused_beside_the_field_and_nothing_is_kept(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.ana)

    answer = browser.post(ROOM, {"message-email": "once", "quiet_from": "22:00"})

    assert answer.status_code == 422 and "Diga as duas horas, ou nenhuma." in answer.content.decode()
    assert choosing.of(cast.ana.person)[Kind.MESSAGE] == choosing.USUAL


def test_what_is_no_hour_is_refused(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.ana).post(ROOM, {"quiet_from": "tarde", "quiet_to": "07:00"})

    assert answer.status_code == 422 and "Escreva a hora como 22:00." in answer.content.decode()


def test_each_team_is_offered_what_can_happen_to_it(cast: Cast, enter: Enter) -> None:
    sonia = answerer(cast.marketplace, "ka", "Sônia Sócia")

    team, seller, partner = (body(enter(who)) for who in (cast.marta, cast.ana, sonia))

    assert "answer-desk" in team and "opened-desk" not in team
    assert "opened-desk" in seller and "task-desk" not in seller
    assert "opened-desk" in partner and "assigned-desk" not in partner


def test_choosing_is_ones_own(cast: Cast, enter: Enter) -> None:
    enter(cast.chefe).post(ROOM, {"message-email": "once"})

    assert choosing.of(cast.ana.person)[Kind.MESSAGE] == choosing.USUAL


@pytest.mark.parametrize("digest", ["0009999999", "00099", "0" * 5_000, "000" + "9" * 4_999, "\x00", "24", "-1"])
def test_no_hour_of_a_digest_is_a_fault(digest: str, cast: Cast, enter: Enter) -> None:
    answer = enter(cast.ana).post("/settings/notices/", {"digest": digest})

    assert answer.status_code in {200, 302}


@pytest.mark.parametrize(
    "until", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "x", "\x00", "2026-13-01T00:00:00Z"]
)
def test_no_moment_read_until_is_a_fault(until: str, cast: Cast, enter: Enter) -> None:
    assert enter(cast.ana).post("/notices/read", {"until": until}).status_code == 302


def test_a_key_that_is_none_is_refused_in_words(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.ana).post("/settings/notices/browsers", {"key": "\x00", "endpoint": "https://push.example/a"})

    assert answer.status_code == 422
