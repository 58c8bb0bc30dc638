"""Actions: what the verdict gives a party, and doing one of them with its fields."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.acting import payouts, pending, pressing, replying
from tratativa.cases.clocks import judgement
from tratativa.cases.core import audience, effects, facts, order_lines, roles, rulebook_versions
from tratativa.cases.core.change import Change
from tratativa.cases.core.filled import fields as fields_
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.files import attachments
from tratativa.cases.messages import beside, conduct, telling
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Held
from tratativa.orders import invoices
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.form_facts import KEPT
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.verdict import Unavailable, Verdict

# What a party does for itself alone; others have no business knowing.
_PRIVATE = {"note", "assign"}
_SETTLING = (
    arguments.Assign, arguments.CancelOrder, arguments.Close, arguments.HandOver, arguments.Refund, arguments.Rule,
)  # fmt: skip


def verdict(case: Case, by: Actor, *, at: datetime) -> Verdict:
    """Who may do what on this case at this moment, and until when, for the actor's party and role."""
    book = rulebook_versions.of(case)
    clocks = judgement.clocks(judgement.unanswered(case), book)
    return roles.narrow(verdicts.verdict(book, facts.of_case(case, by, at), clocks, by.party), by)


def settles(action: Action) -> bool:
    """Whether it ends, decides, hands on or pays something: whoever does it must have seen the case as it stands.

    What the customer has written meanwhile would be closed over, and two would take one case (P-08).
    """
    return action.place in {"close", "assign", "ruling"} or any(
        isinstance(one.argument, _SETTLING) for one in action.do
    )


def perform(
    case: Case,
    name: str,
    *,
    by: Actor,
    at: datetime,
    fields: Mapping[str, Any] | None = None,
    checked: Collection[str] | None = None,
    warned: bool = False,
    seen: int | None = None,
) -> Case:
    """Does an action, named by id or label; returns the case it happened on.

    `fields` are keyed by a field's id or label. `checked` holds the `check_first` statements that were ticked;
    None says all. A reply takes `text`, `to`, `customer_reads` and `files`. Raises Invalid, NotAllowed, Outdated.
    """
    given = {slug(key): value for key, value in (fields or {}).items()}
    action = _named(case, name, by)
    pressing.say_own(case, by=by, at=at)
    if action.id == rulebook_versions.of(case).replies.id:
        return replying.reply(case, _message(given), by=by, at=at, warned=warned, seen=seen)
    try:
        action = offering_lines(case, action)
        clean = _filled(case, action.under(case.reason), given, by=by, at=at, checked=checked, warned=warned)
    except Invalid:
        _refuse_unavailable(case, action, by=by, at=at)
        raise
    with door.changing(case.pk, action.id, by=by, at=at, seen=seen) as change:
        if settles(action):
            beside.refuse(change)
        change.fields, change.warned = clean, warned
        change.action = offering_lines(change.case, change.action or action)
        hold = pending.of_action(change, action)
        if hold:
            payouts.check(change, change.action)
            pending.action(change, action, hold)
        else:
            _do(change, action)
    return change.case


def _named(case: Case, name: str, by: Actor) -> Action:
    """The action a party has by this id or label. Raises NotAllowed where it has none."""
    offered = verdicts.actions_of(rulebook_versions.of(case), by.party)
    action = next((one for one in offered if one.is_called(name)), None)
    if action is None:
        raise NotAllowed(_("Esta ação não existe para você neste atendimento."))
    return action


def _message(given: Mapping[str, Any]) -> Message:
    """What a reply was filled in with."""
    return Message(
        str(given.get("text", "")),
        to=str(given.get("to", "")),
        customer_reads=bool(given.get("customer-reads")),
        files=given.get("files", ()),
        wait_for_answer=bool(given.get("wait-for-answer")),
    )


def _refuse_unavailable(case: Case, action: Action, *, by: Actor, at: datetime) -> None:
    """Raises NotAllowed where the action could not be done anyway: then nobody is told to mend its form."""
    answer = verdict(case, by, at=at).find(action.id)
    if isinstance(answer, Unavailable) and answer.why:
        raise NotAllowed(answer.why) from None


def _filled(
    case: Case,
    action: Action,
    given: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    checked: Collection[str] | None,
    warned: bool,
) -> dict[str, Any]:
    """The form of an action, read; raises Invalid for what is wrong with it, by field."""
    book = rulebook_versions.of(case)
    clean = fields_.clean(
        action.fields, given, today=at.astimezone(book.clock.zone).date(), money=book.money, land=book.land
    )
    _check_needs(action, clean)
    _check_statements(action, checked)
    _check_words(book, action, clean, by=by, warned=warned)
    return clean


def offering_lines(case: Case, action: Action) -> Action:
    """The action, the lines of the case's order among the choices of its form where it asks for lines."""
    fields = order_lines.offered(case, action.fields)
    return action if fields == action.fields else action.model_copy(update={"fields": fields})


def at_place(book: Rulebook, party: Party, place: str) -> Action | None:
    """The party's action that pages draw at this place (`assign`, `close`, …), if the rulebook has one."""
    return next((one for one in book.actions if one.place == place and party in one.by), None)


def let_go(change: Change, held: Held) -> None:
    """Does an action that was held, as it was filled in then. The door was opened in its author's name."""
    assert change.action is not None
    action = change.action = offering_lines(change.case, change.action)
    change.fields, change.warned = dict(pending.given_again(held, action)), True
    _do(change, action)


def _check_words(book: Rulebook, action: Action, given: Mapping[str, Any], *, by: Actor, warned: bool) -> None:
    """Raises Invalid where conduct refuses, or warns of, what an action would tell the customer."""
    for field, words in pending.spoken(action, given).items():
        conduct.check(book, words, by=by, readers=audience.EVERYONE, warned=warned, field=field)


def _check_needs(action: Action, given: Mapping[str, Any]) -> None:
    """Raises Invalid where the case's reason demands of the action what nobody filled in (M-10)."""
    lacking = {need.lacking(given, invoices.written): need.why for need in action.needs}
    if wrong := {name: why for name, why in lacking.items() if name}:
        raise Invalid(wrong)


def _check_statements(action: Action, checked: Collection[str] | None) -> None:
    if checked is None:
        return
    missing = [statement for statement in action.check_first if statement not in checked]
    if missing:
        raise Invalid({"checked": _("Confirme antes: %(statement)s") % {"statement": missing[0]}})


def _do(change: Change, action: Action) -> None:
    kept = {field.id: change.fields[field.id] for field in action.fields if field.type in KEPT}
    filled = [field.id for field in action.fields if fields_.is_filled(change.fields.get(field.id))]
    said = events.ActionDone(action=action.id, fields=kept, filled=filled)
    # What no message takes along stays with the action.
    files = () if any(_is_message(change, effect) for effect in action.do) else change.take_files()
    attachments.record(change, said, files, to=_readers(change, action))
    for effect in action.do:
        effects.run(change, effect)
    if action.place == "help" and change.case.is_open:
        change.case.helping = True
    if action.id not in change.case.done:
        change.case.done = [*change.case.done, action.id]


def _is_message(change: Change, effect: Effect) -> bool:
    argument = effect.argument
    says = isinstance(argument, arguments.Hear | arguments.Write) and bool(telling.said_in(change, argument))
    return says and effects.happens(change, effect)


def _readers(change: Change, action: Action) -> int:
    if all(effect.name in _PRIVATE for effect in action.do):
        return audience.of(change.by.party)
    if change.by.party is Party.CUSTOMER:
        return audience.EVERYONE
    return audience.of(change.by.party, Party.MARKETPLACE)
