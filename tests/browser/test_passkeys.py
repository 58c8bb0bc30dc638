"""Passkeys, made and used in a real browser with an authenticator of its own (CDP), under the page's policy."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.cast import Cast
from tratativa.accounts.access.models import Attempt
from tratativa.accounts.actors import Actor
from tratativa.accounts.addresses import changing
from tratativa.accounts.addresses.models import EmailChange
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import guarding
from tratativa.accounts.people.team import Doer
from tratativa.founding import first_run

pytestmark = pytest.mark.browser
PASSWORD = "uma senha bem longa"
ACCOUNT = "Criar uma chave de acesso"
Device = tuple[Any, str]
Plug = Callable[..., Device]


@pytest.fixture(autouse=True)
def fresh(transactional_db: None) -> None:
    """Nobody's tries are counted from the test before."""
    cache.clear()


@pytest.fixture
def desk(server: str) -> str:
    """The desk's address by a name: an authenticator knows no numbers."""
    return server.replace("127.0.0.1", "localhost")


def plug(page: Page, *, verified: bool = True, **given: Any) -> Device:
    """Gives the browser an authenticator inside it, whose owner is there and is who they say, unless told otherwise."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": verified, "automaticPresenceSimulation": True, **given,
    }  # fmt: skip
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def keys_in(device: Device) -> list[Any]:
    session, name = device
    return list(session.send("WebAuthn.getCredentials", {"authenticatorId": name})["credentials"])


def say_password(page: Page, actor: Actor) -> None:
    person = Person.objects.get(pk=actor.person_id)
    hasher = Argon2PasswordHasher()  # the served desk's own
    person.password = hasher.encode(PASSWORD, hasher.salt())
    person.save()
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Entrar", exact=True).click()


def make_key(page: Page, *, alone: bool = True, name: str = "Notebook da Ana") -> None:
    """Adds a passkey; the password is asked for again first."""
    page.goto("/settings/account/")
    page.get_by_role("link", name=ACCOUNT).click()
    if page.locator("[name=password]").count():
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=passwordless]").set_checked(alone)
    page.get_by_role("button", name="Criar a chave").click()
    expect(page.get_by_text("A chave de acesso foi criada.")).to_be_visible()


def signed_in(window: Window, desk: str, actor: Actor, **given: Any) -> tuple[Page, Device]:
    page = window(None, "/accounts/login/", base_url=desk, **given)
    device = plug(page)
    say_password(page, actor)
    expect(page).to_have_url(f"{desk}/cases/")
    return page, device


def leave(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/accounts/login/")


def by_key(page: Page) -> None:
    page.get_by_role("button", name="Usar chave de acesso").click()


def test_a_passkey_is_made_named_used_without_the_password_renamed_and_taken_away(
    cast: Cast, window: Window, desk: str
) -> None:
    page, device = signed_in(window, desk, cast.ana)
    make_key(page)
    assert len(keys_in(device)) == 1

    leave(page)
    by_key(page)
    expect(page).to_have_url(f"{desk}/cases/")

    page.goto("/settings/account/")
    expect(page.get_by_text("entra sem senha")).to_be_visible()
    page.goto("/accounts/2fa/webauthn/add/")
    expect(page.get_by_text("Isto você escreveu antes")).to_be_hidden()
    page.goto("/settings/account/")
    page.get_by_role("link", name="Mudar o nome de Notebook da Ana").click()
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.locator("[name=name]").fill("Telefone")
    page.get_by_role("button", name="Guardar").click()
    page.get_by_role("link", name="Tirar Telefone").click()
    page.get_by_role("button", name="Tirar").click()
    expect(page.get_by_text("não abre mais a conta")).to_be_visible()

    leave(page)
    by_key(page)
    expect(page.get_by_text("Esta chave de acesso não vale aqui.")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_after_the_password_the_passkey_is_the_second_step(cast: Cast, window: Window, desk: str) -> None:
    page, _device = signed_in(window, desk, cast.ana)
    make_key(page, alone=False)

    leave(page)
    say_password(page, cast.ana)
    expect(page.get_by_role("heading", name="A segunda etapa")).to_be_visible()
    page.get_by_role("button", name="Usar a chave de acesso").click()

    expect(page).to_have_url(f"{desk}/cases/")


@pytest.mark.parametrize("alone", [True, False])
def test_who_holds_the_key_and_is_not_its_owner_stays_outside(
    cast: Cast, window: Window, desk: str, alone: bool
) -> None:
    page, (session, name) = signed_in(window, desk, cast.ana)
    make_key(page)
    leave(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": False})

    if alone:
        by_key(page)
    else:
        say_password(page, cast.ana)
        page.get_by_role("button", name="Usar a chave de acesso").click()

    expect(page.get_by_text("O navegador não usou nenhuma chave de acesso.")).to_be_visible()
    page.goto("/cases/")
    expect(page.get_by_role("button", name="Entrar", exact=True)).to_be_visible()


CHANGED = {
    "another origin": lambda said: {**said, "origin": "http://evil.localhost:1"},
    "a neighbour below the name": lambda said: {**said, "origin": said["origin"].replace("//", "//outra.")},
    "within another's page": lambda said: {**said, "crossOrigin": True},
    "another challenge": lambda said: {**said, "challenge": "AAAA"},
    "another kind": lambda said: {**said, "type": "webauthn.create"},
}


@pytest.mark.parametrize("what", [*CHANGED, "nothing changed", "a signature of nothing", "somebody else's key", "bare"])
def test_what_the_browser_says_is_believed_only_as_it_was_signed(
    cast: Cast, window: Window, desk: str, what: str
) -> None:
    page, _device = signed_in(window, desk, cast.ana)
    make_key(page)
    leave(page)
    # The form's own script, stopped before it sends: what it would have sent is changed as an attacker would.
    page.route("**/accounts/2fa/webauthn/login/", lambda route: _spoilt(route, what, str(cast.marta.person_id)))

    by_key(page)
    page.wait_for_url("**/cases/" if what == "nothing changed" else "**/accounts/login/")

    if what != "nothing changed":
        expect(page.get_by_text("Esta chave de acesso não vale aqui.")).to_be_visible()
        assert Attempt.objects.filter(door="key-from").count() == 1


def _spoilt(route: Any, what: str, other: str) -> None:
    from base64 import urlsafe_b64decode, urlsafe_b64encode
    from urllib.parse import parse_qs, urlencode

    if route.request.method != "POST":
        route.continue_()
        return
    form = {name: values[0] for name, values in parse_qs(route.request.post_data or "").items()}
    key = json.loads(form["credential"])
    said = json.loads(urlsafe_b64decode(key["response"]["clientDataJSON"] + "=="))
    if what in CHANGED:
        changed = json.dumps(CHANGED[what](said)).encode()
        key["response"]["clientDataJSON"] = urlsafe_b64encode(changed).decode().rstrip("=")
    elif what == "a signature of nothing":
        key["response"]["signature"] = "MEUCIQ"
    elif what == "somebody else's key":
        key["response"]["userHandle"] = urlsafe_b64encode(other.replace("-", "").encode()).decode().rstrip("=")
    elif what == "bare":
        key = {"id": key["id"], "rawId": key["rawId"], "response": {}, "type": "public-key"}
    route.continue_(post_data=urlencode(form | {"credential": json.dumps(key)}))


def test_who_was_deactivated_does_not_come_in_by_their_key(cast: Cast, window: Window, desk: str) -> None:
    page, _device = signed_in(window, desk, cast.ana)
    make_key(page)
    leave(page)
    Person.objects.filter(pk=cast.ana.person_id).update(is_active=False)

    by_key(page)
    page.wait_for_url("**/accounts/inactive/")
    page.goto("/cases/")

    expect(page.get_by_role("button", name="Entrar", exact=True)).to_be_visible()


def test_an_administrator_s_reset_takes_the_passkeys_and_the_sessions_at_once(
    cast: Cast, window: Window, desk: str
) -> None:
    page, _device = signed_in(window, desk, cast.ana)
    make_key(page)
    member = Membership.objects.select_related("person", "marketplace", "seller", "partner").get(
        person=cast.ana.person_id
    )
    page.goto("/cases/")

    guarding.reset_second_factor(member, by=Doer(command="test"))

    page.goto("/cases/")
    expect(page).to_have_url(f"{desk}/accounts/login/?next=/cases/")
    by_key(page)
    expect(page.get_by_text("Esta chave de acesso não vale aqui.")).to_be_visible()


def test_where_a_role_demands_it_the_passkey_is_a_choice_and_the_last_one_stays(
    cast: Cast, window: Window, desk: str
) -> None:
    cast.marketplace.two_factor_roles = ["seller:agent"]
    cast.marketplace.save()
    page = window(None, "/accounts/login/", base_url=desk, **PHONE)
    plug(page)
    say_password(page, cast.ana)
    expect(page.get_by_text("O seu papel pede uma")).to_be_visible()

    page.get_by_role("link", name=ACCOUNT).click()
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.get_by_role("button", name="Criar a chave").click()
    expect(page.get_by_text("A chave de acesso foi criada.")).to_be_visible()
    page.goto("/cases/")
    expect(page).to_have_url(f"{desk}/cases/")

    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Tirar Chave de acesso 1").click()
    page.get_by_role("button", name="Tirar").click()
    expect(page.get_by_text("só há esta: faça antes outra")).to_be_visible()
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_the_pages_of_passkeys_fit_and_are_sound(cast: Cast, window: Window, desk: str) -> None:
    page, _device = signed_in(window, desk, cast.ana, heard=False)
    make_key(page)
    found: list[str] = []
    for path in ("/settings/account/", "/accounts/2fa/", "/accounts/2fa/webauthn/add/", "/settings/account/email"):
        page.goto(path)
        found += unsound(page)
    person, now = Person.objects.get(pk=cast.ana.person_id), timezone.now()
    change = EmailChange.objects.create(
        person=person, old=person.email, new="ana@nova.example", made_at=now, expires_at=now + changing.LIFE
    )
    for button in ("Fui eu: confirmar", "Não fui eu: parar"):
        page.goto(urlsplit(changing.link(change, "old")).path)
        found += unsound(page)
        page.get_by_role("button", name=button).click()
        found += unsound(page)
    leave(page)
    found += unsound(page)
    say_password(page, cast.ana)
    found += unsound(page)

    assert found == []


def test_the_first_administrator_makes_a_passkey_on_the_way_and_comes_in_by_it(
    transactional_db: None, window: Window, desk: str
) -> None:
    page = window(None, urlsplit(first_run.link()).path, base_url=desk, heard=False)
    plug(page)
    page.locator("main form button").first.click()
    page.locator("[name=name]").fill("Loja Exemplo")
    page.locator("main form button").first.click()
    page.locator("[name=rulebook][value=essencial]").check()
    page.get_by_role("button", name=re.compile("seguir", re.I)).first.click()
    for name, said in {"email": "ana@exemplo.com.br", "name": "Ana", "password": PASSWORD}.items():
        page.locator(f"[name={name}]").fill(said)
    page.locator("[name=factor][value=app]").check()
    expect(page.get_by_label("Código do aplicativo")).to_be_visible()
    found = unsound(page)

    page.locator("[name=factor][value=key]").check()
    expect(page.get_by_label("Código do aplicativo")).to_be_hidden()
    page.get_by_role("button", name="Guardar e seguir").click()
    page.get_by_role("button", name="Criar a chave").click()
    page.get_by_role("link", name="Seguir com a instalação").click()
    expect(page).to_have_url(f"{desk}/setup/letters/")
    leave(page)
    by_key(page)

    expect(page).to_have_url(f"{desk}/cases/")
    assert found == []
