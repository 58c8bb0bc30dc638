"""Desempenho: over how many days counts are taken, and above how many something is proposed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tratativa.studio.everyday.inputs import Edit, Given, Input, Item, number, title

FILE = "rulebook.yaml"
KEY = "score"
DAYS = 60  # where a score does not say


def items(data: Any) -> list[Item]:
    """The score, one thing, where there is one."""
    return [Item(KEY, _("Limites do desempenho"))] if data.get("score") else []


def inputs(data: Any, key: str) -> list[Input]:
    """The window, and a field a limit."""
    names = {str(one.get("id") or title(one)): title(one) for one in data["score"].get("metrics") or []}
    window = Input("window", _("Dias contados para trás"), str(_window(data)), mode="numeric")
    return [window, *(_limit(names, *one) for one in _limits(data))]


def edits(data: Any, key: str, given: Given) -> Iterator[Edit]:
    """What was given, where it is something else."""
    window = number("window", given, 1, 999)
    if window != _window(data):
        yield Edit("put", ("score", "window"), f"{window} days")
    for place, metric, before in _limits(data):
        limit = number(f"limit.{place}.{metric}", given, 0, 100_000)
        if limit != before:
            yield Edit("put", ("score", "consequences", place, "when", metric, "gt"), limit)


def _limits(data: Any) -> Iterator[tuple[int, str, int]]:
    for place, one in enumerate(data["score"].get("consequences") or []):
        for metric, limit in (one.get("when") or {}).items():
            if isinstance(limit, dict) and isinstance(limit.get("gt"), int):
                yield place, str(metric), limit["gt"]


def _limit(names: dict[str, str], place: int, metric: str, before: int) -> Input:
    label = _("Mais de quantas: %(metric)s") % {"metric": names.get(metric, metric)}
    return Input(f"limit.{place}.{metric}", label, str(before), mode="numeric")


def _window(data: Any) -> int:
    said = str(data["score"].get("window", "")).partition(" ")[0]
    return int(said) if said.isdecimal() else DAYS
