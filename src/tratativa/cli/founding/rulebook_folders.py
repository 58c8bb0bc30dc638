"""Rulebooks as commands are given them: a folder, or the name of one that comes with the desk.

Read before a command becomes another user: the folder may be its caller's alone.
"""

from pathlib import Path

import click

from tratativa.config.trouble import Trouble
from tratativa.rulebook import folders, reading, shipped
from tratativa.rulebook.folders import Ready
from tratativa.rulebook.lint import linting
from tratativa.rulebook.reading import BadRulebook, Loaded


def find(name: str) -> Path:
    """The folder at this path, else the shipped rulebook of this name. Raises Trouble."""
    path = Path(name)
    found = path if path.is_dir() else shipped.folder(name)
    if found is None:
        raise Trouble(f"Não há rulebook em `{name}`. Dê uma pasta, ou um dos que vêm: {', '.join(shipped.names())}.")
    return found


def whole(name: str, param: str) -> Ready:
    """As `read`, rules a company can work under. Raises BadParameter for no rulebook and for duties that others
    include, Trouble for one with problems."""
    if not Path(name).is_dir():
        if name in shipped.names() and name not in shipped.whole():
            said = f"`{name}` são deveres que outras regras incluem (`includes:`), sem ações."
        else:
            said = "" if shipped.folder(name) else f"Não há rulebook em `{name}`."
        if said:
            remedy = f"Dê uma pasta, ou um dos que vêm: {', '.join(shipped.whole())}."
            raise click.BadParameter(f"{said} {remedy}", param_hint=param)
    return read(name)


def load(name: str) -> Loaded:
    """The rulebook, whatever the linter says of it. Raises Trouble."""
    try:
        return reading.load(find(name))
    except BadRulebook as bad:
        raise Trouble(f"O rulebook {name} tem problemas:\n{bad}") from None


def read(name: str) -> Ready:
    """The rulebook and its files, where nothing is wrong with it. Raises Trouble with every problem, as `rulebook
    check` tells it."""
    loaded = load(name)
    if problems := linting.lint(loaded):
        said = "\n".join(str(problem) for problem in problems)
        raise Trouble(f"O rulebook {name} tem problemas:\n{said}")
    return Ready(loaded, folders.read(find(name)))
