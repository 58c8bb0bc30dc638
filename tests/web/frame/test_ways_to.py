"""Where a form leads back to is a path of ours, or where such forms usually lead."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.web.conftest import Enter
from tratativa.accounts.signing_in import ClosedDoor

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "999", "abc", "customer_leave", "cases", "//evil.example", "https://evil.example/", "javascript:alert(1)",
    "\x00", "/\\evil.example", "\\\\evil.example", " /cases/",
)  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
@pytest.mark.parametrize("door", ["/theme", "/language"])
def test_a_stranger_is_led_to_the_beginning(wanted: str, door: str) -> None:
    answer = Client().post(door, {"next": wanted, "theme": "dark", "language": "en"})

    assert (answer.status_code, answer.headers.get("Location")) == (302, "/")


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_staff_are_led_where_such_forms_lead(wanted: str, cast: Cast, enter: Enter) -> None:
    client = enter(cast.marta)
    forms = {
        "/cases/density": {"density": "compact"},
        "/help/keys": {"keys": "off"},
    }
    for door, form in forms.items():
        answer = client.post(door, {**form, "next": wanted})
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/") and "evil" not in answer.headers["Location"]


def test_a_page_of_ours_is_come_back_to() -> None:
    assert Client().post("/theme", {"next": "/my/loja/?a=1", "theme": "dark"})["Location"] == "/my/loja/?a=1"


@pytest.mark.parametrize("wanted", ["999", "abc", "account_login", "", None])
def test_signing_in_leads_to_no_name_and_no_number(wanted: str | None) -> None:
    assert not ClosedDoor().is_safe_url(wanted)
