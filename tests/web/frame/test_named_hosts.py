"""Passkeys are offered where a browser can have one: at a name, not at a number."""

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from tests.cast import Cast
from tests.web.conftest import Enter
from tratativa.web.frame import named_hosts


@pytest.mark.parametrize(
    ("host", "site", "url"),
    [
        ("mesa.example", "http://127.0.0.1:8000", None),
        ("localhost:8110", "http://127.0.0.1:8110", None),
        ("127.0.0.1:8110", "http://127.0.0.1:8110", "http://localhost:8110/accounts/login/"),
        ("[::1]:8110", "http://127.0.0.1:8110", "http://localhost:8110/accounts/login/"),
        ("127.0.0.1:8110", "https://mesa.example", "https://mesa.example/accounts/login/"),
        ("192.168.0.7", "http://192.168.0.7", ""),
    ],
)
def test_a_number_leads_to_the_name_where_there_is_one(
    settings: Settings, host: str, site: str, url: str | None
) -> None:
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["*"], site

    found = named_hosts.nameless(RequestFactory().get("/accounts/login/", headers={"host": host}))

    assert (found.url if found else None) == url


@pytest.mark.parametrize(("host", "offered"), [("127.0.0.1", False), ("localhost", True)])
def test_a_page_by_a_number_offers_no_passkey_and_says_why(
    cast: Cast, enter: Enter, settings: Settings, host: str, offered: bool
) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    signed_in, by = enter(cast.ana), {"host": host}

    door = Client().get("/accounts/login/", headers=by).text
    account = signed_in.get("/settings/account/", headers=by, follow=True).text

    assert ("data-passkey=" in door) is offered
    assert ("Criar uma chave de acesso" in account) is offered
    assert ("só funcionam num endereço com nome" in account) is not offered
    assert ('href="http://localhost' in account) is not offered
