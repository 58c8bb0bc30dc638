"""What a party's list finds, filtered as its page filters it, and lists of amounts."""

from collections.abc import Iterator, Sequence
from typing import Any

from tratativa.cases.reading import inbox
from tratativa.rulebook.terms import money
from tratativa.rulebook.terms.parties import Party
from tratativa.scenarios import cast
from tratativa.scenarios.cast import BadCast
from tratativa.scenarios.misses import Miss, show
from tratativa.scenarios.scripts import PARTIES
from tratativa.scenarios.stage import Stage, Unplayable


def check(stage: Stage, _name: str, wanted: Any) -> Iterator[Miss]:
    """`inbox: {by, filter, finds}`: the list holds exactly the named cases."""
    for key in wanted:
        if key not in {"by", "filter", "finds"}:
            raise Unplayable(f"`inbox` ainda não sabe `{key}`")
    if wanted.get("by") not in PARTIES:
        raise Unplayable("`inbox` diz de quem é a lista: `by: seller`")
    params = {key: _value(stage, key, value) for key, value in (wanted.get("filter") or {}).items()}
    filters, errors = inbox.parse({"tab": "all", **params})
    actor = stage.actor(Party(wanted["by"]))
    rows = [] if errors else inbox.page(actor, filters, at=stage.at).cases
    found = sorted(stage.name_of(case) for case in rows)
    finds = sorted(stage.name_of(stage.case(str(one))) for one in wanted.get("finds") or ())
    if found != finds:
        said = f" ({'; '.join(errors.values())})" if errors else ""
        yield Miss(("inbox", "finds"), f"a lista encontra outros{said}", show(finds), show(found))


def amounts(path: tuple[str, ...], what: str, wanted: Any, cents: Sequence[int]) -> Iterator[Miss]:
    """A list of amounts, written as in YAML: these, in this order."""
    try:
        expected = [cast.cents(amount) for amount in wanted]
    except BadCast as bad:
        raise Unplayable(str(bad)) from None
    if list(cents) != expected:
        yield Miss(path, what, show(wanted), show([money.source(amount) for amount in cents]))


def _value(stage: Stage, key: str, value: Any) -> str:
    """A filter's value as a page sends it: cases by name become protocols, reasons ids, flags yes and no."""
    if key == "protocol" and str(value) in stage.cases:
        return stage.case(str(value)).protocol
    reason = stage.book.reason(str(value)) if key == "reason" else None
    if reason:
        return reason.id
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
