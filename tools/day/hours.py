"""The hours of the day: each a piece of work in a browser, counted in clicks, keys and seconds; Django is ready."""

import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

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
    times: int = 1
    seconds: float = 0.0
    clicks: int = 0
    keys: int = 0
    note: str = ""

    def told(self) -> str:
        """One line of the table."""
        each = f"; cada uma {self.seconds / self.times:.1f} s" if self.times > 1 else ""
        return f"{self.name}: {self.seconds:.1f} s, {self.clicks} cliques, {self.keys} teclas{each}{self.note}"


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
        try:
            yield Hand(context.new_page())
        finally:  # what went wrong is what one wants to look at
            if self.traces:
                context.tracing.stop(path=self.traces / f"{name}.zip")
            context.close()


@dataclass
class Hand:
    """Whoever works at a page: every click, tap and key is counted."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, found: Locator) -> None:
        """One click; a tick is one, too."""
        found.click()
        self.clicks += 1

    def tap(self, found: Locator) -> None:
        """One tap."""
        found.tap()
        self.clicks += 1

    def choose(self, found: Locator, label: str) -> None:
        """A list is opened by one click, and another chooses from it."""
        found.select_option(label=label)
        self.clicks += 2

    def press(self, key: str) -> None:
        """One key, with those held beside it."""
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, words: str) -> None:
        """A key a letter."""
        self.page.keyboard.type(words)
        self.keys += len(words)

    def fill(self, found: Locator, words: str) -> None:
        """A click into the field, and a key a letter."""
        self.click(found)
        found.fill(words)
        self.keys += len(words)

    @contextmanager
    def timed(self, name: str, times: int = 1) -> Iterator[Work]:
        """A piece of work, from here until its end is on the page."""
        done, clicks, keys, begin = Work(name, times), self.clicks, self.keys, time.perf_counter()
        yield done
        done.seconds = time.perf_counter() - begin
        done.clicks, done.keys = self.clicks - clicks, self.keys - keys


def _finding(desk: Desk, stock: Stock) -> Iterator[Work]:
    """A customer by name, address, telephone and tracking code, from the list's own box to the case."""
    sought = {
        "nome": stock.sought.name, "e-mail": stock.sought.email, "telefone": stock.sought.phone[-8:],
        "rastreio": stock.tracking,
    }  # fmt: skip
    with desk.window(stock.mediator, "achar") as hand:
        for by, typed in sought.items():
            hand.page.goto("/cases/")
            with hand.timed(f"achar um cliente por {by}") as done:
                _search(hand, typed)
                hand.click(hand.page.locator("[data-row]", has_text=stock.sought.name).first.locator("[data-open]"))
                expect(hand.page.locator("#composer")).to_be_visible()
            yield done


def _search(hand: Hand, typed: str) -> None:
    hand.press("/")
    hand.type(typed)
    hand.press("Enter")
    hand.page.wait_for_url(re.compile("[?&]q="))


def _answering(desk: Desk, stock: Stock) -> Iterator[Work]:
    """Twenty answers with a saved reply, each leading to the next case of the list."""
    with desk.window(stock.agent, "responder") as hand:
        hand.page.goto("/cases/")
        with hand.timed(f"responder {ANSWERS} atendimentos", ANSWERS) as done:
            hand.click(hand.page.locator("[data-rows] [data-row] [data-open]").first)
            for _turn in range(ANSWERS):
                _answer(hand)
        yield done


def _answer(hand: Hand) -> None:
    """A slash, a name, the switch that lets the customer read, and one key that sends and goes on."""
    page = hand.page
    field, here = page.locator("[data-composer] [contenteditable]"), _bare(page.url)
    expect(field).to_be_visible()
    hand.press("r")
    hand.type("/")
    picker = page.get_by_role("dialog", name="Respostas prontas")
    expect(picker).to_be_visible()
    hand.type("vejo")
    expect(picker.get_by_role("option")).to_have_count(1)
    hand.press("Enter")
    expect(field).to_contain_text("Já vejo o pedido")
    reads = page.get_by_role("switch", name="O Cliente pode ler?")
    if not reads.is_checked():
        hand.click(reads)
    hand.press("Control+Shift+Enter")
    expect(page.locator("dialog[data-confirm]")).to_be_visible()
    hand.press("Enter")
    page.wait_for_url(lambda url: _bare(url) != here)


def _bare(url: str) -> str:
    return re.split("[?#]", url)[0]


def _delayed(desk: Desk, stock: Stock) -> Iterator[Work]:
    """A carrier is late: all its cases get one text, each with its own name and number."""
    with desk.window(stock.agent, "atraso") as hand:
        page = hand.page
        page.goto("/cases/")
        with hand.timed("avisar do atraso de uma transportadora") as done:
            _search(hand, f'transportadora:"{LATE}"')
            hand.click(page.get_by_label(re.compile("^Selecionar")).first)
            hand.click(page.get_by_text("Todos deste filtro, também os das outras páginas"))
            hand.click(page.get_by_role("button", name="Responder").first)
            hand.choose(page.get_by_label("Resposta pronta"), "Atraso da transportadora")
            hand.click(page.get_by_role("button", name="Usar este texto"))
            hand.click(page.get_by_role("button", name=re.compile("^Fazer em")))
            expect(page.locator("#batch-head")).to_contain_text("Feito em", timeout=120_000)
            done.note = f"; {page.locator('#batch-head').inner_text().strip()}"
        yield done


def _ruling(desk: Desk, stock: Stock) -> Iterator[Work]:
    """A mediation is decided for the customer, by keyboard but for its last tick."""
    with desk.window(stock.mediator, "decidir") as hand:
        page = hand.page
        page.goto("/mediations/")
        with hand.timed("decidir uma mediação") as done:
            for key in ("j", "d"):
                hand.press(key)
            page.wait_for_url(re.compile("decidir-mediacao"))
            for key in ("d", "Space"):
                hand.press(key)
            hand.fill(page.get_by_label("Decisão"), "Devolva-se o valor: o prazo passou sem resposta.")
            hand.click(page.locator("input[name=checked]").first)
            hand.press("Control+Enter")
            page.wait_for_url(re.compile(protocols.show(stock.mediated.protocol) + "/?(#.*)?$"))
        yield done


def _opening(desk: Desk, stock: Stock) -> Iterator[Work]:
    """A customer asks for help on a telephone, in their own words."""
    with desk.window(stock.buyer, "abrir", **PHONE) as hand:
        page = hand.page
        page.goto("/my/")
        with hand.timed("um cliente abre um atendimento no telefone") as done:
            hand.tap(page.get_by_role("link", name=f"Preciso de ajuda com o pedido {stock.help_order}"))
            hand.fill(page.get_by_label("Diga com as suas palavras"), "veio quebrado")
            hand.tap(page.get_by_text("Produto com defeito"))
            hand.fill(page.get_by_label("Conte o que houve"), "A porta veio rachada.")
            hand.tap(page.get_by_role("button", name="Enviar"))
            expect(page.get_by_text("Recebemos o seu atendimento")).to_be_visible()
        yield done
