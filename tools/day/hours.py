"""The hours of the day: each a piece of work in a browser, counted in clicks, keys and seconds; Django is ready."""

import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools.day.stock import LATE, Stock
from tools.drill import stage
from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
ANSWERS = 20


@dataclass
class Work:
    """A piece of work and what it took."""

    name: str
    seconds: float = 0.0
    clicks: int = 0
    times: int = 1
    notes: list[str] = field(default_factory=list)

    def told(self) -> str:
        """One line of the table."""
        each = f"; {self.seconds / self.times:.1f} s cada" if self.times > 1 else ""
        return f"{self.name}: {self.seconds:.1f} s, {self.clicks} cliques{each}{''.join(self.notes)}"


def work(stock: Stock, port: int, *, traces: Path | None, seen: bool) -> Iterator[str]:
    """Does it all, one after the other; a line for each."""
    # Signed in before the browser's loop begins: Django asks the database of no thread that has one.
    people = (stock.agent, stock.mediator, stock.buyer)
    known = {one: {name: cookie.value for name, cookie in stage.browser(one).cookies.items()} for one in people}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=not seen,
            args=["--no-sandbox", "--disable-background-networking"],
        )  # fmt: skip
        desk = Desk(browser, port, traces, known)
        for does in (_finding, _answering, _delayed, _ruling, _opening):
            for done in does(desk, stock):
                yield done.told()
        browser.close()


@dataclass(frozen=True)
class Desk:
    """The served desk, and a browser that opens windows on it."""

    browser: Browser
    port: int
    traces: Path | None
    known: Mapping[Actor, Mapping[str, str]]

    @contextmanager
    def window(self, actor: Actor, name: str, **given: Any) -> Iterator["Hand"]:
        """A window of somebody who has signed in, traced under this name."""
        address = f"http://127.0.0.1:{self.port}"
        context = self.browser.new_context(**{"locale": "pt-BR", "base_url": address, **given})
        context.add_cookies([{"name": key, "value": of, "url": address} for key, of in self.known[actor].items()])
        context.set_default_timeout(30_000)
        if self.traces:
            context.tracing.start(screenshots=True, snapshots=True)
        yield Hand(context.new_page())
        if self.traces:
            context.tracing.stop(path=self.traces / f"{name}.zip")
        context.close()


@dataclass
class Hand:
    """A page, and how often it was clicked."""

    page: Page
    clicks: int = 0

    def click(self, found: Any) -> None:
        """One click, counted."""
        found.click()
        self.clicks += 1


@contextmanager
def _timed(name: str, hand: Hand, times: int = 1) -> Iterator[Work]:
    done, before, begin = Work(name, times=times), hand.clicks, time.perf_counter()
    yield done
    done.seconds, done.clicks = time.perf_counter() - begin, hand.clicks - before


def _finding(desk: Desk, stock: Stock) -> Iterator[Work]:
    """A customer by name, address, telephone and tracking code, from the list's own box to the case."""
    sought = {
        "nome": stock.sought.name, "e-mail": stock.sought.email, "telefone": stock.sought.phone[-8:],
        "rastreio": stock.tracking,
    }  # fmt: skip
    with desk.window(stock.mediator, "achar") as hand:
        hand.page.goto("/cases/")
        for by, typed in sought.items():
            hand.page.goto("/cases/")
            with _timed(f"achar um cliente por {by}", hand) as done:
                hand.page.keyboard.press("/")
                hand.page.keyboard.type(typed)
                hand.page.keyboard.press("Enter")
                row = hand.page.locator("[data-row]", has_text=stock.sought.name).first
                hand.click(row.locator("[data-open]"))
                expect(hand.page.locator("#composer")).to_be_visible()
            yield done


def _answering(desk: Desk, stock: Stock) -> Iterator[Work]:
    """Twenty answers with a saved reply, each leading to the next case of the list."""
    with desk.window(stock.agent, "responder") as hand:
        page = hand.page
        page.goto("/cases/")
        with _timed(f"responder {ANSWERS} atendimentos", hand, ANSWERS) as done:
            hand.click(page.locator("[data-rows] [data-row] [data-open]").first)
            for _turn in range(ANSWERS):
                _answer(page)
        yield done


