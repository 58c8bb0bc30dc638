"""Pending: what somebody asked for waits, and nothing of it happens, until a window closes or a person lets it go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tratativa.accounts.actors import Actor
from tratativa.accounts.formatting import Written
from tratativa.cases import events
from tratativa.cases.core import audience, order_lines, visibility, work
from tratativa.cases.core.change import Change
from tratativa.cases.files import attachments
from tratativa.cases.messages import conduct
from tratativa.cases.models import Attachment, Case, Held
from tratativa.orders import refunds
from tratativa.orders.models import Order
from tratativa.rulebook.language import arguments, effects
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party

if TYPE_CHECKING:
    from tratativa.cases.messages.addressing import Sending


@dataclass(frozen=True)
class Hold:
    """Why something waits: the rule of conduct it breaks, the cents it moves, or the end of its undo window."""

    why: str
    rule: str = ""
    value_cents: int = 0
    due_at: datetime | None = None


def of_action(change: Change, action: Action) -> Hold | None:
    """Whether this action, filled in as the change has it, must wait before it happens."""
    for words in spoken(action, change.fields).values():
        if broken := conduct.held(change.book, words, by=change.by, readers=audience.EVERYONE):
            return Hold("conduct", rule=broken.id)
    if action.second_person_above is None and action.undo is None:
        return None
    moved = _moved(change, action)
    if action.second_person_above is not None and moved > action.second_person_above:
        return Hold("approval", value_cents=moved)
    if action.undo is not None:
        return Hold("undo", value_cents=moved, due_at=change.book.clock.due(change.at, action.undo))
    return None


def spoken(action: Action, given: Mapping[str, Any]) -> dict[str, str]:
    """The words of an action that says something to the customer, by field id.

    Short fields are codes and places: what looks like a telephone in them is a posting code more often than not.
    """
    if not any(_reaches_customer(effect) for effect in action.do):
        return {}
    written = {slug(one.argument.field) for one in action.do if isinstance(one.argument, arguments.Write)}
    fields = [one.id for one in action.fields if one.type == "long_text" or one.id in written]
    return {name: str(given[name]) for name in fields if given.get(name)}


def _reaches_customer(effect: effects.Effect) -> bool:
    argument = effect.argument
    if isinstance(argument, arguments.Write):
        return argument.to is Party.CUSTOMER
    return isinstance(argument, arguments.Tell) and bool(argument.customer)


def _moved(change: Change, action: Action) -> int:
    """How much money the action moves, in cents: what it gives back, else the order it cancels."""
    order = change.case.order
    if order is None:
        return 0
    asked = [one.argument for one in action.do]
    refunds_ = [one for one in asked if isinstance(one, arguments.Refund)]
    given = sum(_given_back(change, order, one, cancels=action.cancels(change.fields)) for one in refunds_)
    return given or (order.total_cents if action.cancels(change.fields) else 0)


def _given_back(change: Change, order: Order, argument: arguments.Refund, *, cancels: bool) -> int:
    how = argument.how_much(change.fields, cancels=cancels)
    if isinstance(how, int):
        return how
    if how == "lines":
        return order_lines.worth(order, argument.chosen(change.fields))
    account = refunds.of(order)
    return {"full": account.left, "shortage": account.left_of_shortage}.get(how, 0)


def message(change: Change, written: Written, sending: Sending, files: Sequence[Attachment], rule: str) -> Held:
    """Keeps a message back until one of the marketplace's people has read it."""
    given = {"to": str(sending.to), "readers": sending.readers, "waits": sending.waits, "asks": sending.asks}
    reply = change.book.replies.id
    return _keep(change, reply, Hold("conduct", rule=rule), given, files, written)


def action(change: Change, action: Action, hold: Hold) -> Held:
    """Keeps an action back, with what was filled in; its clock is released when its undo window ends."""
    files = change.take_files()
    typed = "\n".join(spoken(action, change.fields).values()) if hold.why == "conduct" else ""
    held = _keep(change, action.id, hold, change.fields, files, Written(typed) if typed else None)
    if held.due_at:
        work.ask("cases.release_held", at=held.due_at, held_id=held.pk)
    return held


def _keep(
    change: Change,
    name: str,
    hold: Hold,
    given: Mapping[str, Any],
    files: Sequence[Attachment],
    written: Written | None,
) -> Held:
    held = Held(
        case=change.case, why=hold.why, rule=hold.rule, action=name, given=given, value_cents=hold.value_cents,
        party=str(change.by.party), person_id=change.by.person, asked_at=change.acted_at or change.at,
        due_at=hold.due_at,
    )  # fmt: skip
    held.entry = attachments.record(
        change, events.HoldBegan(held=str(held.pk), action=name, why=hold.why), files,
        to=audience.of(change.by.party, Party.MARKETPLACE),
        words=written.words if written else None, rich=written.html if written else "",
    )  # fmt: skip
    held.save(force_insert=True)
    change.case.held = [*change.case.held, name]
    return held


def waiting(case: Case, actor: Actor) -> list[Held]:
    """What waits on this case and the actor may know of, oldest first; no query where nothing does."""
    if not case.held:
        return []
    return list(_undecided(actor).filter(case=case))


def queue(actor: Actor, limit: int) -> list[Held]:
    """What waits for one of the marketplace's people, oldest first."""
    return list(_undecided(actor).exclude(why="undo").select_related("case__seller", "case__order")[:limit])


def _undecided(actor: Actor) -> Any:
    undecided = visibility.visible_holds(actor).filter(decided_at=None)
    return undecided.select_related("entry__words", "case").order_by("asked_at", "id")


def files_of(held: Held) -> list[Attachment]:
    """The files of what was held: they stay with the entry that brought them, and what happens has rows of its own."""
    return list(held.entry.attachments.order_by("added_at", "id"))


def given_again(held: Held, action: Action) -> Iterator[tuple[str, Any]]:
    """What was filled in, by field id, with its files."""
    files = files_of(held)
    for one in action.fields:
        yield one.id, files if one.type == "files" else held.given.get(one.id)
