"""What an agent does with a customer on the telephone, in a story: answers for them, asks again, waits no longer."""

from collections.abc import Mapping
from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.accounts.contacts import Contact
from tratativa.cases.models import Request
from tratativa.cases.requests import answering_for, asking_again, requests
from tratativa.playbooks import running, silence
from tratativa.scenarios import filling
from tratativa.scenarios.scripts import Step
from tratativa.scenarios.stage import Stage, Unplayable


def answer(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`answer_for: {channel?, with: {field: value}}`: the form asked last, by telephone unless said."""
    given = filling.mapping("answer_for", says, ("channel", "with"))
    asked = _asked(stage, step, by)
    filled = filling.typed(stage, by, asked.label, requests.form(asked), given.get("with") or {})
    channel = str(given.get("channel", "phone"))
    answering_for.answer(asked, filled, channel=channel, by=by, at=stage.at)


def contact(says: Any) -> Contact | None:
    """`who: {name?, email?, phone?}` of an opening: somebody without a registration who left a way to be answered."""
    if not isinstance(says, Mapping):
        return None
    given = filling.mapping("who", says, ("name", "email", "phone"))
    return Contact(**{key: str(value) for key, value in given.items()})


def resend(stage: Stage, step: Step, by: Actor, _says: Any) -> None:
    """`resend: true`: what the customer was asked last is asked again."""
    asking_again.resend(_asked(stage, step, by), by=by, at=stage.at)


def remind(stage: Stage, step: Step, by: Actor, _says: Any) -> None:
    """`remind: true`: the customer is reminded of it."""
    asking_again.remind(_asked(stage, step, by), by=by, at=stage.at)


def give_up(stage: Stage, step: Step, by: Actor, _says: Any) -> None:
    """`give_up: true`: the procedure goes on without the answer."""
    running.give_up(stage.case(step.case), by=by, at=stage.at)


def no_answer(stage: Stage, step: Step, by: Actor, _says: Any) -> None:
    """`no_answer: true`: the agent says that nobody answers; the line went dead, or nothing came after a word."""
    silence.say(stage.case(step.case), by=by, at=stage.at)


def _asked(stage: Stage, step: Step, by: Actor) -> Request:
    waiting = answering_for.waiting(stage.case(step.case), by)
    if not waiting:
        raise Unplayable("nada foi perguntado ao cliente neste atendimento")
    return waiting[-1]
