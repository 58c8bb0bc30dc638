"""The demonstration as a visitor meets it: real settings, real pages, real clock."""

from collections.abc import Callable
from typing import LiteralString

import psycopg

from tests.config.desks import Desk, until
from tratativa.serve import postgres
from tratativa.web.frame import assets

REAL = {"DJANGO_SETTINGS_MODULE": "tratativa.config.settings"}


def test_a_visitor_finds_the_cast_and_a_missed_deadline_is_judged_after_downtime(
    make_desk: Callable[..., Desk],
) -> None:
    # A database somebody works with is not touched: this address would refuse every connection.
    desk = make_desk(**REAL, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    desk.start("demo")

    assert f"Escolha quem ser:     {desk.address}/demo/" in desk.said()
    sheet = assets.url("web/entrance.css")
    assert [desk.get(path) for path in ("/demo/", "/accounts/login/", sheet)] == [200, 200, 200]
    assert desk.stop() == 0
    assert "Traceback" not in desk.said()

    deadline = fall_due_while_nobody_serves(desk)
    again = make_desk(**REAL)
    again.start("demo")

    home = again.home / "demo"
    until(lambda: ask(postgres.running(home), MISSED, deadline), "the deadline to be judged")
    assert ask(postgres.running(home), "select count(*) from accounts_marketplace") == [(5,)]


RUNNING = "select id from cases_deadline where state = 'running' and party = 'seller' order by due_at limit 1"
PAST = """
    update cases_deadline set due_at = now() - interval '1 hour', next_at = now() - interval '1 hour'
    where id = %s returning id
"""
MISSED = "select 1 from cases_deadline where id = %s and state = 'missed'"


def fall_due_while_nobody_serves(desk: Desk) -> object:
    """Puts one running deadline an hour back; its id."""
    server = postgres.Server(desk.home / "demo")
    server.start()
    ((deadline,),) = ask(server.url, RUNNING)
    ask(server.url, PAST, deadline)
    server.stop()
    return deadline


def ask(url: str | None, query: LiteralString, *values: object) -> list[tuple[object, ...]]:
    assert url, "nobody keeps this database"
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query, values).fetchall()
