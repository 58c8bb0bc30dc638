"""Row-level security: whatever a query forgets to ask, the database shows nobody a row out of their reach."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

import tratativa
from tests.cast import MONDAY, Cast, answerer, ask, make_order
from tests.tampering import owning, run
from tratativa.accounts import reach
from tratativa.accounts.models import Customer, Marketplace, Seller
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import work
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Deadline, Entry, Text
from tratativa.cases.reading import finding, search
from tratativa.mail.models import Letter
from tratativa.orders.models import Order
from tratativa.serve import roles, row_security

SOURCE = Path(tratativa.__file__).parent
ALL_REACHING = {  # who may look everywhere, and why
    "accounts/signing_in.py": "a link's secret alone says whose it is",
    "cases/files/attachments.py": "whether any other row needs the bytes that are thrown away",
    "cases/core/work.py": "whose a job is, and the jobs that look for what is to be done",
    "serve/working.py": "which deadlines are due; each is judged within its own marketplace",
    "web/post/handing_in.py": "a mailbox's secret alone says whose it is",
}


@pytest.fixture
def both(cast: Cast) -> Iterator[tuple[Case, Case]]:
    """A case of each of two sellers of one marketplace, with words, clocks and letters."""
    other = Seller.objects.get(pk=cast.rival.seller_id)
    neighbour = Customer.objects.get(pk=cast.vizinho.customer_id)
    orders = (cast.order, make_order(cast.marketplace, other, neighbour, "2002"))
    yield tuple(  # type: ignore[misc]
        opening.open_case(
            Opening(order, reason="Produto com defeito", message=Message("A caixa veio quebrada.")), by=by, at=MONDAY
        )
        for order, by in zip(orders, (cast.cliente, cast.vizinho), strict=True)
    )


def _fenced() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.db_table in row_security.policies()]


def _cases() -> set[uuid.UUID]:
    """Whose rows are seen, of each kind that hangs on a case."""
    found = set(Case.objects.values_list("pk", flat=True))
    for model in (Entry, Text, Deadline, Letter):
        found |= set(model._default_manager.values_list("case_id", flat=True))
    return found


def test_every_table_is_fenced_or_says_why_it_need_not_be() -> None:
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("tratativa")}

    assert ours == {*row_security.policies(), *row_security.OPEN}
    assert not {*row_security.policies()} & {*row_security.OPEN}


@pytest.mark.django_db
def test_the_policies_stand_in_the_database_and_putting_them_there_again_touches_no_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity")
        standing = {name for (name,) in cursor.fetchall()}

    assert standing == set(row_security.policies())


def test_nobody_sees_no_row_of_anybodys(cast: Cast, both: tuple[Case, Case]) -> None:
    seen_before = {model for model in _fenced() if model._default_manager.exists()}

    with reach.within():
        assert [model for model in _fenced() if model._default_manager.exists()] == []

    assert {Case, Entry, Text, Deadline, Letter, Order, Customer} <= seen_before


def test_each_sees_its_own_cases_and_what_hangs_on_them(cast: Cast, both: tuple[Case, Case]) -> None:
    mine, other = both
    elsewhere = Marketplace.objects.create(slug="outro", name="Outro", rulebook="americanas")
    expected = {
        cast.marketplace.pk: {mine.pk, other.pk},
        cast.ana.seller_id: {mine.pk},
        cast.rival.seller_id: {other.pk},
        cast.cliente.customer_id: {mine.pk},
        cast.vizinho.customer_id: {other.pk},
        elsewhere.pk: set(),
    }

    for owner, cases in expected.items():
        with reach.within(owner):
            assert _cases() == cases


def test_a_partner_sees_the_case_it_was_asked_and_not_the_one_behind_it(cast: Cast, both: tuple[Case, Case]) -> None:
    sonia = answerer(cast.marketplace, "ka", "Sônia Sócia")
    child = ask(both[0], "ka", cast.marta)

    with reach.within(*sonia.owners):
        assert _cases() == {child.pk}


def test_what_is_out_of_reach_is_neither_changed_nor_made(cast: Cast, both: tuple[Case, Case]) -> None:
    with reach.within(cast.rival.seller_id):
        assert Case.objects.filter(pk=both[0].pk).update(reason="outro") == 0
        assert Order.objects.filter(pk=cast.order.pk).update(stage="lost") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            make_order(cast.marketplace, cast.seller, cast.buyer, "3003")

    cast.order.refresh_from_db()
    assert cast.order.stage == "delivered"


def test_behind_the_door_a_whole_marketplace_is_in_reach_but_nobody_comes_in_to_anothers_case(
    cast: Cast, both: tuple[Case, Case]
) -> None:
    message = Message("Vamos trocar.", to="customer", customer_reads=True)
    with reach.within(*cast.ana.owners):
        replying.reply(both[0], message, by=cast.ana, at=MONDAY)
        with pytest.raises(Case.DoesNotExist):
            replying.reply(both[1], message, by=cast.ana, at=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_what_was_told_in_a_transaction_that_is_rolled_back_is_told_again(cast: Cast) -> None:
    with reach.within(cast.seller.pk):
        with pytest.raises(LookupError), transaction.atomic():
            assert Order.objects.count() == 1
            raise LookupError
        assert Order.objects.count() == 1
    with reach.within(cast.rival.seller_id), transaction.atomic():
        assert Order.objects.count() == 0
        with pytest.raises(LookupError), transaction.atomic(), reach.within(cast.seller.pk):
            assert Order.objects.count() == 1
            raise LookupError
        assert Order.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_fails_leaves_nobody_elses_reach_behind(cast: Cast) -> None:
    with reach.within(cast.seller.pk), pytest.raises(DatabaseError):
        run("select 1 / 0")
    with reach.within(cast.rival.seller_id):
        assert Order.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_cursor_of_the_servers_many_rows_and_a_copy_are_told_too(cast: Cast) -> None:
    with reach.within(cast.seller.pk):
        assert [order.number for order in Order.objects.iterator(chunk_size=1)] == ["1001"]
    with reach.within(cast.rival.seller_id):
        assert list(Order.objects.iterator(chunk_size=1)) == []
    with reach.within(cast.seller.pk), connection.cursor() as cursor:
        cursor.executemany("update orders_order set stage = %s where number = %s", [("shipped", "1001")])
    with reach.within(cast.rival.seller_id), connection.cursor() as cursor:
        cursor.executemany("update orders_order set stage = %s where number = %s", [("paid", "1001")])
        with cursor.copy("copy (select number from orders_order) to stdout") as copied:
            assert list(copied.rows()) == []
    cast.order.refresh_from_db()
    assert cast.order.stage == "shipped"


def test_words_are_found_for_whom_they_are_in_reach_and_for_nobody_else(cast: Cast, both: tuple[Case, Case]) -> None:
    found = {}
    for name, owners in {"ana": cast.ana.owners, "rival": cast.rival.owners, "nobody": ()}.items():
        with reach.within(*owners):
            found[name] = search.matching(cast.ana, "quebrada", at=MONDAY)

    assert found == {"ana": [both[0].pk], "rival": [], "nobody": []}


# What somebody who runs SQL as the role that serves could put in a search path's way: a type of their own, whose check
# runs as whoever uses it.
IN_THE_WAY = """
create function pg_temp.seen_by(value anyelement) returns boolean language plpgsql as $$
begin
    perform set_config('tratativa.seen_by', current_user::text, false);
    return true;
