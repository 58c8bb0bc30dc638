"""Aftermath: what these rules say follows from a miss that was none then, or from an action they say otherwise.

Only what changes the row or counts for the seller is followed: nobody is written to, nothing is asked of anybody.
"""

from collections.abc import Iterator

from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.filled import form_facts
from tratativa.cases.models import Deadline
from tratativa.replay.histories import Counted, Happened
from tratativa.replay.past_case import PastCase
from tratativa.rulebook.language.arguments import Close, Count, MarkCritical, Mediate, Offer, WaitFor
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party

_CLOCK = {"actor.party": str(Party.MARKETPLACE), "actor.role": "clock"}


def of_miss(past: PastCase, clock: Deadline, marks: list[Counted]) -> Iterator[Happened]:
    """What the rule of this clock leads to, an entry at a time, each asked once those before it were folded.

    What counts for the seller is added to `marks`.
    """
    rule = past.book.deadline(clock.rule)
    for effect in rule.missed if rule else ():
        if not effect.when.holds({**past.facts(None, clock.due_at), **_CLOCK}):
            continue
        if isinstance(effect.argument, Count):
            marks.append(Counted(effect.argument.metric, clock.due_at, f"deadline:{clock.rule}@"))
        yield from _entries(past, effect, clock)


def counted_by_action(past: PastCase, done: Happened) -> Iterator[Counted]:
    """What an action counts for the seller under these rules, filled in as it was."""
    action = past.book.action(done.data["action"])
    counting = [(one.argument, one.when) for one in action.do if isinstance(one.argument, Count)] if action else []
    for argument, when in counting:
        known = {**past.facts(None, done.at), "actor.party": done.party, **form_facts.now(done.data["fields"])}
        if when.holds(known):
            yield Counted(argument.metric, done.at, f"action:{done.data['action']}@")


def _entries(past: PastCase, effect: Effect, clock: Deadline) -> Iterator[Happened]:
    case, argument = past.case, effect.argument
    if isinstance(argument, Offer):
        if slug(argument.action) not in case.offered:
            yield _said(past, clock, events.Offered(action=slug(argument.action)))
    elif isinstance(argument, Close):
        if case.is_open:
            yield _said(past, clock, events.Closed(because=f"deadline:{clock.rule}"))
    elif isinstance(argument, MarkCritical):
        if not case.critical:
            yield _said(past, clock, events.MarkedCritical())
    elif isinstance(argument, Mediate):
        yield _said(past, clock, events.MediationAsked())
        yield _said(past, clock, events.TurnPassed(to=str(Party.MARKETPLACE)))
    elif isinstance(argument, WaitFor):
        yield _said(past, clock, events.TurnPassed(to=str(argument.party)))


def _said(past: PastCase, clock: Deadline, event: events.Event) -> Happened:
    readers = audience.EVERYONE if past.case.customer_in else audience.TEAM_AND_SELLER
    return Happened(0, event.name, event.data(), str(Party.MARKETPLACE), None, readers, clock.due_at)
