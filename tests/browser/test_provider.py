"""Signing in by a provider, in a real browser: there, back, in, and out again, under the page's own policy."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import Window, served, unsound
from tests.cast import Cast
from tests.config.desks import free_port, until
from tratativa.accounts.people import invitations
from tratativa.accounts.people.team import Doer, Team

pytestmark = pytest.mark.browser
NOVA = {"sub": "nova", "email": "nova@empresa.example", "email_verified": True, "name": "Nova Pessoa"}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A provider that somebody else wrote and keeps, as a process of its own."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "--require-nonce"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    until(lambda: _answers(address), "the provider to begin")
    requests.put(f"{address}/users/nova", json=NOVA, timeout=10).raise_for_status()
    yield address
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="module")
def desk(django_db_setup: None, provider: str) -> Iterator[str]:
    """A desk that names it."""
    named = {"ISSUER": provider, "CLIENT": "mesa", "SECRET": "segredo da mesa", "NAME": "Minha Empresa"}
    given = {f"TRATATIVA_OIDC_{name}": said for name, said in named.items()}
    with served(**given, TRATATIVA_CONNECT_TO="127.0.0.1") as address:
        yield address


def _answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/.well-known/openid-configuration", timeout=2).ok
    except requests.RequestException:
        return False


def test_who_was_invited_comes_by_the_provider_and_leaves_it_again(cast: Cast, window: Window, desk: str) -> None:
    team = Team(cast.marketplace, cast.seller)
    invitations.invite(team, "nova@empresa.example", "", "agent", by=Doer(command="test"), at=timezone.now())
    page = window(None, "/accounts/login/?next=/orders/", base_url=desk, heard=False)
    found = unsound(page)

    page.get_by_role("link", name="Entrar com Minha Empresa").click()
    page.locator("input[name=sub]").last.fill("nova")
    page.get_by_role("button", name="Authorize").click()
    expect(page).to_have_url(f"{desk}/orders/")
    page.goto("/settings/account/")
    expect(page.locator("#content").get_by_text("nova@empresa.example")).to_be_visible()

    page.locator("form[action='/accounts/logout/'] button").first.evaluate("one => one.form.submit()")
    expect(page.get_by_text("em Minha Empresa a sua sessão continua")).to_be_visible()
    found += unsound(page)
    assert found == []


def test_who_was_not_invited_is_told_so(cast: Cast, window: Window, desk: str) -> None:
    page = window(None, "/accounts/login/", base_url=desk, heard=False)

    page.get_by_role("link", name="Entrar com Minha Empresa").click()
    page.locator("input[name=sub]").last.fill("nova")
    page.get_by_role("button", name="Authorize").click()

    expect(page.get_by_text("Ninguém convidou nova@empresa.example")).to_be_visible()
    assert unsound(page) == []
