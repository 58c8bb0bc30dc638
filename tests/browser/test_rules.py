"""The studio of rules in a browser: both themes, the telephone, the editor by keyboard, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.browser.test_looks import RESULTS
from tests.cast import MONDAY, Cast
from tests.web.settings.test_people import admin
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Person
from tratativa.accounts.people.team import Doer
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Adoption
from tratativa.studio import drafts
from tratativa.studio.models import Draft, File

pytestmark = pytest.mark.browser


@pytest.fixture
def boss(cast: Cast) -> Actor:
    return admin(cast)


@pytest.fixture
def draft(cast: Cast, boss: Actor) -> Draft:
    """A draft with one thing wrong in it."""
    made = drafts.begin(
        cast.marketplace, "Prazos de dezembro", by=Doer(Person.objects.get(pk=boss.person_id)), at=MONDAY
    )
    wrong = File.objects.get(draft=made, path="deadlines.yaml")
    wrong.text = wrong.text.replace("party: seller", "party: vendedor", 1)
    wrong.save()
    return made


def address(draft: Draft, file: str = "deadlines.yaml") -> str:
    return f"/settings/rules/drafts/{draft.pk}/?file={file}"


def editor(page: Page) -> None:
    expect(page.locator(".cm-content")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rooms_are_accessible_and_fit(theme: str, cast: Cast, boss: Actor, draft: Draft, window: Window) -> None:
    RESULTS.mkdir(exist_ok=True)
    page = window(boss, "/settings/rules/", color_scheme=theme, heard=False)
    found = unsound(page)
    home = f"/settings/rules/drafts/{draft.pk}/"
    version = rulebook_versions.adoption(cast.marketplace.pk).pk
    for name, url in (
        ("room", "/settings/rules/"),
        ("draft", address(draft)),
        ("changes", f"{home}changes/"),
        ("change", f"{home}changes/reasons/0/"),
        ("exception", f"{home}changes/deadlines/0/"),
        ("publish", f"{home}publish"),
        ("version", f"/settings/rules/versions/{version}/"),
    ):
        page.goto(url)
        if name == "draft":
            editor(page)
        if name == "exception":
            page.get_by_text("Nova exceção").click()
            expect(page.get_by_label("É")).to_have_attribute("list", "new.values-list")
        found += unsound(page)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=RESULTS / f"settings-rules-{name}-{theme}-{width}.png", full_page=True)

    assert found == []


def test_somebody_mends_a_file_by_keyboard_and_completes_from_the_schema(
    boss: Actor, draft: Draft, window: Window
) -> None:
    page = window(boss, "/settings/rules/", heard=False)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Security Policy" in said.text else None)
    page.goto(address(draft))
    editor(page)
    page.get_by_role("link", name="deadlines.yaml:").first.click()
    expect(page.locator(".cm-lint-marker-error").first).to_be_visible()

    page.locator(".cm-content").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("- label: Novo prazo\n  par")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("party")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    page.keyboard.type("# nada")
    page.keyboard.press("Control+s")

    expect(page.get_by_text("deadlines.yaml foi guardado no rascunho.")).to_be_visible()
    assert File.objects.get(draft=draft, path="deadlines.yaml").text == "# nada\n"
    assert refused == []


def test_the_keyboard_leaves_the_editor(boss: Actor, draft: Draft, window: Window) -> None:
    page = window(boss, address(draft), heard=False)
    editor(page)
    page.locator(".cm-content").focus()

    page.keyboard.press("Escape")
    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Guardar e conferir")).to_be_focused()


def test_without_scripts_the_field_is_written_in_and_saved_on_a_telephone(
    boss: Actor, draft: Draft, window: Window
) -> None:
    page = window(boss, address(draft, "rulebook.yaml"), heard=False, java_script_enabled=False, **PHONE)

    page.get_by_role("textbox", name="rulebook.yaml").fill("rulebook: americanas\n")
    page.get_by_role("button", name="Guardar e conferir").click()

    expect(page.get_by_text("rulebook.yaml foi guardado no rascunho.")).to_be_visible()
    expect(page.get_by_role("link", name="rulebook.yaml:1").first).to_be_visible()


def test_a_deadline_is_changed_excepted_and_published_with_one_thumb(cast: Cast, boss: Actor, window: Window) -> None:
    RESULTS.mkdir(exist_ok=True)
    made = drafts.begin(cast.marketplace, "Natal", by=Doer(Person.objects.get(pk=boss.person_id)), at=MONDAY)
    page = window(boss, f"/settings/rules/drafts/{made.pk}/changes/", heard=False, **PHONE)

    page.get_by_role("link", name="Responder ao marketplace").tap()
    page.get_by_label("Duração", exact=True).first.fill("3")
    page.get_by_role("button", name="Guardar no rascunho").tap()
    page.get_by_role("link", name="Responder ao marketplace").tap()
    page.get_by_text("Nova exceção").tap()
    page.get_by_label("Como se chama").fill("Vendedores ouro")
    page.get_by_label("É", exact=True).fill("ouro")
    page.get_by_role("button", name="Acrescentar").tap()
    expect(page.get_by_role("button", name="Tirar «Vendedores ouro»")).to_be_visible()
    found = unsound(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/settings/rules/drafts/{made.pk}/publish")
    page.screenshot(path=RESULTS / "settings-rules-publishing-390.png", full_page=True)
    page.get_by_label("Publicar sem essa prova").check()
    page.get_by_role("button", name="Publicar", exact=True).tap()

    expect(page.get_by_text("Nenhum atendimento aberto muda.")).to_be_visible()
    assert found == []
    adopted = Adoption.objects.latest("made_at").version_id  # this process remembers what applied before
    rule = rulebook_versions.of_version(adopted).deadline("responder-ao-marketplace")
    assert rule and str(rule.within) == "3 business days" and rule.exceptions[0].label == "Vendedores ouro"
