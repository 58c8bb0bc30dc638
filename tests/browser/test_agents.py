"""The day of an agent: the next case taken with a key, several open at once, handed over, and nothing typed is lost."""

import pytest
from django.utils import timezone
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import PHONE, Window, editor, unsound
from tests.cast import Cast, ask, gather
from tests.chromium import RESULTS
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership, Person
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.reading import open_cases

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None, server: str) -> Cast:
    return gather("compra-agora")


def opened(cast: Cast, reason: str = "Senha") -> Case:
    return opening.open_case(
        Opening(cast.order, reason=reason, message=Message("Preciso de ajuda.")), by=cast.cliente, at=timezone.now()
    )


def shown(case: Case) -> str:
    return protocols.show(case.protocol)


def test_an_agent_takes_the_next_case_of_a_queue_with_keys_alone(cast: Cast, window: Window) -> None:
    ask(opened(cast), "ka", cast.marta, at=timezone.now())
    case = opened(cast, "Crédito")
    page = window(cast.marta, "/cases/")

    page.keyboard.press("g")
    with page.expect_navigation(url="**/queues/"):
        page.keyboard.press("f")
    page.keyboard.press("j")
    with page.expect_navigation(url="**/queues/_team/"):
        page.keyboard.press("Enter")
    with page.expect_navigation(url=f"**/cases/{shown(case)}/"):
        page.keyboard.press("p")

    expect(page.get_by_text(f"O atendimento {shown(case)} agora é seu.")).to_be_visible()


def test_queues_and_my_cases_are_sound_in_light_and_dark(cast: Cast, window: Window) -> None:
    ask(opened(cast), "ka", cast.marta, at=timezone.now())
    ask(opened(cast, "Crédito"), "distribuidor", cast.marta, at=timezone.now())
    opened(cast, "Cashback")
    RESULTS.mkdir(exist_ok=True)
    for theme in ("light", "dark"):
        page = window(cast.marta, "/queues/", heard=False, color_scheme=theme)
        for name, path in (("queues", "/queues/"), ("queue", "/queues/ka/"), ("mine", "/mine/")):
            page.goto(path)
            assert unsound(page) == []
            for width in (390, 1280):
                page.set_viewport_size({"width": width, "height": 844})
                page.screenshot(path=RESULTS / f"{name}-{theme}-{width}.png", full_page=True)


def test_several_cases_are_open_at_once_and_switched_by_keys_with_their_drafts(cast: Cast, window: Window) -> None:
    first, second = opened(cast), opened(cast, "Crédito")
    page = window(cast.marta, f"/cases/{shown(first)}/")
    page.goto(f"/cases/{shown(second)}/")
    composer = editor(page)
    composer.fill("Vou ver o seu limite.")
    composer.press("Escape")

    page.keyboard.press("[")
    page.wait_for_url(f"**/cases/{shown(first)}/")
    expect(page.locator("body[data-hears=stream]")).to_be_attached()
    replying.reply(second, Message("É urgente."), by=cast.cliente, at=timezone.now())

    tab = page.locator(f".strip__tabs [data-open-case='{second.pk}']")
    expect(tab.get_by_text("novidade")).to_be_visible()
    page.keyboard.press("]")
    page.wait_for_url(f"**/cases/{shown(second)}/")
    expect(composer).to_have_text("Vou ver o seu limite.")
    expect(tab.get_by_text("novidade")).to_be_hidden()
    page.keyboard.press("w")
    page.wait_for_url(f"**/cases/{shown(first)}/")
    expect(page.locator(".strip__tabs [data-open-case]")).to_have_count(1)


def test_on_a_phone_the_open_cases_are_a_sheet(cast: Cast, window: Window) -> None:
    first, second = opened(cast), opened(cast, "Crédito")
    page = window(cast.marta, f"/cases/{shown(first)}/", heard=False, **PHONE)
    page.goto(f"/cases/{shown(second)}/")
    assert unsound(page) == []
    page.set_viewport_size({"width": 390, "height": 844})

    page.locator(".strip summary").click()
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / "strip-390.png")
    page.locator(f".menu__list--sheet [data-open-case='{first.pk}'] a").click()

    page.wait_for_url(f"**/cases/{shown(first)}/")


def test_another_case_is_put_away_without_leaving_the_page(cast: Cast, window: Window) -> None:
    first, second = opened(cast), opened(cast, "Crédito")
    page = window(cast.marta, f"/cases/{shown(first)}/", color_scheme="dark")
    page.goto(f"/cases/{shown(second)}/")
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / "strip-dark-1280.png")

    page.get_by_role("button", name=f"Fechar {shown(first)}").click()

    expect(page.locator(".strip__tabs [data-open-case]")).to_have_count(1)
    assert page.url.endswith(f"/cases/{shown(second)}/")
    page.goto("/cases/")
    expect(page.locator(".strip__tabs [data-open-case]")).to_have_count(1)


