"""Deadlines as pages show them: who owes what until when, and why then."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.clocks import planning
from tratativa.cases.models import Case, Deadline
from tratativa.cases.sentences.reader import party_name, rule_label
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.time import explain as explaining

CLOCKS = 4  # the movements tell of all


@dataclass(frozen=True)
class Clock:
    """A deadline with the sentence that explains it."""

    label: str
    who: str
    due: datetime
    running: bool
    state: str
    tone: str
    why: str


def of(case: Case, book: Rulebook, actor: Actor) -> list[Clock]:
    """The newest clocks of a case, running ones first; a seller sees only what it owes itself."""
    rows = case.deadlines.exclude(rule=planning.SURVEY).order_by("-started_at")[:12]
    mine = [row for row in rows if actor.party is Party.MARKETPLACE or row.party == actor.party]
    pressing = sorted(mine, key=lambda row: row.state not in {"running", "paused"})
    return [_clock(row, book) for row in pressing[:CLOCKS]]


def _clock(row: Deadline, book: Rulebook) -> Clock:
    states = {
        "running": (_("correndo"), ""),
        "paused": (_("parado"), "waiting"),
        "met": (_("cumprido"), "met"),
        "missed": (_("perdido"), "late"),
        "released": (_("liberado"), "neutral"),
    }
    state, tone = states[row.state]
    return Clock(
        label=rule_label(book, row.rule),
        who=party_name(book, row.party),
        due=row.due_at,
        running=row.state == "running",
        state=state,
        tone=tone,
        why=_why(row, book),
    )


def _why(row: Deadline, book: Rulebook) -> str:
    rule = book.deadline(row.rule)
    if rule is None:
        return ""
    pauses = [(parse_datetime(begin), parse_datetime(end)) for begin, end in row.pauses]
    spans = [(begin, end) for begin, end in pauses if begin and end]
    language = explaining.spoken(translation.get_language())
    sentence = explaining.explain(book.clock, row.started_at, rule.term(row.exception), spans, language)
    if row.exception is not None:
        sentence += " " + _("Exceção: %(exception)s.") % {"exception": rule.exceptions[row.exception].label}
    return f"{sentence} " + _("Fonte: %(source)s.") % {"source": rule.source} if rule.source else sentence
