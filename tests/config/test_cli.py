"""The command line: help with an example everywhere, three exit statuses, sentences instead of tracebacks."""

import pwd
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import click
import pytest
from django.db import OperationalError

from tratativa.cli import main
from tratativa.config.trouble import Trouble
from tratativa.serve import places

READY = [name for name in main.COMMANDS if name not in {"rulebook", "deadline", "mail", "bench"}]


@pytest.mark.parametrize("name", READY)
def test_every_command_helps_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run([name, "--help"]) == 0
    assert "Exemplo: " in capsys.readouterr().out


def test_the_first_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["--help"]) == 0

    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in main.COMMANDS if name not in main.HIDDEN)


@pytest.mark.parametrize("name", [*READY, "rulebook", "mail"])
def test_a_family_of_commands_tells_what_each_does_in_a_whole_sentence(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main.run([name, "--help"])

    told = capsys.readouterr().out.partition("Comandos:")[2].partition("Exemplo:")[0]
    assert "..." not in told


def test_looking_at_a_folder_that_is_not_there_says_so_and_makes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    mistyped = tmp_path / "tratatva"

    with pytest.raises(SystemExit, match="1"):
        main.run(["doctor", "--data", str(mistyped)])

    assert f"✗ A pasta {mistyped} não existe" in capsys.readouterr().out
    assert not mistyped.exists()


def commands(group: click.Command = main.tratativa, *path: str) -> Iterator[list[str]]:
    """Every command, by the words that call it."""
    if not isinstance(group, click.Group):
        yield [*path]
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        assert one
        yield from commands(one, *path, name)


def test_no_value_of_any_command_is_called_by_an_english_word(capsys: pytest.CaptureFixture[str]) -> None:
    every = list(commands())
    for words in every:
        main.run([*words, "--help"])
    said = capsys.readouterr().out

    assert len(every) > 25
    assert (
        re.findall(r"\b(?:FILENAME|TEXT|INTEGER|RANGE|PATH|DIRECTORY|FLOAT|BOOLEAN|UUID|OPTIONS|COMMAND|ARGS)\b", said)
        == []
    )


@pytest.mark.parametrize(("name", "why"), [("nenhuma", "não existe"), (".", "é uma pasta")])
def test_a_file_that_cannot_be_read_is_said_why_in_portuguese(
    name: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / name)

    status = main.run(["people", "add", "a@b.example", "--marketplace", "loja", "--password-file", file])

    assert status == 2
    assert f"{file}: {why}." in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["nope"], ["serve", "--port", "0"], ["serve", "--port", "x"], ["demo", "--nope"]])
def test_wrong_use_ends_with_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(wrong) == 2

    heard = capsys.readouterr()
    assert heard.out == ""
    assert "Erro:" in heard.err


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Trouble("O disco está cheio."), "tratativa: O disco está cheio.\n"),
        (KeyboardInterrupt(), "tratativa: Interrompido.\n"),
        (RuntimeError("two\nlines"), "tratativa: falha inesperada (RuntimeError): two lines. Com TRATATIVA_LOG"),
        (OperationalError("no\nconnection"), "tratativa: O banco de dados não responde (no connection). Tente de novo"),
    ],
)
def test_failure_ends_with_1_and_a_sentence(
    problem: BaseException, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def doctor() -> NoReturn:
        raise problem

    monkeypatch.setattr(main.Lazy, "get_command", lambda group, ctx, name: doctor)
    monkeypatch.delenv("TRATATIVA_LOG", raising=False)

    assert main.run(["doctor"]) == 1
    assert capsys.readouterr().err.lstrip().startswith(sentence)


def test_data_go_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRATATIVA_DATA", str(tmp_path / "here"))

    assert places.data_home() == tmp_path / "here"


def test_without_a_home_the_user_database_knows_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRATATIVA_DATA", raising=False)
    monkeypatch.setenv("HOME", "")
    monkeypatch.setattr("os.geteuid", lambda: 1)  # daemon, wherever there are users

    home = places.data_home()

    assert home == Path(pwd.getpwuid(1).pw_dir) / ".local" / "share" / "tratativa"


def test_a_user_without_any_home_is_told_to_name_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRATATIVA_DATA", raising=False)
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 987_654_321)  # as in a container run as a number

    with pytest.raises(Trouble, match="--data PASTA"):
        places.data_home()
