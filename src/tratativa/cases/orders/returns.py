"""Returns: goods on their way back, as far as the desk knows; each step a line on the case's timeline."""

from datetime import date, datetime

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core.change import Change
from tratativa.orders.models import Order, Return
from tratativa.rulebook.terms.facts import ReturnStage


class WrongOrder(ValueError):
    """A return does not go back to an earlier stage."""


def of(change: Change, order: Order) -> Return:
    """The case's return, begun now unless it was."""
    found, _made = Return.objects.get_or_create(
        order=order,
        case_id=change.case.pk,
        defaults={
            "marketplace_id": change.case.marketplace_id, "stage": "code_given",
            "begun_at": change.at, "moved_at": change.at,
        },
    )  # fmt: skip
    return found


def move(change: Change, goods: Return, stage: str) -> None:
    """Puts the return on a stage and tells everyone; the same stage again tells nothing."""
    if goods.stage == stage and change.case.return_stage == stage:
        return
    goods.stage, goods.moved_at = stage, change.at
    goods.save()
    change.case.return_stage = stage
    change.record(events.ReturnMoved(stage=stage), to=change.everyone)


def record(goods: Return, stage: str, *, by: Actor, at: datetime) -> None:
    """Takes in a fact from the carrier or the warehouse: posted, received or refused. Raises WrongOrder."""
    if ReturnStage.index(stage) < ReturnStage.index(goods.stage):
        raise WrongOrder(f"{goods.stage} → {stage}")
    with door.judging(goods.case_id, by=by, at=at) as change:
        move(change, Return.objects.get(pk=goods.pk), stage)


def give_code(change: Change, order: Order, code: str, valid_until: datetime) -> None:
    """Gives the posting code the customer sends the goods back with."""
    goods = of(change, order)
    goods.posting_code, goods.code_valid_until = code, valid_until
    goods.save()
    move(change, goods, "code_given")


def schedule(change: Change, order: Order, day: date) -> None:
    """Sets the day the goods are fetched at the customer's."""
    goods = of(change, order)
    goods.collect_on = day
    goods.save()
    move(change, goods, "collection")
