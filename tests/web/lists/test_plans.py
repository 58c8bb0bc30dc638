"""Among many rows, no list of the marketplace's desk reads a whole table: PostgreSQL says how it would look them up."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import Cast, local, opener
from tests.tampering import owning
from tests.web.conftest import NINE
from tratativa.accounts import reach
from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case
from tratativa.cases.reading import inbox, paging
from tratativa.cases.reading.listed import listing

AT = local("2026-11-23 09:30")
MANY = 20_000


@pytest.fixture
def many(cast: Cast) -> Cast:
    """Twenty thousand cases, most of them over, copied from one in the database."""
    case = opener(cast)(at=NINE)
    names = [one.column for one in Case._meta.concrete_fields]
    own = {
        "id": "gen_random_uuid()", "protocol": "'x' || n", "value_cents": "n", "once": "null",
        "closed_at": "case when n %% 20 = 0 then null else opened_at end",
        "waiting_on": "case when n %% 20 = 0 then waiting_on else 'nobody' end",
        "last_activity_at": "last_activity_at - n * interval '1 minute'", "critical": "n %% 500 = 0",
        "assignee_id": f"case when n %% 100 = 0 then '{cast.marta.person_id}'::uuid end",
    }  # fmt: skip
    picked = ", ".join(own.get(name, name) for name in names)
    with owning(), connection.cursor() as cursor:
        cursor.execute(
            # Our own columns and expressions.
            f"insert into cases_case ({', '.join(names)}) select {picked} from cases_case, generate_series(1, {MANY}) n"  # noqa: S608
            " where id = %s", [case.pk],
        )  # fmt: skip
        cursor.execute("analyze cases_case")
    return cast


def plan(actor: Actor, query: dict[str, str]) -> str:
    """How PostgreSQL would look up the first page."""
    filters, errors = inbox.parse({"tab": "all", "history": "all", **query})
    assert not errors
    with reach.within(*actor.owners):
        found = inbox.selected(actor, filters, at=AT).order_by(*inbox.order(filters, actor))[: paging.SIZE + 1]
        return found.explain()


@pytest.mark.parametrize(
    "query",
    [
        {"tab": "mine", "sort": "due"}, {"tab": "all"}, {"tab": "closed"}, {"tab": "overdue"}, {"tab": "mediation"},
        {"assignee": "me"}, {"assignee": "nobody"}, {"channel": "page"}, {"critical": "yes"}, {"carrier": "Sul"},
        {"q": "valor:>19900"}, {"q": "prazo:<4h"}, {"q": "prazo:vencido"}, {"q": "de:joana"}, {"q": "pedido:1001"},
        {"q": "status:aberto"}, {"q": "responsavel:eu"}, {"q": "critico:sim"},
    ],
)  # fmt: skip
def test_no_list_reads_all_cases(query: dict[str, str], many: Cast) -> None:
    for actor in (many.marta, many.ana):
        assert "Seq Scan on cases_case" not in plan(actor, query), actor.party


def test_what_rows_say_beside_is_looked_up_by_their_cases(many: Cast) -> None:
    with reach.within(*many.marta.owners):
        cases = list(Case.objects.order_by("-last_activity_at")[:50])
        with connection.execute_wrapper(_explained):
            beside = listing.beside(cases, many.marta, at=AT + timedelta(hours=1))
    assert beside.said


def _explained(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
    if sql.lstrip().lower().startswith("select"):
        with connection.connection.cursor() as cursor:
            cursor.execute("explain " + sql, params)
            told = "\n".join(line for (line,) in cursor.fetchall())
        assert "Seq Scan on cases_case" not in told, told
    return execute(sql, params, many, context)
