"""`tratativa rulebook compare` tells two folders apart in sentences."""

import shutil
from pathlib import Path

import pytest

from tratativa.cli import main
from tratativa.rulebook import shipped


def _changed(folder: Path) -> Path:
    """A copy of `essencial` whose sellers have less time."""
    source = shipped.folder("essencial")
    assert source
    shutil.copytree(source, folder)
    file = folder / "deadlines.yaml"
    text = file.read_text()
    assert text.count("within: 2 business days") == 1
    file.write_text(text.replace("within: 2 business days", "within: 12 business hours"))
    return folder


def test_two_folders_are_told_apart_in_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = _changed(tmp_path / "minha")

    assert main.run(["rulebook", "compare", "essencial", str(mine)]) == 0

    assert capsys.readouterr().out == "Prazos\n  Responder ao cliente: 2 dias úteis → 12 horas úteis\n"


def test_in_english_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = _changed(tmp_path / "minha")

    assert main.run(["rulebook", "compare", "essencial", str(mine), "--language", "en"]) == 0

    assert "Answer the customer: 2 business days → 12 business hours" in capsys.readouterr().out


def test_what_is_the_same_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["rulebook", "compare", "essencial", "essencial"]) == 0

    assert capsys.readouterr().out == "Nada muda.\n"


def test_one_folder_alone_is_used_wrongly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["rulebook", "compare", "essencial"]) == 2

    assert "Dê duas pastas" in capsys.readouterr().err


def test_rules_with_problems_are_not_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = _changed(tmp_path / "minha")
    (mine / "deadlines.yaml").write_text("- label: Sem nada\n")

    assert main.run(["rulebook", "compare", "essencial", str(mine)]) == 1

    assert "deadlines.yaml:1" in capsys.readouterr().err
