"""The one door: nothing changes a case except inside `changing`, and everything it changes is one transaction."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts import reach
from tratativa.accounts.actors import Actor
from tratativa.cases.clocks import judgement, planning
from tratativa.cases.core import audience, facts, listeners, live, protocols, roles, rulebook_versions
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import NotAllowed, Outdated
from tratativa.cases.models import Case, Entry, Pressed
from tratativa.cases.sentences import registry
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.facts import Facts
from tratativa.rulebook.verdict import Available, Unavailable, Verdict

_OWN_AT_MOST = 20  # messages of one's own that a page need not have shown


@contextmanager
def changing(case_id: uuid.UUID, name: str, *, by: Actor, at: datetime, seen: int | None = None) -> Iterator[Change]:
    """Opens the door for one action of `by`, named by id or label.

    Raises NotAllowed when the verdict refuses, Outdated when `seen` (the row version a form was drawn
    from) is no longer the case's, and Case.DoesNotExist when there is no such case.
    """
    with _entered(case_id, by=by, at=at) as change:
        if seen is not None and not _saw(change.case, seen, by):
            raise Outdated
        change.action = _allowed(change, name)
        change.because = f"action:{change.action.id}"
        yield change
        settle(change)


@contextmanager
def resuming(case_id: uuid.UUID, name: str, *, by: Actor, at: datetime, asked_at: datetime) -> Iterator[Change]:
    """Opens the door for an action that was held since `asked_at`, in its author's name. Raises NotAllowed."""
    with _entered(case_id, by=by, at=at) as change:
        change.action = _allowed(change, name, held=())  # it is let go: that it was held forbids nothing now
        change.acted_at = asked_at
        change.because = f"action:{change.action.id}"
        yield change
        settle(change)


@contextmanager
def beginning(case: Case, *, by: Actor, at: datetime) -> Iterator[Change]:
    """Opens the door for a case that does not exist yet: it gets its number and is stored."""
    roles.check(by)
    with transaction.atomic(), reach.within(by.marketplace_id, by.person_id), rulebook_versions.own_words():
        book = rulebook_versions.of(case)
        case.protocol = protocols.issue(at.astimezone(book.clock.zone).date())
        case.save(force_insert=True)
        change = Change(case, book, by, at, because="opened")
        yield change
        settle(change)


@contextmanager
def judging(case_id: uuid.UUID, *, by: Actor, at: datetime) -> Iterator[Change]:
    """Opens the door for the clock, and for facts that came back from other systems: no action, no verdict."""
    with _entered(case_id, by=by, at=at) as change:
        yield change
        settle(change)


@contextmanager
def judging_two(first: uuid.UUID, second: uuid.UUID, *, by: Actor, at: datetime) -> Iterator[tuple[Change, Change]]:
    """As `judging`, for two cases at once, in the order they were named. Raises Case.DoesNotExist for one unknown."""
    with transaction.atomic():
        # Both rows before anything of either, by their keys: two colleagues who name them crosswise wait, not deadlock.
        pair = Case.objects.select_for_update().only("id").filter(pk__in={first, second}).order_by("pk")
        if len(pair) < 2:
            raise Case.DoesNotExist
        with judging(first, by=by, at=at) as here, judging(second, by=by, at=at) as there:
            yield here, there


def settle(change: Change) -> None:
    """What every change ends in: clocks re-planned, the row saved, everyone told."""
    listeners.follow(change)
    planning.replan(change)
    judgement.judge(change)  # a clock that was planned anew may have run out already: it is missed, not running
    case = change.case
    news = [entry for entry in change.entries if _is_news(entry)]
    if news:
        case.row_version += 1
        case.last_activity_at = max(case.last_activity_at, *(entry.at for entry in news))
    change.save()
    listeners.react(change)
    live.announce(change.case, change.entries)


def _is_news(entry: Entry) -> bool:
    """Whether it outdates pages: the other side has something new to read, or one's own a new responsible person.

    One's own notes, and clocks ticking, outdate none.
    """
    telling = registry.of(entry.event)
    return telling.shared or (telling.news and len(audience.parties(entry.audience)) > 1)


def _saw(case: Case, seen: int, by: Actor) -> bool:
    """Whether whoever acts from a page of this version knows the case as it stands: nothing came since, or nothing but
    messages of their own that had waited to be said (ADR 108)."""
    missing = set(range(seen + 1, case.row_version + 1))
    if seen >= case.row_version or len(missing) > _OWN_AT_MOST or by.person_id is None:
        return seen == case.row_version
    own = Pressed.objects.filter(case=case, person_id=by.person_id, said_version__in=missing)
    return own.count() == len(missing)


@contextmanager
def _entered(case_id: uuid.UUID, *, by: Actor, at: datetime) -> Iterator[Change]:
    """The case, locked while its whole marketplace is in reach, for what follows may concern others than `by`; who
    does not reach the case itself does not come in."""
    roles.check(by)
    with transaction.atomic():
        # Lock the case before anything else: verbs take case, then clocks, and the other order deadlocks.
        Case.objects.select_for_update().only("id").get(pk=case_id)
        # What happens here is kept, and others read it: rulebooks speak their own language.
        with reach.within(by.marketplace_id, by.person_id), rulebook_versions.own_words():
            yield _enter(case_id, by=by, at=at)


def _enter(case_id: uuid.UUID, *, by: Actor, at: datetime) -> Change:
    case = Case.objects.select_related(
        "order__seller", "asked_seller", "seller", "customer", "partner", "marketplace"
    ).get(pk=case_id)
    change = Change(case, rulebook_versions.of(case), by, at)
    change.clocks = judgement.unanswered(case)
    # A click after the due time must not count as in time only because the sweep has not come by yet.
    judgement.judge(change)
    return change


def _allowed(change: Change, name: str, *, held: Sequence[str] | None = None) -> Action:
    """The action of this name; `held` instead of what the case holds. Raises NotAllowed with the verdict's reason."""
    known = facts.of_case(change.case, change.by, change.at)
    if held is not None:
        known = {**known, "history.held": frozenset(held)}
    verdict = _verdict(change, change.book, known)
    answer = verdict.find(change.book.name_of("actions", name))
    if isinstance(answer, Available):
        return answer.action
    if isinstance(answer, Unavailable):
        with rulebook_versions.for_readers():
            said = _verdict(change, rulebook_versions.of(change.case), known).find(answer.action.id)
        if isinstance(said, Unavailable) and said.why:
            raise NotAllowed(said.why)
    raise NotAllowed(_("Esta ação não está disponível neste atendimento."))


def _verdict(change: Change, book: Rulebook, known: Facts) -> Verdict:
    given = verdicts.verdict(book, known, judgement.clocks(change.clocks, book), change.by.party)
    return roles.narrow(given, change.by)
