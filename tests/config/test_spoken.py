"""The command speaks Portuguese throughout, what click says by itself included."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tratativa.cli import main, spoken
from tratativa.cli.main import COMMANDS

ENGLISH = re.compile(
    r"\b(?:Usage|Options|Commands|Show|Error|No such|Missing|Invalid|Got unexpected|Try|does not|is not|Did you mean"
    r"|required|default|directory|exist)\b"
)
# Said to whoever writes a command wrongly, and to nobody who calls one.
TO_PROGRAMMERS = {
    "Value must be an iterable.",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Invalid start character for option ({option})",
    "Unknown color {colour!r}",
    "Choice({choices})",
}


def commands() -> Iterator[list[str]]:
    """Every command and group, as one types it."""
    yield []
    for name, (module, _line) in COMMANDS.items():
        command = getattr(import_module(f"tratativa.cli.{module}"), name)
        yield [name]
        if isinstance(command, click.Group):
            yield from ([name, below] for below in command.commands)


@pytest.mark.parametrize("called", list(commands()), ids=" ".join)
def test_the_help_of_every_command_is_in_portuguese(called: list[str]) -> None:
    shown = CliRunner().invoke(main.tratativa, [*called, "--help"])

    assert shown.exit_code == 0
    assert "Mostra esta ajuda e termina." in shown.output
    assert ENGLISH.findall(shown.output) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["nada"], "Não existe o comando 'nada'."),
        (["rulebook", "nada"], "Não existe o comando 'nada'."),
        (["web", "--nada"], "Não existe a opção '--nada'"),
        (["web", "--port", "x"], "Valor inválido para '--port'"),
        (["rulebook", "show"], "Falta o argumento"),
        (["migrate", "a", "b"], "Sobraram argumentos (a b)"),
    ],
)
def test_what_is_typed_wrongly_is_told_in_portuguese(typed: list[str], words: str) -> None:
    told = CliRunner().invoke(main.tratativa, typed)

    assert told.exit_code == 2
    assert words in told.output
    assert "Uso: " in told.output
    assert ENGLISH.findall(told.output) == []


def test_whatever_click_says_at_a_terminal_has_its_words() -> None:
    said = set()
    for module in spoken.MODULES:
        for call in ast.walk(ast.parse(Path(str(module.__file__)).read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}:
                said |= {one.value for one in call.args if isinstance(one, ast.Constant)}

    assert said - set(spoken.WORDS) - TO_PROGRAMMERS == set()
