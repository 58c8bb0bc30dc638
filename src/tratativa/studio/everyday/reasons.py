"""Motivos: what each is called, says and asks of the seller, and whom it is offered to; to nobody is off."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tratativa.studio.everyday.inputs import Edit, Given, Input, Item, relabelled, reworded, said, title, words

FILE = "reasons.yaml"
PARTIES = ("customer", "seller", "marketplace")


def items(data: Any) -> list[Item]:
    """Every reason of the file."""
    return [Item(str(number), title(one), "" if _offered(one) else _("desligado")) for number, one in enumerate(data)]


def inputs(data: Any, key: str) -> list[Input]:
    """Label, help, duty, and whom it is offered to."""
    one = data[int(key)]
    offered = _offered(one)
    names = {"customer": _("ao cliente"), "seller": _("ao lojista"), "marketplace": _("à equipe do marketplace")}
    ticks = [
        Input(f"offered.{party}", _("Oferecido %(to)s") % {"to": names[party]}, "yes" if party in offered else "",
              "tick", required=False)
        for party in PARTIES
    ]  # fmt: skip
    return [
        *words("label", _("Nome"), one.get("label")),
        *words("help", _("O que quem abre lê"), one.get("help"), long=True, required=False),
        *words("duty", _("O dever do lojista"), one.get("duty"), long=True, required=False),
        *ticks,
    ]


def edits(data: Any, key: str, given: Given) -> Iterator[Edit]:
    """What was given, where it is something else."""
    place, one = int(key), data[int(key)]
    yield from relabelled((place,), one, given)
    for name in ("help", "duty"):
        after = said(name, one.get(name), given, long=True, required=False)
        yield from reworded((place, name), one.get(name), after)
    wanted = [party for party in PARTIES if given.get(f"offered.{party}") == "yes"]
    if wanted != [party for party in PARTIES if party in _offered(one)]:
        yield Edit("put", (place, "offered_to"), wanted)


def _offered(one: Mapping[str, Any]) -> list[str]:
    offered = one.get("offered_to", list(PARTIES))
    return [str(party) for party in (offered if isinstance(offered, list) else [offered])]