end $$;
create domain pg_temp.uuid as pg_catalog.uuid check (pg_temp.seen_by(value));
create domain pg_temp.tsquery as pg_catalog.tsquery check (pg_temp.seen_by(value));
create domain pg_temp.smallint as pg_catalog.int2 check (pg_temp.seen_by(value));
"""


def test_a_function_of_the_owners_runs_nothing_of_who_calls_it(cast: Cast, both: tuple[Case, Case]) -> None:
    with owning():
        run(f"grant temporary on database {connection.settings_dict['NAME']} to {roles.SERVING}")
    run(IN_THE_WAY)

    with reach.within(*cast.ana.owners):
        found = search.matching(cast.ana, "quebrada", at=MONDAY)
        finding.find(cast.ana, "Joana", at=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('tratativa.seen_by', true), array_agg(proname::text) from pg_proc where prosecdef"
        )
        seen_by, functions = cursor.fetchone()

    owners = ["customers_found", "end_subscriptions", "orders_found", "words_found"]
    assert (found, sorted(functions)) == ([both[0].pk], owners)
    assert seen_by in {None, roles.SERVING}  # who asks may fool themself, and nobody else


def test_a_job_about_one_row_works_for_its_marketplace_and_no_other(both: tuple[Case, Case]) -> None:
    reached: list[str] = []

    @work.of_its_marketplace(Deadline, "clock_id", "case__marketplace_id")
    def job(clock_id: str) -> None:
        reached.append(reach.told())

    with reach.within():
        job(clock_id=str(uuid.uuid4()))
        with reach.everywhere():
            clock = str(Deadline.objects.values_list("pk", flat=True)[0])
        job(clock_id=clock)

    assert reached == [reach.NOBODY, "{" + str(both[0].marketplace_id) + "}"]


def test_only_these_look_everywhere() -> None:
    looking = {
        str(file.relative_to(SOURCE)): None
        for file in SOURCE.rglob("*.py")
        if file.name != "reach.py" and re.search(r"reach\.everywhere\(\)", file.read_text())
    }

    assert set(looking) == set(ALL_REACHING)


def test_a_savepoint_is_rolled_back_though_another_was_in_reach_when_its_query_failed(cast: Cast) -> None:
    with reach.within(cast.marketplace.pk), transaction.atomic():
        with pytest.raises(DatabaseError), transaction.atomic(), reach.within(cast.seller.pk):
            Seller.objects.create(marketplace=cast.marketplace, document=cast.seller.document, name="De novo")
        assert Order.objects.filter(pk=cast.order.pk).exists()
