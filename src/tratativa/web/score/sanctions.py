"""Sanctions as pages draw them: the rule, how far it has come, and what this reader may say now."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.reputation import sanctions, wording
from tratativa.reputation.models import Sanction, Step
from tratativa.rulebook.terms.parties import Party

_TONES = {"noticed": "waiting", "applied": "urgent", "dropped": "done", "lifted": "done"}
LIMIT = 50


@dataclass(frozen=True)
class Posted:
    """What came back from a form: which one, its words and what is wrong with them."""

    about: str
    text: str
    error: str


@dataclass(frozen=True)
class Said:
    """One step: the sentence, who took it, the words."""

    sentence: str
    who: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Choice:
    """A button of the form: the value it posts, its label, and whether it is the main one."""

    value: str
    label: str
    main: bool = False


@dataclass(frozen=True)
class Drawn:
    """One sanction. `choices` are what the reader may decide or say; without any there is no form."""

    key: str
    kind: str
    running: bool
    title: str
    rule: str
    condition: str
    state: str
    tone: str
    until: datetime | None
    steps: tuple[Said, ...]
    url: str
    prompt: str
    choices: tuple[Choice, ...]
    text: str
    error: str


def draw(seller_id: uuid.UUID, actor: Actor, *, at: datetime, posted: Posted | None = None) -> list[Drawn]:
    """The seller's sanctions this actor may know of, newest first; two queries."""
    found = sanctions.visible(actor).filter(seller_id=seller_id).order_by("-noticed_at", "-id")
    rows = found.prefetch_related("steps__person")[:LIMIT]
    return [_draw(sanction, actor, at, posted) for sanction in rows]


def _draw(sanction: Sanction, actor: Actor, at: datetime, posted: Posted | None) -> Drawn:
    mine = posted if posted and posted.about == str(sanction.pk) else None
    steps = sorted(sanction.steps.all(), key=lambda step: step.number)
    place = "decide_sanction" if actor.party is Party.MARKETPLACE else "answer_sanction"
    return Drawn(
        key=str(sanction.pk),
        kind=sanction.kind,
        running=sanction.state in {"noticed", "applied"},
        title=wording.kind(sanction.kind),
        rule=sanction.rule,
        condition=sanction.condition,
        state=wording.state(sanction.state),
        tone=_TONES[sanction.state],
        until=sanction.defence_until if sanction.state == "noticed" and not sanction.defended_at else None,
        steps=tuple(_said(step, sanction, actor) for step in steps),
        url=reverse(place, args=[sanction.pk]),
        prompt=_prompt(sanction, actor),
        choices=tuple(_choices(sanction, actor, at)) if actor.is_admin else (),
        text=mine.text if mine else "",
        error=mine.error if mine else "",
    )


def _said(step: Step, sanction: Sanction, actor: Actor) -> Said:
    """Whoever decides on a sanction is named, to the seller too (L-30)."""
    return Said(wording.step(step.what, sanction.kind), step.person.name, step.words, step.at)


def _choices(sanction: Sanction, actor: Actor, at: datetime) -> Sequence[Choice]:
    if actor.party is Party.SELLER:
        if sanction.state == "noticed" and not sanction.defended_at:
            return (Choice("defend", _("Enviar a defesa"), main=True),)
        if sanction.state == "applied" and not sanction.appealed_at:
            return (Choice("appeal", _("Recorrer"), main=True),)
        return ()
    if sanction.state == "noticed":
        heard = sanction.defended_at is not None or at > sanction.defence_until
        apply = (Choice("impose", _("Aplicar a sanção"), main=True),) if heard else ()
        return (*apply, Choice("drop", _("Arquivar")))
    if sanction.state == "applied":
        upheld = (Choice("uphold", _("Negar o recurso"), main=True),) if sanctions.appeal_waits(sanction) else ()
        return (*upheld, Choice("lift", _("Levantar a sanção")))
    return ()


def _prompt(sanction: Sanction, actor: Actor) -> str:
    if actor.party is Party.MARKETPLACE:
        return _("Motivo da decisão")
    return _("Sua defesa") if sanction.state == "noticed" else _("Seu recurso")
