"""Publications: every version of the rules by its number, since when it applies and until when, who signed it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import dropwhile, takewhile
from typing import Literal

from tratativa.accounts.models import Marketplace, Person
from tratativa.cases.models import Adoption

State = Literal["applies", "waits", "over", "never"]
LIMIT = 200  # shown; nobody publishes so often


@dataclass(frozen=True)
class Publication:
    """One time rules were published; `number` counts from 1 in the order it was done.

    `until` is when the next one took over, None for what applies without end. `never` is what another one replaced
    before it began, `withdrawn` where what replaced it are the rules from before it.
    """

    number: int
    adoption: Adoption
    state: State
    until: datetime | None
    withdrawn: bool = False

    @property
    def name(self) -> str:
        """What whoever published it called it; may be empty."""
        return self.adoption.name

    @property
    def by(self) -> Person | None:
        """Who published it; None for a command, and for those from before anybody signed."""
        return self.adoption.by


def history(marketplace: Marketplace, *, at: datetime) -> list[Publication]:
    """Every publication, the one that applies from latest first."""
    rows = Adoption.objects.filter(marketplace=marketplace).select_related("version", "by", "second")
    made = list(rows.defer("version__source").order_by("made_at", "id"))
    numbers = {one.pk: number for number, one in enumerate(made, 1)}
    ordered = sorted(made, key=lambda one: (one.from_at, one.made_at, one.pk), reverse=True)
    told = [_publication(numbers[one.pk], one, ordered[:place], at) for place, one in enumerate(ordered)]
    return [replace(one, withdrawn=True) if _withdrawn(told, one) else one for one in told][:LIMIT]


def applying(history: Sequence[Publication]) -> Publication | None:
    """The one that applies now."""
    return next((one for one in history if one.state == "applies"), None)


def waiting(history: Sequence[Publication]) -> list[Publication]:
    """Those that begin later and change something then, the nearest first."""
    return [one for one in reversed(history) if one.state == "waits" and not _goes_on(history, one)]


def before(history: Sequence[Publication], adoption: Adoption) -> Publication | None:
    """What applied, or would, before this one, which applies or waits; None where there is nothing to go back to.

    Where the same rules went on over several publications, the one they began with.
    Only from the last one decided for its moment is there a way back: of two for the same moment the former says none.
    """
    place = next((number for number, one in enumerate(history) if one.adoption.pk == adoption.pk), None)
    if place is None or history[place].state not in {"applies", "waits"}:
        return None
    older = [one for one in history[place + 1 :] if one.state != "never"]
    back = list(dropwhile(lambda one: one.adoption.version_id == adoption.version_id, older))
    same = list(takewhile(lambda one: one.adoption.version_id == back[0].adoption.version_id, back))
    return same[-1] if same else None


def _goes_on(history: Sequence[Publication], one: Publication) -> bool:
    """Whether the rules it publishes apply before it already: others in between were withdrawn."""
    older = (former for former in history[history.index(one) + 1 :] if former.state != "never")
    before = next(older, None)
    return before is not None and before.adoption.version_id == one.adoption.version_id


def _withdrawn(history: Sequence[Publication], one: Publication) -> bool:
    if one.state != "never":
        return False
    taker = next(newer for newer in history if newer.adoption.from_at == one.adoption.from_at)
    return _goes_on(history, taker)


def _publication(number: int, one: Adoption, after: Sequence[Adoption], at: datetime) -> Publication:
    until = after[-1].from_at if after else None
    if until is not None and until <= one.from_at:
        return Publication(number, one, "never", until)
    if one.from_at > at:
        return Publication(number, one, "waits", until)
    return Publication(number, one, "over" if until is not None and until <= at else "applies", until)
