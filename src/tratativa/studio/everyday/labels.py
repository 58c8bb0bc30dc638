"""Ações: what each is called and the sentence that helps with it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tratativa.studio.everyday.inputs import Edit, Given, Input, Item, relabelled, reworded, said, title, words

FILE = "actions.yaml"


def items(data: Any) -> list[Item]:
    """Every action of the file."""
    return [Item(str(number), title(one)) for number, one in enumerate(data)]


def inputs(data: Any, key: str) -> list[Input]:
    """Label and help."""
    one = data[int(key)]
    return [
        *words("label", _("Nome"), one.get("label")),
        *words("help", _("A explicação"), one.get("help"), long=True, required=False),
    ]


def edits(data: Any, key: str, given: Given) -> Iterator[Edit]:
    """What was given, where it is something else."""
    place, one = int(key), data[int(key)]
    yield from relabelled((place,), one, given)
    after = said("help", one.get("help"), given, long=True, required=False)
    yield from reworded((place, "help"), one.get("help"), after)
