"""Other rules change exactly what somebody who counts by hand says, and nothing of the past itself."""

from collections.abc import Callable
from datetime import timedelta

from tests.cast import MONDAY, Cast, local
from tests.replay.conftest import otherwise, replayed, rules
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, replying
from tratativa.cases.core import facts
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry
from tratativa.replay import tallies
from tratativa.rulebook.language.rulebook import Rulebook

ANSWER, FRIDAY = "responder-ao-cliente", local("2026-11-27 09:00")


def _answered(case: Case, cast: Cast, hours: float) -> None:
    """The seller answers so many hours after Monday at nine; before that the clock has been swept."""
    at = MONDAY + timedelta(hours=hours)
    sweeping.sweep(at=at)
    replying.reply(case, Message("Já vou ver.", to="customer", customer_reads=True), by=cast.ana, at=at)


def test_a_shorter_deadline_is_missed_by_whoever_answered_later(cast: Cast, open_case: Callable[..., Case]) -> None:
    # Americanas gives 12 business hours or 24 hours, whichever ends first: until Tuesday 9:00 for Monday's 9:00.
    early, late = open_case(), open_case()
    _answered(early, cast, 3)
    _answered(late, cast, 5)

    found = replayed(cast, otherwise("deadlines", "Responder ao cliente", within="4 hours"), until=FRIDAY)

    assert found.was[ANSWER] == {"met": 2}
    assert found.would[ANSWER] == {"met": 1, "missed": 1}
    assert found.clocks[tallies.BECOMES_MISSED] == {ANSWER: 1}
    shown = found.examples[tallies.BECOMES_MISSED]
    assert [(one.protocol, one.was[:16], one.would[:16]) for one in shown] == [
        (late.protocol, "2026-11-24T12:00", "2026-11-23T13:00")
    ]
    assert (found.cases, found.inexact, found.changed) == (2, 0, 2)  # the other one only ends at another hour


def test_a_longer_deadline_is_met_by_whoever_was_late(cast: Cast, open_case: Callable[..., Case]) -> None:
    case = open_case()
    _answered(case, cast, 30)

    found = replayed(cast, otherwise("deadlines", "Responder ao cliente", within="48 hours"), until=FRIDAY)

    assert found.was[ANSWER] == {"missed": 1}
    assert found.would[ANSWER] == {"met": 1}
    assert found.clocks[tallies.BECOMES_MET] == {ANSWER: 1}


def test_a_miss_that_is_none_counts_nothing_for_the_seller(cast: Cast, open_case: Callable[..., Case]) -> None:
    _answered(open_case(), cast, 30)

    found = replayed(cast, otherwise("deadlines", "Responder ao cliente", within="48 hours"), until=FRIDAY)

    score = found.scores[str(cast.seller.pk), "resposta-perdida"]
    assert (sum(score.was.values()), sum(score.would.values())) == (1, 0)


def test_a_miss_that_would_have_been_one_counts(cast: Cast, open_case: Callable[..., Case]) -> None:
    _answered(open_case(), cast, 5)

    found = replayed(cast, otherwise("deadlines", "Responder ao cliente", within="4 hours"), until=FRIDAY)

    score = found.scores[str(cast.seller.pk), "resposta-perdida"]
    assert (sum(score.was.values()), sum(score.would.values())) == (0, 1)


def test_an_action_the_draft_refuses_is_told_with_its_rule(cast: Cast, open_case: Callable[..., Case]) -> None:
    case = open_case()
    _answered(case, cast, 2)
    actions.perform(case, "Encerrar atendimento", by=cast.ana, at=MONDAY + timedelta(hours=3))
    draft = otherwise(
        "actions", "Encerrar atendimento", when={"order.stage": "cancelled"}, otherwise="Só depois de cancelado."
    )

    found = replayed(cast, draft, until=FRIDAY)

    assert found.refused == {("encerrar-atendimento", "seller", "Só depois de cancelado."): 1}
    assert [one.protocol for one in found.examples["refused"]] == [case.protocol]