def _answer(page: Page) -> None:
    """A slash, a name, one key that sends and goes on."""
    field = page.locator("[data-composer] [contenteditable]")
    expect(field).to_be_visible()
    here = page.url
    field.focus()
    page.keyboard.type("/")
    picker = page.get_by_role("dialog", name="Respostas prontas")
    expect(picker).to_be_visible()
    page.keyboard.type("vejo")
    expect(picker.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(field).to_contain_text("Já vejo o pedido")
    reads = page.get_by_role("switch", name="O Cliente pode ler?")
    if reads.count() and not reads.is_checked():
        reads.check()
    page.keyboard.press("Control+Shift+Enter")
    asked = page.locator("dialog[data-confirm]")
    expect(asked).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: _bare(url) != _bare(here))


def _bare(url: str) -> str:
    return re.split("[?#]", url)[0]


def _delayed(desk: Desk, stock: Stock) -> Iterator[Work]:
    """A carrier is late: all its cases get one text, each with its own name and number."""
    with desk.window(stock.agent, "atraso") as hand:
        page = hand.page
        page.goto("/cases/")
        with _timed("um atraso de uma transportadora, a todos os seus atendimentos", hand) as done:
            page.goto(f'/cases/?tab=all&q=transportadora:"{LATE}"')
            hand.click(page.get_by_label(re.compile("^Selecionar")).first)
            hand.click(page.get_by_text("Todos deste filtro, também os das outras páginas"))
            hand.click(page.get_by_role("button", name="Responder").first)
            page.get_by_label("Resposta pronta").select_option(label="Atraso da transportadora")
            hand.click(page.get_by_role("button", name="Usar este texto"))
            hand.click(page.get_by_role("button", name=re.compile("^Fazer em")))
            expect(page.get_by_role("progressbar")).to_have_count(0, timeout=120_000)
            done.notes.append(f"; {page.locator('#batch-head').inner_text()}")
        yield done


def _ruling(desk: Desk, stock: Stock) -> Iterator[Work]:
    """A mediation is decided for the customer, by keyboard."""
    with desk.window(stock.mediator, "decidir") as hand:
        page = hand.page
        page.goto("/mediations/")
        with _timed("decidir uma mediação", hand) as done:
            page.keyboard.press("j")
            page.keyboard.press("d")
            page.wait_for_url(re.compile("decidir-mediacao"))
            page.keyboard.press("d")
            page.keyboard.press("Space")
            page.get_by_label("Decisão").fill("Devolva-se o valor: o prazo passou sem resposta.")
            page.locator("input[name=checked]").first.check()
            page.keyboard.press("Control+Enter")
            page.wait_for_url(re.compile(protocols.show(stock.mediated.protocol) + "/?(#.*)?$"))
        yield done


def _opening(desk: Desk, stock: Stock) -> Iterator[Work]:
    """A customer asks for help on a telephone, in their own words."""
    with desk.window(stock.buyer, "abrir", **PHONE) as hand:
        page = hand.page
        page.goto("/my/")
        with _timed("um cliente abre um atendimento no telefone", hand) as done:
            for step in _steps(page, stock):
                step()
                hand.clicks += 1
            expect(page.get_by_text("Recebemos o seu atendimento")).to_be_visible()
        yield done


def _steps(page: Page, stock: Stock) -> Iterator[Callable[[], None]]:
    yield page.get_by_role("link", name=f"Preciso de ajuda com o pedido {stock.help_order}").tap
    page.get_by_label("Diga com as suas palavras").fill("veio quebrado")
    yield page.get_by_text("Produto com defeito").tap
    page.get_by_label("Conte o que houve").fill("A porta veio rachada.")
    yield page.get_by_role("button", name="Enviar").tap
