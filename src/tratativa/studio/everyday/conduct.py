"""Conduta: whether what breaks a rule is warned of, held or refused, and what is said then."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.studio.everyday.inputs import Edit, Given, Input, Item, chosen, own, reworded, said, words

FILE = "rulebook.yaml"
SEVERITIES = ("warn", "hold", "block")


def items(data: Any) -> list[Item]:
    """Every rule of the file."""
    names = dict(_severities())
    return [
        Item(str(number), title(one), names.get(str(one.get("severity")), ""))
        for number, one in enumerate(data.get("conduct") or [])
    ]


def title(one: Any) -> str:
    """What a rule is called: it has no label, so by the first words it says."""
    return text.first_words(own(one.get("text"))) or str(one.get("id", ""))


def inputs(data: Any, key: str) -> list[Input]:
    """How severe it is, and its sentence."""
    one = data["conduct"][int(key)]
    return [
        Input(
            "severity", _("O que acontece com a mensagem"), str(one.get("severity")), "choice", options=_severities()
        ),
        *words("text", _("O que quem escreveu lê"), one.get("text"), long=True),
    ]


def edits(data: Any, key: str, given: Given) -> Iterator[Edit]:
    """What was given, where it is something else."""
    place, one = ("conduct", int(key)), data["conduct"][int(key)]
    severity = chosen("severity", given, SEVERITIES)
    if severity != one.get("severity"):
        yield Edit("put", (*place, "severity"), severity)
    yield from reworded((*place, "text"), one.get("text"), said("text", one.get("text"), given, long=True))


def _severities() -> tuple[tuple[str, str], ...]:
    return (
        ("warn", _("avisa, e segue se quem escreveu insistir")),
        ("hold", _("é retida até alguém do marketplace a ler")),
        ("block", _("é recusada")),
    )