def test_a_second_agent_sees_who_has_the_case_open(cast: Cast, window: Window) -> None:
    case = opened(cast)
    iara = colleague(cast, "Iara Nunes")
    first = window(iara, f"/cases/{shown(case)}/")
    expect(first.locator("body[data-hears=stream]")).to_be_attached()
    second = window(cast.marta, f"/cases/{shown(case)}/")

    expect(first.get_by_text("Marta Mesa está vendo")).to_be_visible()
    expect(second.get_by_text("Iara Nunes está vendo")).to_be_visible()


def test_a_case_handed_over_comes_onto_the_colleagues_desk_by_itself(cast: Cast, window: Window) -> None:
    case = opened(cast)
    iara = colleague(cast, "Iara Nunes")
    desk = window(iara, "/cases/")
    expect(desk.locator("body[data-hears=stream]")).to_be_attached()

    open_cases.hand_to(iara.person, case, at=timezone.now())

    expect(desk.locator(f".strip__tabs [data-open-case='{case.pk}']").get_by_text("novidade")).to_be_visible()


def test_a_task_with_words_typed_is_not_left_without_asking(cast: Cast, window: Window) -> None:
    case = opened(cast)
    page = window(cast.marta, f"/cases/{shown(case)}/")
    asked = Asked(page)
    page.get_by_text("Ações", exact=True).click()
    page.get_by_role("link", name="Adicionar tarefa").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Texto").press_sequentially("Ligar de novo")

    asked.answer_no()
    dialog.get_by_role("link", name="Cancelar").click()
    expect(dialog.get_by_label("Texto")).to_have_value("Ligar de novo")
    page.keyboard.press("Escape")
    expect(dialog.get_by_label("Texto")).to_have_value("Ligar de novo")
    assert asked.said == ["O que você escreveu ainda não foi enviado. Sair assim mesmo?"] * 2
    asked.answer_yes()
    dialog.get_by_role("link", name="Cancelar").click()

    expect(dialog).to_be_hidden()
    assert not case.follow_ups.exists()
    page.goto("/cases/")
    assert len(asked.said) == 3


@pytest.mark.parametrize("name", ["Adicionar tarefa", "Criar ticket secundário"])
def test_leaving_the_page_of_a_form_asks_and_sending_it_does_not(name: str, cast: Cast, window: Window) -> None:
    case = opened(cast)
    action = next(one for one in rulebook_versions.of(case).actions if one.label == name)
    page = window(cast.marta, f"/cases/{shown(case)}/actions/{action.id}")
    asked = Asked(page)
    words = page.get_by_label("Texto" if name == "Adicionar tarefa" else "Mensagem")
    words.press_sequentially("Ver o SMS")

    asked.answer_no()
    page.get_by_role("link", name="Filas").click()
    expect(words).to_have_value("Ver o SMS")
    assert asked.kinds == ["beforeunload"]
    if name == "Adicionar tarefa":
        page.get_by_label("Data e hora").fill("2099-01-05T09:00")
    else:
        page.get_by_label("KA", exact=True).check()
    page.locator("main form button.button--main").click()

    page.wait_for_url(f"**/cases/{shown(case)}/")
    assert asked.kinds == ["beforeunload"]


def test_the_composer_asks_only_while_its_words_are_not_kept(cast: Cast, window: Window) -> None:
    case = opened(cast)
    page = window(cast.marta, f"/cases/{shown(case)}/", heard=False)
    asked = Asked(page)
    editor(page).press_sequentially("Vou ver.")
    page.get_by_role("link", name="Filas").click()
    page.wait_for_url("**/queues/")
    assert asked.kinds == []

    page.goto(f"/cases/{shown(case)}/")
    composer = editor(page)
    expect(composer).to_have_text("Vou ver.")
    page.route("**/draft", lambda route: route.abort())
    composer.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Já.")
    asked.answer_no()
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Filas").click()

    expect(composer).to_have_text("Vou ver. Já.")
    assert asked.kinds == ["beforeunload"]


class Asked:
    """What the browser asked before leaving, and how it is answered."""

    def __init__(self, page: Page) -> None:
        self.said: list[str] = []
        self.kinds: list[str] = []
        self.yes = True
        page.on("dialog", self._hear)

    def answer_no(self) -> None:
        self.yes = False

    def answer_yes(self) -> None:
        self.yes = True

    def _hear(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        self.kinds.append(dialog.type)
        if self.yes:
            dialog.accept()
        else:
            dialog.dismiss()


def colleague(cast: Cast, name: str) -> Actor:
    person = Person.objects.create_user(email=f"{name.split()[0].lower()}@equipe.example", password=None, name=name)
    return actors.of_membership(Membership.objects.create(person=person, marketplace=cast.marketplace))
