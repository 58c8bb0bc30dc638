"""Doing one step: a party acts through the same functions as the pages, time passes, or the order changes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, opening, replying
from tratativa.cases.acting.fields import filling as own_fields
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.orders import command_outcomes
from tratativa.cases.requests import requests
from tratativa.orders.models import Command
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.terms.parties import Party
from tratativa.scenarios import cast, filling, moments, returning
from tratativa.scenarios import stage as staging
from tratativa.scenarios.scripts import PARTIES, Step, nearest
from tratativa.scenarios.stage import Stage, Unplayable
from tratativa.scenarios.steps import denouncing, holding, posting, procedure_steps, ruling, telephoning

BESIDE = ("by", "with", "checked")


def take(stage: Stage, step: Step) -> None:
    """Does the step and the work that falls due with it. Raises what the desk raises, and Unplayable."""
    asked = procedure_steps.of_queue(stage, step)
    if asked:
        _act(stage, *asked)
    elif step.move in PARTIES:
        _act(stage, step)
    elif step.move == "at":
        _pass_time(stage, moments.parse(str(step.says), stage.book.clock.zone))
    elif step.move == "after":
        _pass_time(stage, moments.later(stage.at, str(step.says), stage.book.clock))
    elif step.move == "order":
        _change_order(stage, step.says)
    elif step.move == "mail":
        posting.arrive(stage, step.case, step.says)
    elif step.move == "return":
        returning.move(stage, step.case, step.says)
    else:
        raise Unplayable(f"ainda não sabe `{step.move}`")
    _run_commands(stage)
    procedure_steps.settle(stage)
    _run_commands(stage)


def _act(stage: Stage, step: Step, acting: Actor | None = None) -> None:
    says = step.says
    if not isinstance(says, Mapping):
        raise Unplayable(f"`{step.move}` leva um mapa, como `{step.move}: {{do: …}}`")
    verbs = [key for key in says if key not in BESIDE]
    if len(verbs) != 1:
        raise Unplayable(f"`{step.move}` faz uma coisa de cada vez: {', '.join(VERBS)}")
    verb = verbs[0]
    if verb not in VERBS:
        raise Unplayable(f"`{step.move}` não sabe `{verb}`{nearest(verb, VERBS)}; sabe {', '.join(VERBS)}")
    by = acting or stage.actor(Party(step.move), str(says.get("by", cast.FIRST)))
    VERBS[verb](stage, step, by, says[verb])


def _open(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    known = (
        "reason", "text", "to", "customer_reads", "channel", "kind", "files", "as", "order", "external_id", "platform",
        "who", "suspects",
    )  # fmt: skip
    given = filling.mapping("open", says, known)
    order = staging.another_order(stage, given["order"]) if "order" in given else stage.order
    case = opening.open_case(
        Opening(
            order,
            reason=str(given.get("reason", "")),
            message=Message(
                str(given.get("text", "")),
                to=str(given.get("to", "")),
                customer_reads=bool(given.get("customer_reads", False)),
                files=filling.files(stage, by, given.get("files")),
            ),
            kind=str(given.get("kind", "")),
            channel=str(given.get("channel", "page")),
            external_id=str(given.get("external_id", "")),
            platform=str(given.get("platform", "")),
            customer=stage.customer if given.get("who") == "customer" else None,
            contact=telephoning.contact(given.get("who")),
            suspects=bool(given.get("suspects", False)),
        ),
        by=by,
        at=stage.at,
    )
    stage.remember(case, str(given.get("as", "")))


def _reply(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    given = filling.mapping("reply", says, ("text", "to", "customer_reads", "wait_for_answer", "files", "as"))
    case = stage.case(step.case)
    landed = replying.reply(
        case,
        Message(
            str(given.get("text", "")),
            to=str(given.get("to", "")),
            customer_reads=bool(given.get("customer_reads", False)),
            files=filling.files(stage, by, given.get("files")),
            wait_for_answer=bool(given.get("wait_for_answer", False)),
        ),
        by=by,
        at=stage.at,
    )
    if landed.pk != case.pk:
        stage.remember(landed, str(given.get("as", "")))


def _do(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    checked = step.says.get("checked")
    _perform(stage, step, by, str(says), step.says.get("with") or {}, checked=checked)


def _note(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    action = _placed(stage, by, "note")
    _perform(stage, step, by, action.id, {action.fields[0].id: says})


def _close(stage: Stage, step: Step, by: Actor, _says: Any) -> None:
    _perform(stage, step, by, _placed(stage, by, "close").id, {})


def _reopen(stage: Stage, step: Step, by: Actor, _says: Any) -> None:
    _perform(stage, step, by, _placed(stage, by, "reopen").id, {})


def _answer(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    case = stage.case(step.case)
    if by.party is Party.MARKETPLACE and isinstance(says, Mapping) and not requests.pending(case, by):
        procedure_steps.verify(stage, step, by, says)
        return
    given = filling.mapping("answer", says, tuple(says) if isinstance(says, Mapping) else ())
    request = filling.request(stage, case, by, given)
    filled = filling.typed(stage, by, request.label, requests.form(request), given)
    requests.answer(request, filled, by=by, at=stage.at)


def _rule(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    action = _placed(stage, by, "ruling")
    _perform(stage, step, by, action.id, ruling.fields(action, says))


def _fill(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """Fills in the case's own fields, by their labels."""
    given = filling.mapping("fill", says, tuple(says) if isinstance(says, Mapping) else ())
    for name, raw in given.items():
        own_fields.fill(stage.case(step.case), str(name), raw, seen=None, by=by, at=stage.at)