def test_an_action_the_draft_no_longer_has_is_refused(cast: Cast, open_case: Callable[..., Case]) -> None:
    case = open_case()
    _answered(case, cast, 2)
    actions.perform(case, "Encerrar atendimento", by=cast.ana, at=MONDAY + timedelta(hours=3))
    draft = rules(actions=[one for one in rules()["actions"] if one["label"] != "Encerrar atendimento"])

    found = replayed(cast, draft, until=FRIDAY)

    assert found.refused == {("encerrar-atendimento", "seller", ""): 1}


def test_what_a_miss_offers_under_the_draft_is_there_to_be_used(cast: Cast, open_case: Callable[..., Case]) -> None:
    # The customer asked for mediation after the miss; under a longer deadline there was none to offer it.
    case = open_case()
    sweeping.sweep(at=MONDAY + timedelta(hours=25))
    actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=MONDAY + timedelta(hours=26))

    found = replayed(cast, otherwise("deadlines", "Responder ao cliente", within="48 hours"), until=FRIDAY)

    assert sum(found.refused.values()) == 1
    assert next(iter(found.refused))[:2] == ("falar-com-a-americanas", "customer")


def test_a_deadline_that_is_new_and_one_that_is_gone_are_told(cast: Cast, open_case: Callable[..., Case]) -> None:
    _answered(open_case(), cast, 2)
    law = {"label": "Confirmar", "party": "seller", "starts": {"opened": "customer"}, "within": "1 hour"}
    others = [one for one in rules()["deadlines"] if one["label"] != "Responder ao cliente"]

    found = replayed(cast, rules(deadlines=[*others, law]), until=FRIDAY)

    assert found.clocks[tallies.APPEARS] == {"confirmar": 1}
    assert found.clocks[tallies.GONE] == {ANSWER: 1}
    assert found.would["confirmar"] == {"missed": 1}


def test_only_cases_opened_in_the_span_are_judged(cast: Cast, open_case: Callable[..., Case]) -> None:
    open_case()

    assert replayed(cast, rules(), until=FRIDAY, since=MONDAY + timedelta(minutes=1)).cases == 0
    assert replayed(cast, rules(), until=FRIDAY, since=MONDAY).cases == 1


def test_a_replay_leaves_the_past_as_it_was(cast: Cast, open_case: Callable[..., Case]) -> None:
    case = open_case()
    _answered(case, cast, 30)
    case.refresh_from_db()
    before = (Case.objects.values().get(pk=case.pk), list(Entry.objects.order_by("number").values("hash")))
    clocks = list(case.deadlines.order_by("id").values())

    replayed(cast, otherwise("deadlines", "Responder ao cliente", within="2 hours"), until=FRIDAY)

    assert before == (Case.objects.values().get(pk=case.pk), list(Entry.objects.order_by("number").values("hash")))
    assert clocks == list(case.deadlines.order_by("id").values())


def test_two_tallies_add_up_and_come_back_from_storage(cast: Cast, open_case: Callable[..., Case]) -> None:
    _answered(open_case(), cast, 5)
    draft = otherwise("deadlines", "Responder ao cliente", within="4 hours")
    one = replayed(cast, draft, until=FRIDAY)

    twice = tallies.Tally.of_json(one.as_json())
    twice.add(one)

    assert (twice.cases, twice.would[ANSWER]["missed"]) == (2, 2)
    assert len(twice.examples[tallies.BECOMES_MISSED]) == 1


def test_the_right_to_withdraw_is_the_draft_s_and_not_the_one_the_case_lived_under(
    cast: Cast, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    case.order.delivered_at = MONDAY - timedelta(days=20)  # type: ignore[union-attr]  # it has one
    said = rules()["withdrawal"]
    books = [Rulebook.model_validate(rules(withdrawal={**said, "within": within})) for within in ("7 days", "30 days")]

    windows = [facts.under(book, case, at=MONDAY)["order.regret_window"] for book in books]

    assert windows == ["closed", "open"]
