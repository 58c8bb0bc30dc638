"""Forms newly demanded, conduct, queues' clocks and procedures' timers are judged by the draft, too."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import MONDAY, Cast, local
from tests.replay.conftest import NEVER_BEFORE, otherwise, replayed, rules
from tests.replay.test_same_rules import SCENARIOS
from tratativa.accounts.models import Marketplace
from tratativa.cases.acting import actions, replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.replay import histories, report, running
from tratativa.replay.apart import words
from tratativa.replay.apart.forms import Filled, lacking
from tratativa.replay.asked import Asked
from tratativa.replay.tallies import BECOMES_MET, BECOMES_MISSED, Tally
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.scenarios import running as playing

FRIDAY = local("2026-11-27 09:00")
CLOSE = "encerrar-atendimento"


def closed(open_case: Callable[..., Case], cast: Cast) -> Case:
    """A case whose seller answered and closed it."""
    case, at = open_case(), MONDAY + timedelta(hours=2)
    replying.reply(case, Message("Já vou ver.", to="customer", customer_reads=True), by=cast.ana, at=at, warned=True)
    actions.perform(case, "Encerrar atendimento", by=cast.ana, at=MONDAY + timedelta(hours=3))
    return case


def told(tally: Tally, draft: dict[str, Any]) -> report.Report:
    book = Rulebook.model_validate(draft)
    return report.of(tally, draft=book, applies=Rulebook.model_validate(rules()), until=FRIDAY)


def test_an_action_done_without_a_field_the_draft_demands_would_have_been_refused(
    cast: Cast, open_case: Callable[..., Case]
) -> None:
    case = closed(open_case, cast)
    draft = otherwise("actions", "Encerrar atendimento", fields=[{"label": "Motivo", "required": True}])

    found = replayed(cast, draft, until=FRIDAY)

    assert found.refused == {(CLOSE, "seller", "Preencha «Motivo»."): 1}
    assert [one.protocol for one in found.examples["refused"]] == [case.protocol]


def test_a_field_that_is_only_offered_refuses_nothing(cast: Cast, open_case: Callable[..., Case]) -> None:
    closed(open_case, cast)

    found = replayed(
        cast, otherwise("actions", "Encerrar atendimento", fields=[{"label": "Motivo", "required": False}]),
        until=FRIDAY,
    )  # fmt: skip

    assert (found.refused, found.unknown, found.changed) == ({}, {}, 0)


def test_what_was_filled_in_is_known_and_of_older_entries_said_to_be_unknown() -> None:
    field = {"label": "Rastreio", "required": False}
    own, draft = (
        Rulebook.model_validate(otherwise("actions", "Encerrar atendimento", fields=[{**field, "required": must}]))
        for must in (False, True)
    )
    before, after = own.action(CLOSE), draft.action(CLOSE)
    assert before and after

    with_it = lacking(draft, after, Filled(before, {"fields": {}, "filled": ["rastreio"]}), MONDAY.date())
    without = lacking(draft, after, Filled(before, {"fields": {}, "filled": []}), MONDAY.date())
    older = lacking(draft, after, Filled(before, {"fields": {}}), MONDAY.date())

    assert with_it == ("", ())
    assert without == ("Preencha «Rastreio».", ())
    assert older == ("", ("rastreio",))


def test_conduct_says_what_it_would_have_refused_kept_and_let_go(cast: Cast, open_case: Callable[..., Case]) -> None:
    case = open_case()
    said = Message("Faça como combinamos: o manual está em exemplo.com.br/manual", to="customer", customer_reads=True)
    replying.reply(case, said, by=cast.ana, at=MONDAY + timedelta(hours=2))  # held until somebody reads it
    free, blocked = (
        rules(conduct=[{**one, "severity": severity} for one in rules()["conduct"] if one["id"] == "contato-externo"])
        for severity in ("warn", "block")
    )

    warned, refused = (replayed(cast, draft, until=FRIDAY) for draft in (free, blocked))

    assert warned.clocks["conduct_warn"] == {"contato-externo": 1}
    assert refused.clocks["conduct_block"] == {"contato-externo": 1} and refused.changed == 1
    group = next(one for one in told(refused, blocked).groups if one.key == "conduct_block")
    assert group.by_name[0][0].startswith("O atendimento ao cliente é feito só por aqui")
    assert [one.protocol for one in group.examples] == [case.protocol]
    assert replayed(cast, rules(), until=FRIDAY).changed == 0


def test_words_that_were_erased_are_counted_as_that(cast: Cast, open_case: Callable[..., Case]) -> None:
    case = closed(open_case, cast)
    history = histories.read([case.pk], answers=False)[0]  # no words were read for it: as if they were gone
    book = Rulebook.model_validate(rules())

    found, erased = words.judged(history, book, book, {})

    assert (found, erased) == ([], 1)
    assert "já foi apagada" in " ".join(told(Tally(cases=1, erased=erased), rules()).headline)


def played(name: str, change: Callable[[dict[str, Any]], None], until: datetime) -> Tally:
    """A story of Compra Agora, replayed under its rules with something changed."""
    scenario = next(one for one in SCENARIOS if one.name == name)
    list(playing._play(scenario))
    folder = shipped.folder("compra-agora")
    assert folder
    data = json.loads(json.dumps(reading.load(folder).data))
    change(data)
    place = Marketplace.objects.latest("id")
    return running.run(Asked(place.pk, json.dumps(data), NEVER_BEFORE, until), workers=1)


def steps(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for one in data["playbooks"] for step in one["steps"].values()]


UNANSWERED = "O distribuidor silencia, e o pedido vai para a NRP"
ON_THE_LINE = "Por telefone, o e-mail chega enquanto se espera em linha"


@pytest.mark.django_db
def test_a_queue_that_was_silent_would_still_have_time_where_the_draft_gives_more() -> None:
    def longer(data: dict[str, Any]) -> None:
        for one in [*data["queues"], *(step["escalate"] for step in steps(data) if "escalate" in step)]:
            one["within"] = "90 days"

    found = played(UNANSWERED, longer, local("2026-12-10 09:00"))

    less = found.clocks[BECOMES_MET]
    assert less and all(name.startswith("queue:") for name in less)
    assert (found.cases, found.inexact) == (1, 0)


@pytest.mark.django_db
def test_who_answered_a_step_later_than_the_draft_gives_would_have_missed_it() -> None:
    def shorter(data: dict[str, Any]) -> None:
        for step in steps(data):
            if step.get("within") == "5 minutes":
                step["within"] = "2 minutes"

    found = played(ON_THE_LINE, shorter, local("2026-12-01 09:00"))

    assert list(found.clocks[BECOMES_MISSED].values()) == [1]
    assert next(iter(found.clocks[BECOMES_MISSED])).startswith("step:")


@pytest.mark.django_db
@pytest.mark.parametrize("name", [UNANSWERED, ON_THE_LINE])
def test_under_their_own_rules_queues_and_steps_end_as_they_did(name: str) -> None:
    found = played(name, lambda _data: None, local("2026-12-01 09:00"))

    assert (found.changed, found.inexact, found.clocks) == (0, 0, {})
