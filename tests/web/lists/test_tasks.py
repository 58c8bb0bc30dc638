"""Tarefas: one's own list with what is overdue first, ticked off once, untouched by what arrives meanwhile (K19)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, gather, opener
from tests.web.conftest import NINE, Enter
from tratativa.cases import door
from tratativa.cases.acting import follow_ups, replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, FollowUp

Leave = Callable[..., FollowUp]


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("compra-agora")


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)(reason="Senha", words="Perdi a senha da loja.")


@pytest.fixture
def leave(cast: Cast, case: Case) -> Leave:
    def left(words: str = "Ligar de novo", hours: int = 2) -> FollowUp:
        with door.judging(case.pk, by=cast.marta, at=NINE) as change:
            return follow_ups.leave(change, words, NINE + timedelta(hours=hours))

    return left


def test_the_list_shows_what_is_mine_and_says_what_is_overdue(
    cast: Cast, leave: Leave, enter: Enter, clock: time_machine.Traveller
) -> None:
    leave("Ligar de novo", 2)
    leave("Cobrar a KA", 48)
    clock.move_to(NINE + timedelta(hours=3))

    page = enter(cast.marta).get("/tasks/").content.decode()

    assert page.index("Ligar de novo") < page.index("Cobrar a KA")
    assert page.count("Vencida") == 1


def test_a_task_is_ticked_off_once_and_is_gone(cast: Cast, leave: Leave, enter: Enter) -> None:
    task, marta = leave(), enter(cast.marta)

    for _twice in range(2):
        page = marta.post(f"/tasks/{task.pk}/done", follow=True).content.decode()

    assert "Tarefa concluída." in page and "Nenhuma tarefa em aberto" in page
    assert task.case.entries.filter(event="follow_up.done").count() == 1


def test_a_message_that_arrives_leaves_the_task_as_it_is(cast: Cast, case: Case, leave: Leave, enter: Enter) -> None:
    task = leave()

    replying.reply(case, Message("Consegui!"), by=cast.cliente, at=NINE + timedelta(minutes=5))

    task.refresh_from_db()
    assert (task.done_at, task.due_at) == (None, NINE + timedelta(hours=2))
    assert "Ligar de novo" in enter(cast.marta).get("/tasks/").content.decode()


def test_only_where_the_rulebook_knows_tasks_are_they_offered(cast: Cast, enter: Enter) -> None:
    assert 'href="/tasks/"' in enter(cast.marta).get("/cases/").content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(cast: Cast, leave: Leave, enter: Enter) -> None:
    marta = enter(cast.marta)
    leave()
    marta.get("/tasks/")
    with CaptureQueriesContext(connection) as one:
        marta.get("/tasks/")
    for number in range(5):
        leave(f"Tarefa {number}", number + 3)

    with CaptureQueriesContext(connection) as many:
        marta.get("/tasks/")

    assert len(many) == len(one) <= 5