VERBS: Mapping[str, Callable[[Stage, Step, Actor, Any], None]] = {
    "open": _open,
    "reply": _reply,
    "do": _do,
    "note": _note,
    "close": _close,
    "reopen": _reopen,
    "answer": _answer,
    "rule": _rule,
    "fill": _fill,
    "playbook": procedure_steps.playbook,
    "choose": procedure_steps.choose,
    "call": procedure_steps.call,
    "report_in": procedure_steps.report_in,
    "answer_for": telephoning.answer,
    "resend": telephoning.resend,
    "remind": telephoning.remind,
    "give_up": telephoning.give_up,
    "no_answer": telephoning.no_answer,
    "back": procedure_steps.back,
    "abandon": procedure_steps.abandon,
    "restart": procedure_steps.restart,
    "release": holding.release,
    "refuse": holding.refuse,
    "undo": holding.undo,
    "report": denouncing.report,
    "confirm": denouncing.confirm,
    "dismiss": denouncing.dismiss,
}


def _perform(
    stage: Stage, step: Step, by: Actor, name: str, fields: Mapping[str, Any], checked: list[str] | None = None
) -> Case:
    case = stage.case(step.case)
    action = next((one for one in verdicts.actions_of(stage.book, by.party) if one.is_called(name)), None)
    # A reply is an action too, without fields of its own in the rulebook.
    filled = filling.typed(stage, by, action.label, action.fields, fields) if action and action.fields else fields
    return actions.perform(case, name, by=by, at=stage.at, fields=filled, checked=checked)


def _placed(stage: Stage, by: Actor, place: str) -> Action:
    mine = (action for action in verdicts.actions_of(stage.book, by.party) if action.place == place)
    found = next(mine, None)
    if found is None:
        raise Unplayable(f"nenhuma ação de `{by.party}` tem `place: {place}` neste rulebook")
    return found


def _pass_time(stage: Stage, until: datetime) -> None:
    if until < stage.at:
        raise Unplayable(f"o tempo não anda para trás: já são {moments.show(stage.at)}")
    stage.at = until
    holding.let_go(stage)
    sweeping.sweep(at=until)
    while procedure_steps.settle(stage):
        sweeping.sweep(at=until)  # what the news started may itself be over by now


def _change_order(stage: Stage, says: Any) -> None:
    if stage.order is None or not isinstance(says, Mapping):
        raise Unplayable("`order` muda o pedido do cenário: dê um mapa, como {stage: delivered}")
    stage.order.refresh_from_db()
    cast.change_order(stage.order, says, zone_of=stage.at)
    stage.order.save()


def _run_commands(stage: Stage) -> None:
    """What a worker does within seconds: asks the order's system, and tells the case its answer."""
    for command in Command.objects.filter(marketplace=stage.marketplace, state="asked").order_by("asked_at"):
        command_outcomes.deliver(command.pk, at=stage.at)
