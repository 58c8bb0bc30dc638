"""Putting a case aside from its page: moments before what is due, a list of what is aside, and the way back."""

from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.web.conftest import Enter
from tratativa.cases.core import protocols
from tratativa.cases.models import Case, Snooze

pytestmark = pytest.mark.django_db


def post(client: Any, case: Case, **form: str) -> str:
    return str(client.post(reverse("snooze", args=[protocols.show(case.protocol)]), form, follow=True).text)


def test_it_is_offered_done_listed_and_undone(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    page = client.get(f"/cases/{case.protocol}/").text
    assert "Em 3 horas" in page and "Adiar" in page
    first = page.split('name="until" value="')[1].split('"')[0]

    told = post(client, case, until=first)

    assert "Adiado: volta à lista" in told and "1 adiado" in told
    assert f'data-row="{case.protocol}"' not in told
    aside = client.get("/cases/?tab=mine&aside=yes").text
    assert f'data-row="{case.protocol}"' in aside and "Adiados" in aside
    page = client.get(f"/cases/{case.protocol}/").text
    assert "Ana Lima adiou: volta à lista" in page and "Trazer de volta" in page
    assert "De volta à lista." in post(client, case, do="back")
    assert not Snooze.objects.exists()


@pytest.mark.parametrize(
    ("form", "why"),
    [({}, "escolha o dia e a hora"), ({"other": "x"}, "escolha o dia e a hora"),
     ({"until": "2020-01-01T00:00"}, "ainda não passou"), ({"other": "2090-01-01T00:00"}, "O prazo vence em"),
     ({"until": "\x00"}, "escolha o dia e a hora"), ({"other": "9999-12-31T23:59"}, "O prazo vence em")],
)  # fmt: skip
def test_what_is_no_moment_is_refused_in_words(
    form: dict[str, str], why: str, cast: Cast, case: Case, enter: Enter
) -> None:
    assert why in post(enter(cast.ana), case, **form)
    assert not Snooze.objects.exists()


def test_who_does_not_answer_it_is_offered_nothing(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.marta).get(f"/cases/{case.protocol}/").text

    assert 'name="until"' not in page
