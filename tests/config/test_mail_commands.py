"""`tratativa mail read`: one letter as the desk would understand it, on paper."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.config.desks import Desk
from tests.config.test_setup_commands import Visitor, company
from tratativa.cli import main

LETTER = (
    "From: Ana <ana@cliente.example>\nSubject: =?utf-8?q?N=C3=A3o?= chegou\nContent-Type: text/plain; charset=utf-8\n\n"
)


def test_a_letter_is_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "carta.eml"
    file.write_text(LETTER + "Não veio.\n\nEm 03/06/2025 10:12, Loja escreveu:\n> Saiu ontem.\n", encoding="utf-8")

    assert main.run(["mail", "read", str(file)]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["visible_text"], told["from"], told["subject"]) == ("Não veio.", "ana@cliente.example", "Não chegou")


def test_what_was_sent_before_helps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, parent = tmp_path / "carta.eml", tmp_path / "resposta.txt"
    parent.write_text("O seu pacote saiu do depósito na segunda-feira e chega até sexta.", encoding="utf-8")
    file.write_text(LETTER + "Não veio.\n\n" + parent.read_text(encoding="utf-8"), encoding="utf-8")

    assert main.run(["mail", "read", str(file), "--parent", str(parent)]) == 0

    assert json.loads(capsys.readouterr().out)["visible_text"] == "Não veio."


def test_a_file_that_is_not_there_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["mail", "read", "nada.eml"]) == 2
    assert capsys.readouterr().out == ""


def test_a_mailbox_made_and_changed_by_command_is_told_in_the_audit_log(
    place: Path, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk(DJANGO_SETTINGS_MODULE="tratativa.config.settings")
    box = ("mail", "box", "sac@loja.example", "--marketplace", "loja-exemplo")
    desk.run(*company(place))
    desk.start()
    made = desk.run(*box)
    changed = desk.run(*box, "--receiver", "mx.loja.example")

    pem = place / "senha-da-caixa.txt"
    pem.write_text("uma senha da caixa\n")
    sealed = desk.run(*box, "--imap", "imap.loja.example", "--port", "1993", "--password-file", str(pem))
    again = desk.run(*box, "--user", "sac")

    visitor = Visitor(desk)
    visitor.enter("ana@exemplo.com.br")
    page = visitor.get("/settings/audit/")

    assert (made.returncode, changed.returncode) == (0, 0), made.stderr + changed.stderr
    for one in (sealed, again):
        assert "imap.loja.example, porta 1993 (tls), com a senha guardada, cifrada" in one.stdout, one.stderr
    assert "Criou uma caixa de e-mail" in page and "Mudou uma caixa de e-mail" in page
    assert "comando mail box" in page and "mx.loja.example" in page
