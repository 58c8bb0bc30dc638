"""Prazos: how long each runs, when it warns, and for whom it runs otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.people.refusals import Refused
from tratativa.cases.reading import channels
from tratativa.comparing import facts_named
from tratativa.rulebook.time import durations
from tratativa.rulebook.time.durations import BadDuration
from tratativa.studio.everyday import terms
from tratativa.studio.everyday.inputs import Edit, Given, Input, Item, chosen, number, relabelled, said, title, words

FILE = "deadlines.yaml"
WARNS = 75  # percent, where a deadline does not say
FACTS = (
    "seller.tier", "seller.delivery", "order.categories", "order.state", "order.payment_method", "order.carrier",
    "case.channel",
)  # fmt: skip


_CLOSED = {"seller.delivery"}  # what else is written here may be anything


def items(data: Any) -> list[Item]:
    """Every deadline of the file, and how long it runs."""
    return [Item(str(number), title(one), terms.told(one.get("within"))) for number, one in enumerate(data)]


def inputs(data: Any, key: str) -> list[Input]:
    """Label, duration, warning; a duration of more than two parts is changed in the file."""
    one = data[int(key)]
    try:
        span = terms.fields(one.get("within"))
    except BadDuration:
        span = []
    warns = str(one.get("warn_at", f"{WARNS}%")).removesuffix("%")
    told = _("Por cento do tempo que passou quando o prazo começa a avisar.")
    return [
        *words("label", _("Nome"), one.get("label")),
        *span,
        Input("warn_at", _("Aviso"), warns, mode="numeric", help=told),
    ]


def edits(data: Any, key: str, given: Given) -> Iterator[Edit]:
    """What was given, where it is something else."""
    place, one = int(key), data[int(key)]
    yield from relabelled((place,), one, given)
    if "amount" in given and durations.parse(one["within"]) != (span := terms.read(given)):
        yield Edit("put", (place, "within"), durations.to_source(span))
    warns = f"{number('warn_at', given, 1, 99)}%"
    if warns != str(one.get("warn_at", f"{WARNS}%")):
        yield Edit("put", (place, "warn_at"), warns)


def exceptions(data: Any, key: str) -> list[dict[str, str]]:
    """For whom it runs otherwise: what each exception is called, when it holds, how long it runs then."""
    known = data[int(key)].get("for") or []
    return [
        {"label": title(one), "when": _told(one.get("when")), "within": terms.told(one.get("within"))} for one in known
    ]


def new_exception(facts: Sequence[tuple[str, str]]) -> list[Input]:
    """The fields of one more."""
    return [
        Input("new.label", _("Como se chama"), help=_("Como «Lojistas ouro»; é dita onde o prazo é explicado.")),
        Input("new.fact", _("Quando"), facts[0][0], "person", options=tuple(facts)),
        Input(
            "new.values",
            _("É"),
            type="offered",
            help=_("Um valor, ou vários separados por vírgula."),
            options=tuple((word, facts_named.named(fact)) for fact in FACTS for word in _words_of(fact).values()),
        ),
        *terms.fields("24 hours", "new."),
    ]


def facts() -> list[tuple[str, str]]:
    """What an exception may ask here; a file may ask more, and several at once."""
    return [(name, facts_named.named(name).capitalize()) for name in FACTS]


def add(data: Any, key: str, given: Given) -> Iterator[Edit]:
    """One exception more. Raises Refused."""
    label, fact = said("new.label", "", given), chosen("new.fact", given, FACTS)
    values = [_value(fact, one) for raw in given.get("new.values", "").split(",") if (one := text.line(raw))]
    if not values or len(values) > 50:
        raise Refused(_("Diga um valor, ou vários separados por vírgula."), "new.values")
    item = {
        "label": label,
        "when": {fact: values[0] if len(values) == 1 else values},
        "within": durations.to_source(terms.read(given, "new.")),
    }
    yield Edit("append", (int(key), "for"), item)


def drop(data: Any, key: str, place: int) -> Iterator[Edit]:
    """One exception less."""
    known = data[int(key)].get("for") or []
    if 0 <= place < len(known):
        yield Edit("drop", (int(key), "for") if len(known) == 1 else (int(key), "for", place))


def _words_of(fact: str) -> Mapping[str, str]:
    """What the values of a fact are called, by what a file says; empty for one whose values each company has itself."""
    if fact == "seller.delivery":
        return {"own": _("a própria loja"), "marketplace": _("o marketplace")}
    return channels.all_named() if fact == "case.channel" else {}


def _value(fact: str, typed: str) -> str:
    """As a file says it. Raises Refused for what the fact never is."""
    words, said = _words_of(fact), typed.casefold()
    found = next((code for code, word in words.items() if said in {code, word.casefold()}), "")
    if found or fact not in _CLOSED:
        return found or typed
    gaps = {"value": typed[:40], "fact": facts_named.named(fact), "words": _(" ou ").join(words.values())}
    raise Refused(_("«%(value)s» não diz %(fact)s: escreva %(words)s.") % gaps, "new.values")


def _told(when: Any) -> str:
    if not isinstance(when, Mapping):
        return ""
    said = []
    for name, value in when.items():
        known = _words_of(str(name))
        shown = ", ".join(known.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))
        said.append(f"{facts_named.named(str(name))}: {shown}")
    return "; ".join(said)
