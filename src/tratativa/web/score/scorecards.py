"""A seller's standing as pages draw it: a card per metric, the events behind it, and the rules that follow."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.reading import score_courses, scorecards
from tratativa.cases.reading.scorecards import Event, Standing, Tally
from tratativa.cases.sentences.reader import party_name
from tratativa.reputation import wording
from tratativa.rulebook.conduct.rules import ConductRule
from tratativa.rulebook.language.deadlines import Deadline
from tratativa.rulebook.language.scoring import Consequence, Score
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.time import explain
from tratativa.web.score import courses
from tratativa.web.score.courses import Drawn

_TONES = {"counted": "neutral", "contested": "waiting", "kept": "neutral", "voided": "done"}


@dataclass(frozen=True)
class Posted:
    """What came back from a form about one mark: its words and what is wrong with them."""

    mark: uuid.UUID
    text: str
    error: str


@dataclass(frozen=True)
class Row:
    """One event: where it happened, the rule that counted it, and how far its contest went."""

    key: uuid.UUID
    shown: str
    url: str
    at: datetime
    rule: str
    source: str
    state: str
    state_label: str
    tone: str
    contest: str
    decision: str
    form: str
    form_url: str
    text: str
    error: str


@dataclass(frozen=True)
class Card:
    """One metric: how often it counts now, why it counts, its picture, and its events."""

    label: str
    help: str
    counted: int
    drawn: Drawn
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Rule:
    """A consequence, its condition in words, and the marketplace's own text. `place` is its place in the rulebook."""

    place: int
    kind: str
    label: str
    condition: str
    text: str
    reached: bool

    @property
    def key(self) -> str:
        """What names the form that gives notice of it."""
        return f"proposal-{self.place}"


@dataclass(frozen=True)
class Page:
    """Everything the page of one seller shows; `days` is the window."""

    days: int
    cards: tuple[Card, ...]
    rules: tuple[Rule, ...]
    totals_only: bool


def draw(seller_id: uuid.UUID, actor: Actor, *, at: datetime, posted: Posted | None = None) -> Page | None:
    """The seller's standing for this reader; None where the rulebook counts nothing."""
    standing = scorecards.read(seller_id, actor, at=at)
    if standing is None:
        return None
    zone = rulebook_versions.in_force(actor.marketplace_id).clock.zone
    known = score_courses.courses(seller_id, standing.score, zone, at=at)
    risks = score_courses.at_risk(seller_id, actor, at=at)
    return Page(
        days=standing.score.span.days,
        cards=tuple(
            _card(
                one,
                courses.draw(one, known[one.metric.id], risks.get(one.metric.id, ()), standing, at=at),
                actor,
                posted,
            )
            for one in standing.tallies
        ),
        rules=tuple(_rule(place, one, standing) for place, one in enumerate(standing.rules)),
        totals_only=actor.party is Party.SELLER and not actor.is_admin,
    )


def _card(tally: Tally, drawn: Drawn, actor: Actor, posted: Posted | None) -> Card:
    rows = tuple(_row(event, actor, posted) for event in tally.events)
    return Card(tally.metric.label, tally.metric.help, tally.counted, drawn, rows)


def _row(event: Event, actor: Actor, posted: Posted | None) -> Row:
    mark, form = event.mark, _form(event, actor)
    mine = posted if posted and posted.mark == mark.pk else None
    shown = protocols.show(mark.case.protocol)
    return Row(
        key=mark.pk,
        shown=shown,
        url=reverse("case", args=[shown]),
        at=mark.at,
        rule=counted_by(event),
        source=event.rule.source if isinstance(event.rule, Deadline) else "",
        state=mark.state,
        state_label=_state(mark.state),
        tone=_TONES[mark.state],
        contest=mark.contest.said if mark.contest else "",
        decision=mark.decision.said if mark.decision else "",
        form=form,
        form_url=reverse(form, args=[mark.pk]) if form else "",
        text=mine.text if mine else "",
        error=mine.error if mine else "",
    )


def _form(event: Event, actor: Actor) -> str:
    """The address of the form this reader may fill in for the event, by name; empty for none."""
    if event.mark.state == "counted" and actor.party is Party.SELLER and actor.is_admin:
        return "contest"
    return "decide_mark" if event.mark.state == "contested" and actor.party is Party.MARKETPLACE else ""


def counted_by(event: Event) -> str:
    """The rule that counted the event, in a sentence."""
    rule, book = event.rule, event.book
    if isinstance(rule, Deadline):
        language = explain.spoken(translation.get_language())
        gaps = {
            "rule": rule.label,
            "party": party_name(book, rule.party),
            "term": explain.term(rule.within, language),
        }
        return _("Prazo «%(rule)s» perdido: %(party)s tem %(term)s.") % gaps
    if isinstance(rule, ConductRule):
        return _("Conduta: %(text)s") % {"text": rule.text}
    if rule:
        return _("Ação «%(action)s».") % {"action": rule.label} + (f" {rule.help}" if rule.help else "")
    if event.mark.source.startswith("report:"):
        return _("Mensagem denunciada pelo cliente, confirmada pela equipe do marketplace.")
    return _("A regra que contou este evento já não está nas regras.")


def _state(state: str) -> str:
    return {
        "counted": _("Conta"),
        "contested": _("Contestado"),
        "kept": _("Mantido"),
        "voided": _("Anulado"),
    }[state]


def _rule(place: int, one: Consequence, standing: Standing) -> Rule:
    reached = one in standing.proposed
    return Rule(place, one.propose, wording.kind(one.propose), condition(one, standing.score), one.text, reached)


def condition(one: Consequence, score: Score) -> str:
    """When a consequence is proposed: «Respostas perdidas: mais de 5 em 60 dias»."""
    parts = []
    for name, limit in one.when.items():
        metric = score.metric(name)
        gaps = {"metric": metric.label if metric else name, "limit": limit.gt, "days": score.span.days}
        said = (
            _("%(metric)s: mais de %(limit)d em %(days)d dias")
            if limit.gt
            else _("%(metric)s: um ou mais em %(days)d dias")
        )
        parts.append(said % gaps)
    return "; ".join(parts)
