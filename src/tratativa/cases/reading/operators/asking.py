"""Asking: a line with operators and words, as cases are narrowed by it; and what can be typed next."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.cases.reading.operators import known, splitting
from tratativa.cases.reading.operators.asked import Asking, Operator
from tratativa.cases.reading.operators.choosing import Choice, Unclear, fitting
from tratativa.cases.reading.operators.splitting import Line, Term
from tratativa.rulebook.terms.ids import slug

LONGEST = 200  # characters
_MOST = 12  # suggestions


@dataclass(frozen=True)
class Asked:
    """What was asked: cases by operators, if any (`narrowed`), `words` beside them, and what was not understood.

    `columns` are the words its operators go by.
    """

    wanted: Q
    words: str
    narrowed: bool
    columns: frozenset[str]
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """What can be typed next: the whole line with it, its name, and what it does."""

    line: str
    label: str
    note: str = ""


def read(raw: str, asking: Asking) -> Asked:
    """What a line asks for. Comparisons of one operator hold together; of several plain values one is enough."""
    operators = known.of(asking)
    line = _split(raw, asking)
    plain: dict[str, Q] = {}
    wanted, troubles = Q(), []
    for term in line.terms:
        operator = operators.get(term.name)
        try:
            query = _query(operator, term, asking)
        except Unclear as unclear:
            troubles.append(f"{term.typed}: {unclear}")
            continue
        if term.denied or any(sign in term.value for sign in "<>≤≥"):
            wanted &= ~query if term.denied else query
        else:
            key = str(operator.name) if operator else ""
            plain[key] = plain[key] | query if key in plain else query
    for query in plain.values():
        wanted &= query
    columns = frozenset(word for term in line.terms if term.name in operators for word in operators[term.name].also)
    return Asked(wanted, line.words if line.terms else raw, bool(line.terms), columns, tuple(troubles))


def suggest(raw: str, asking: Asking) -> list[Suggestion]:
    """How the line goes on: the operators that begin as its last word does, or the values of the last operator."""
    head, last = _last(raw)
    name, colon, value = last.lstrip("-").partition(":")
    if not colon:
        return [
            Suggestion(f"{head}{one.name}:", f"{one.name}:", str(one.does))
            for one in known.offered(asking)
            if name and any(word.startswith(slug(name)) for word in {*one.also, slug(str(one.name))})
        ][:_MOST]
    operator = known.of(asking).get(slug(name))
    if operator is None:
        return []
    done, comma, typed = value.rpartition(",") if not operator.whole else ("", "", value)
    return [
        Suggestion(f"{head}{_written(name, done + comma, one)} ", one.label, _note(operator))
        for one in fitting(typed.strip('"'), operator.offer(asking))
        if one.names
    ][:_MOST]


def _split(raw: str, asking: Asking) -> Line:
    return splitting.split(text.line(raw)[:LONGEST], known.of(asking))


def _query(operator: Operator | None, term: Term, asking: Asking) -> Q:
    if operator is None:
        names = ", ".join(f"{one.name}:" for one in known.offered(asking))
        raise Unclear(_("não é um operador daqui. Há %(names)s Para procurar as palavras, ponha-as entre aspas.") % {
            "names": f"{names}."})  # fmt: skip
    if not splitting.plain(term.value).strip("<>=≤≥, "):
        raise Unclear(_("falta dizer qual (%(does)s).") % {"does": operator.does})
    return operator.query(asking, term.value)


def _last(raw: str) -> tuple[str, str]:
    """The line up to its last piece, and that piece: one that began with a quote goes on over blanks."""
    line = raw.lstrip()[:LONGEST]
    inside, begin = False, 0
    for place, char in enumerate(line):
        if char == '"':
            inside = not inside
        elif char.isspace() and not inside:
            begin = place + 1
    return line[:begin], line[begin:]


def _written(name: str, done: str, one: Choice) -> str:
    quoted = splitting.written(name, one.label).partition(":")[2]
    return f"{name}:{done}{quoted}"


def _note(operator: Operator) -> str:
    return str(operator.name)
