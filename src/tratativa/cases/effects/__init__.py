"""Effects: what actions and missed deadlines do to a case, one small function per verb of the rulebook."""

from collections.abc import Callable, Mapping
from typing import Any

from tratativa.cases import facts
from tratativa.cases.changing import Change
from tratativa.cases.effects import (
    addressing,
    asking,
    attaching,
    escalating,
    moving,
    ordering,
    refunding,
    registering,
    returning,
    scoring,
    survey,
    talking,
)
from tratativa.rulebook.effects import Effect

VERBS: Mapping[str, Callable[[Change, Any], None]] = {
    "close": moving.close,
    "reopen": moving.reopen,
    "wait_for": moving.wait_for,
    "mark_critical": moving.mark_critical,
    "assign": moving.assign,
    "mediate": moving.mediate,
    "offer": moving.offer,
    "rule": moving.rule,
    "write": talking.write,
    "note": talking.note,
    "tell": talking.tell,
    "hear": talking.hear,
    "reveal": talking.reveal,
    "use_address": addressing.use_address,
    "attach_order": attaching.attach_order,
    "name_seller": attaching.name_seller,
    "ask": asking.ask,
    "log_call": asking.log_call,
    "cancel_order": ordering.cancel_order,
    "refund": refunding.refund,
    "confirm_payout": refunding.confirm_payout,
    "withdraw_payout": refunding.withdraw_payout,
    "hold_delivery": ordering.hold_delivery,
    "reschedule_delivery": ordering.reschedule_delivery,
    "dispatch": ordering.dispatch,
    "replace_part": ordering.replace_part,
    "give_posting_code": returning.give_posting_code,
    "schedule_collection": returning.schedule_collection,
    "confirm_return": returning.confirm_return,
    "count": scoring.count,
    "survey": survey.ask,
    "escalate": escalating.escalate,
    "follow_up": escalating.follow_up,
    "hand_over": escalating.hand_over,
    "issue_voucher": registering.issue_voucher,
    "block_registration": registering.block_registration,
    "unblock_registration": registering.unblock_registration,
    "update_registration": registering.update_registration,
    "link_registrations": registering.link_registrations,
}


def run(change: Change, effect: Effect) -> None:
    """Does one effect to the case behind the door, where its `when` holds."""
    if happens(change, effect):
        VERBS[effect.name](change, effect.argument)


def happens(change: Change, effect: Effect) -> bool:
    """Whether an effect's `when` holds at this moment."""
    return effect.when.holds(facts.of_moment(change.case, change.by, change.at))
