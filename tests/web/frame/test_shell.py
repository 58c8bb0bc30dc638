"""What every page wears and obeys: organisation, language, theme, caches, scripts, and pages for what goes wrong."""

import re

import pytest
from django.db import OperationalError
from django.template.loader import get_template
from django.templatetags.static import static
from django.test import Client, RequestFactory

from tests.cast import Cast
from tests.web.conftest import Enter
from tratativa.accounts.models import Membership, Seller
from tratativa.cases.models import Case
from tratativa.web.frame import assets, errors, middleware

PAGES = ("/cases/", "/orders/", "/orders/1001/", "/orders/1001/open", "/help", "/mediations/", "/sellers/")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_script_a_style_or_a_handler_of_its_own(
    path: str, cast: Cast, case: Case, enter: Enter
) -> None:
    page = enter(cast.marta).get(path).content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)


def test_signed_in_pages_stay_out_of_every_cache(cast: Cast, case: Case, enter: Enter) -> None:
    staff = enter(cast.ana).get(f"/cases/{case.protocol}/")
    customer = enter(cast.cliente).get(f"/my/cases/{case.protocol}/")

    assert staff["Cache-Control"] == customer["Cache-Control"] == "no-store, private"
    assert staff["X-Robots-Tag"] == customer["X-Robots-Tag"] == "noindex, nofollow"


def test_a_person_of_two_organisations_acts_for_one_at_a_time(cast: Cast, case: Case, enter: Enter) -> None:
    rival = Seller.objects.get(name="Loja Rival")
    second = Membership.objects.create(
        person_id=cast.ana.person_id, marketplace=cast.marketplace, seller=rival, role="agent"
    )
    client = enter(cast.ana)
    assert client.get(f"/cases/{case.protocol}/").status_code == 200

    client.post(f"/acting/{second.pk}")

    assert client.get(f"/cases/{case.protocol}/").status_code == 404
    assert "Loja Rival" in client.get("/cases/").content.decode()


def test_somebody_without_a_team_is_told_so(cast: Cast, enter: Enter) -> None:
    Membership.objects.filter(person_id=cast.ana.person_id).delete()

    answer = enter(cast.ana).get("/cases/")

    assert answer.status_code == 403
    assert "Sua conta ainda não pertence a nenhuma equipe." in answer.content.decode()


def test_the_theme_is_remembered(cast: Cast, enter: Enter) -> None:
    client = enter(cast.ana)

    client.post("/theme", {"theme": "dark", "next": "/cases/"})

    assert 'data-theme="dark"' in client.get("/cases/").content.decode()


def test_an_unknown_theme_is_not(client: Client, db: None) -> None:
    client.post("/theme", {"theme": '"><script>'})

    assert "theme" not in client.cookies


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_choosing_a_language_leads_nowhere_else(wanted: str, client: Client, db: None) -> None:
    assert client.post("/language", {"language": "en", "next": wanted})["Location"] == "/"


def test_the_palette_goes_to_a_protocol_an_order_a_page_or_a_search(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    shown = f"{case.protocol[:8]}-{case.protocol[8:15]}-{case.protocol[15]}"

    assert client.get("/go", {"q": shown})["Location"] == f"/cases/{shown}/"
    assert client.get("/go", {"q": "1001"})["Location"] == "/orders/1001/"
    assert client.get("/go", {"q": "gestão"})["Location"] == "/orders/"
    assert client.get("/go", {"q": "geladeira"})["Location"] == "/find/?q=geladeira"


def test_a_foreign_protocol_typed_into_the_palette_is_only_searched_for(cast: Cast, case: Case, enter: Enter) -> None:
    assert enter(cast.rival).get("/go", {"q": case.protocol})["Location"].startswith("/find/?q=")


def test_a_database_that_went_away_is_a_page_in_words() -> None:
    request = RequestFactory().get("/cases/")
    away = middleware.outages(lambda _request: errors.not_found(request))

    answer = away.process_exception(request, OperationalError("gone"))  # type: ignore[attr-defined]

    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "Nada se perdeu" in answer.content.decode()


def test_a_database_gone_before_any_view_is_the_same_page() -> None:
    request = RequestFactory().get("/cases/")

    try:
        raise OperationalError("couldn't get a connection")
    except OperationalError:
        answer = errors.broken(request)

    assert answer.status_code == 503


@pytest.mark.parametrize("view", [errors.bad_request, errors.forbidden, errors.not_found, errors.no_csrf])
def test_what_went_wrong_is_said_without_any_database(view: object) -> None:
    answer = view(RequestFactory().get("/"))  # type: ignore[operator]

    assert 400 <= answer.status_code < 500
    assert "<h1>" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused(cast: Cast, case: Case) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(f"/cases/{case.protocol}/reply", {"text": "oi"}, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert "O envio não foi aceito" in answer.content.decode()


def test_static_files_are_kept_by_browsers_for_good(client: Client) -> None:
    for name in ("web/desk.css", "web/customer.js", "web/icon.svg", "demo/demo.css"):
        answer = client.get(assets.url(name), headers={"Accept-Encoding": "br"})

        assert answer.status_code == 200
        assert "immutable" in answer["Cache-Control"]
        assert answer["Content-Encoding"] == "br"


def test_a_file_whose_name_never_changes_is_asked_for_again(client: Client) -> None:
    answer = client.get(static("web/third-party.txt"))

    assert "MIT" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "immutable" not in answer["Cache-Control"]


def test_every_error_page_is_one_template() -> None:
    assert get_template("error.html")
