"""Pages that tell what is: a case opened again while its page stands there, and a case on paper (issue 12, 31)."""

import re
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import packages
from tests.browser.conftest import Window, editor
from tests.browser.test_retail_procedures import RESULTS
from tests.cast import Cast
from tratativa.cases.acting import actions, replying
from tratativa.cases.core import protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case

pytestmark = pytest.mark.browser


def close(case: Case, cast: Cast) -> None:
    replying.reply(case, Message("Entregue ontem.", to="customer", customer_reads=True), by=cast.ana, at=timezone.now())
    offered = actions.verdict(Case.objects.get(pk=case.pk), cast.marta, at=timezone.now()).available
    action = next(one.action for one in offered if one.action.place == "close")
    actions.perform(case, action.id, by=cast.marta, at=timezone.now(), fields={}, checked=list(action.check_first))


def test_a_case_opened_again_gets_its_composer_without_reload(cast: Cast, case: Case, window: Window) -> None:
    close(case, cast)
    page = window(cast.ana, f"/cases/{case.protocol}/")
    expect(page.locator("body")).to_have_attribute("data-hears", "stream")
    page.evaluate("document.querySelector('#answer').replaceChildren()")  # whatever the rules gave a closed case

    replying.reply(Case.objects.get(pk=case.pk), Message("Não chegou!"), by=cast.cliente, at=timezone.now())

    expect(editor(page)).to_be_visible()
    editor(page).press_sequentially("Vou ver agora.")
    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()
    page.get_by_role("button", name=re.compile("Guardar nota|Enviar ao")).click()
    expect(page.get_by_role("log")).to_contain_text("Vou ver agora.")


def test_a_case_on_paper_is_as_wide_as_the_sheet(cast: Cast, case: Case, window: Window, tmp_path: Path) -> None:
    replying.reply(
        case, Message("Chega amanhã, " * 40, to="customer", customer_reads=True), by=cast.ana, at=timezone.now()
    )
    page = window(cast.ana, f"/cases/{case.protocol}/", color_scheme="dark")
    sheet = tmp_path / "caso.pdf"

    page.pdf(path=sheet, format="A4")

    if not packages.found("pdftotext"):
        packages.install("poppler-utils", "o teste do que se imprime")
    words = subprocess.run(["pdftotext", "-layout", sheet, "-"], capture_output=True, text=True, check=True).stdout
    subprocess.run(["pdftoppm", "-r", "60", "-png", sheet, RESULTS / "paper"], check=True)
    assert max(len(line.strip()) for line in words.splitlines()) > 80
    for said in (protocols.show(case.protocol), "Cadê meu pedido?", "1001", "Prazos", "Joana Prado"):
        assert said in words
    assert "hoje" not in words
    assert f"{timezone.localtime(case.opened_at):%d/%m/%Y %H:%M}" in words
    assert "Guardar nota" not in words
    assert "Destinatário" not in words
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('#timeline').getBoundingClientRect().width") > 500
