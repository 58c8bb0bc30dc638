"""Stops: which entry is the answer a clock waits for."""

from tratativa.cases import events
from tratativa.cases.clocks.happenings import Happening
from tratativa.cases.core import audience
from tratativa.cases.models import Deadline
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.deadlines import Deadline as Rule
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party

ANSWER = "resposta-do-parceiro"  # a queue's clock on its child case; no rulebook's deadline describes it


def answers(book: Rulebook, row: Deadline, entry: Happening) -> bool:
    """Whether this entry answers what the clock waits for."""
    if row.rule == ANSWER:
        return entry.event in {events.Posted.name, events.Answered.name} and entry.party == Party.PARTNER
    rule = book.deadline(row.rule)
    if rule is None or rule.stopped_by == "closing":
        return False
    if rule.starts.asked and entry.event == events.Answered.name:
        return entry.party == row.party
    if rule.stopped_by == "action" or isinstance(rule.stopped_by, tuple):
        stoppers = verdicts.stoppers(book, rule)
        if entry.event == events.ActionDone.name:
            return entry.data["action"] in stoppers and entry.party == row.party
        if book.replies.id not in stoppers:
            return False
    if rule.stopped_by == "public_reply":
        return _speaks(book, rule, entry)
    if entry.event != events.Posted.name:
        return False
    addressed = not row.to or entry.data["to"] == row.to
    readable = not row.to or audience.holds(entry.audience, Party(row.to))
    return entry.party == row.party and addressed and readable


def _got_what_was_asked(book: Rulebook, entry: Happening) -> bool:
    """Whether the customer cancelled the order by an action of their own, which ends the case: nothing is left to be
    answered. A seller's closing answers nothing (L-16)."""
    if entry.event != events.Closed.name or entry.party != Party.CUSTOMER:
        return False
    action = book.action(str(entry.data.get("because", "")).removeprefix("action:"))
    return action is not None and action.cancels({})


def _speaks(book: Rulebook, rule: Rule, entry: Happening) -> bool:
    """Whether a person of seller or marketplace says something the customer can read.

    The law's own clock takes an answer for one: a message, a text told, a ruling. To ask for something is none
    (Decreto 7.962/2013 art. 4: the demand is answered, not sent back).
    """
    if rule.legal and _got_what_was_asked(book, entry):
        return True
    by_a_person = entry.actor_id is not None and entry.party != Party.CUSTOMER
    if not by_a_person or not audience.holds(entry.audience, Party.CUSTOMER):
        return False
    if not rule.legal:
        return entry.event in {events.Posted.name, events.Asked.name, events.Told.name}
    asks = entry.event == events.Posted.name and entry.data.get("asks", False)
    return not asks and entry.event in {events.Posted.name, events.Told.name, events.Ruled.name}
