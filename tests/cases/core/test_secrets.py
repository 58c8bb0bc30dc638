"""What one party must never learn: words, and that there were words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast
from tratativa.cases.acting import actions, replying
from tratativa.cases.core import facts, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.reading import inbox, timeline
from tratativa.mail.models import Letter

Opened = Callable[..., Case]


def test_what_seller_and_marketplace_say_to_each_other_leaves_no_trace_with_the_customer(
    open_case: Opened, cast: Cast
) -> None:
    case = open_case()
    replying.reply(
        case, Message("Chega hoje.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY + timedelta(hours=1)
    )
    case.refresh_from_db()
    before = timeline.read(case, cast.cliente), facts.of_case(case, cast.cliente)["case.waiting_on"]
    letters = Letter.objects.filter(party="customer").count()

    replying.reply(case, Message("O lote tem defeito.", to="marketplace"), by=cast.ana, at=MONDAY + timedelta(hours=2))
    replying.reply(case, Message("Recolham.", to="seller"), by=cast.marta, at=MONDAY + timedelta(hours=3))
    actions.perform(case, "Anotar", by=cast.ana, at=MONDAY + timedelta(hours=4), fields={"texto": "x"})

    case.refresh_from_db()
    assert case.waiting_on == "seller"
    assert (timeline.read(case, cast.cliente), facts.of_case(case, cast.cliente)["case.waiting_on"]) == before
    assert Letter.objects.filter(party="customer").count() == letters


def test_a_case_between_seller_and_marketplace_does_not_exist_for_the_customer(open_case: Opened, cast: Cast) -> None:
    case = open_case(by=cast.ana, to="marketplace", words="Preciso de ajuda.")
    everything, _errors = inbox.parse({"tab": "all"})

    assert not visibility.visible_cases(cast.cliente).filter(pk=case.pk).exists()
    assert inbox.page(cast.cliente, everything, at=MONDAY).cases == []
    assert len(inbox.page(cast.ana, everything, at=MONDAY).cases) == 1


def test_a_sellers_own_note_is_read_by_its_team_alone(open_case: Opened, cast: Cast) -> None:
    case = open_case()
    note = next(
        action for action in actions.verdict(case, cast.ana, at=MONDAY).available if action.action.place == "note"
    ).action
    fields = {note.fields[0].id: "Cliente difícil."}

    actions.perform(case, note.id, by=cast.ana, at=MONDAY, fields=fields)

    assert "Cliente difícil." in [line.words for line in timeline.read(case, cast.chefe)]
    for other in (cast.cliente, cast.marta):
        assert "Cliente difícil." not in [line.words for line in timeline.read(case, other)]


def test_a_letters_link_reaches_its_one_case(open_case: Opened, cast: Cast) -> None:
    one, other = open_case(), open_case()

    by_link = replace(cast.cliente, only_case=one.pk)

    assert list(visibility.visible_cases(by_link)) == [one]
    assert set(visibility.visible_texts(by_link).values_list("case", flat=True)) == {one.pk}
    assert other in visibility.visible_cases(cast.cliente)


def test_an_agent_takes_a_case_and_only_an_administrator_hands_it_to_another(open_case: Opened, cast: Cast) -> None:
    case = open_case()
    assign = next(
        one.action for one in actions.verdict(case, cast.ana, at=MONDAY).available if one.action.place == "assign"
    )

    actions.perform(case, assign.id, by=cast.ana, at=MONDAY, fields={assign.fields[0].id: str(cast.ana.person_id)})
    with pytest.raises(NotAllowed):
        fields = {assign.fields[0].id: str(cast.chefe.person_id)}
        actions.perform(case, assign.id, by=cast.ana, at=MONDAY, fields=fields)
    actions.perform(case, assign.id, by=cast.chefe, at=MONDAY, fields={assign.fields[0].id: str(cast.ana.person_id)})
    with pytest.raises(NotAllowed):
        fields = {assign.fields[0].id: str(cast.rival.person_id)}
        actions.perform(case, assign.id, by=cast.chefe, at=MONDAY, fields=fields)

    case.refresh_from_db()
    assert case.seller_assignee_id == cast.ana.person_id
    assert case.assignee_id is None


def test_neither_side_learns_who_is_responsible_on_the_other(open_case: Opened, cast: Cast) -> None:
    case = open_case()
    for actor in (cast.marta, cast.ana):
        assign = next(
            one.action for one in actions.verdict(case, actor, at=MONDAY).available if one.action.place == "assign"
        )
        actions.perform(case, assign.id, by=actor, at=MONDAY, fields={assign.fields[0].id: str(actor.person_id)})

    case.refresh_from_db()
    assert case.assignee_for(cast.marta.party) == case.assignee
    assert (case.assignee_id, case.seller_assignee_id) == (cast.marta.person_id, cast.ana.person_id)


def test_a_private_note_outdates_no_page_of_the_other_side(open_case: Opened, cast: Cast) -> None:
    case = open_case()
    case.refresh_from_db()
    seen, active = case.row_version, case.last_activity_at

    actions.perform(case, "Anotar", by=cast.marta, at=MONDAY + timedelta(hours=1), fields={"texto": "Ligar amanhã."})

    case.refresh_from_db()
    assert (case.row_version, case.last_activity_at) == (seen, active)


@pytest.mark.parametrize("words", ["\u200b", "\u2800", " \u00a0\n", "\u3164\u200d", "\u0301"])
def test_what_nobody_can_see_answers_nobody(open_case: Opened, cast: Cast, words: str) -> None:
    with pytest.raises(Invalid):
        replying.reply(open_case(), Message(words, to="customer", customer_reads=True), by=cast.ana, at=MONDAY)
