"""What a queue is shown: the rows it pays by are those the entry said, and nobody hangs another beside them."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import MONDAY, Cast, answerer, ask, opener
from tests.evidence.test_files import why
from tests.evidence.test_walking import rechain
from tests.tampering import owning, switched_off
from tratativa.accounts.secrecy import sealing
from tratativa.cases import door
from tratativa.cases.models import Case, Entry, SharedField, Text
from tratativa.cases.models.ledger import BANK_DATA
from tratativa.cases.queues import sharing
from tratativa.evidence import faults


def run(sql: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


@pytest.fixture
def child(cast: Cast) -> Case:
    """A child case whose queue was shown two lines and, under seal, an account and its bank."""
    answerer(cast.marketplace, "ka", "Kaio")
    case = ask(opener(cast)(), "ka", cast.marta)
    shared = sharing.Shared(
        lines=[("Pedido", "123"), ("Valor", "R$ 10,00")], names=["pedido", "valor", "conta", "banco"],
        sealed=[("Conta", "12345-6"), ("Banco", "341")],
    )  # fmt: skip
    with door.judging(case.pk, by=cast.marta, at=MONDAY) as change:
        sharing.show(change, shared)
    return case


def test_what_was_shown_stands_and_the_entry_says_nothing_of_it_that_reads(child: Case) -> None:
    sealed = Entry.objects.get(case=child, data__sealed=True)

    assert why() == []
    assert [len(one) for one in sealed.data["shown"]] == [64, 64]
    assert "12345" not in str(sealed.data)


INSERT = """
    insert into cases_sharedfield (id, text_id, position, label, value)
    select gen_random_uuid(), e.id, %s, %s, %s from cases_entry e where e.case_id = %s and e.event = 'data.shared'
    and e.data ->> 'sealed' = %s
"""
STRANGE = {
    "another account": (0, "Conta", "sealed", "true"),
    "one in clear": (0, "Conta", "9999-9", "true"),
    "one more": (2, "Conta", "sealed", "true"),
    "another line": (0, "Pedido", "999", "false"),
    "a part of a line": (0, "Pedido", "12", "false"),
    "one line more": (2, "Loja", "Outra", "false"),
}


@pytest.mark.parametrize("way", STRANGE)
def test_a_row_that_the_entry_does_not_say_is_neither_taken_nor_believed(child: Case, way: str) -> None:
    position, label, value, sealed = STRANGE[way]
    value = sealing.seal("9999-9", BANK_DATA) if value == "sealed" else value
    row = (position, label, value, child.pk, sealed)

    for who in (transaction.atomic, owning):
        with pytest.raises(DatabaseError, match="no entry says that this is shown"), who(), transaction.atomic():
            run(INSERT, *row)
    with switched_off():
        assert run(INSERT, *row) == 1

    assert why() == [faults.SHOWN_ALTERED]


def test_a_row_at_words_that_show_nothing_is_neither_taken_nor_believed(child: Case) -> None:
    other = Text.objects.exclude(entry__event="data.shared").first()
    assert other
    row = SharedField(text=other, position=0, label="Conta", value="9999-9")

    with pytest.raises(DatabaseError, match="no entry says that this is shown"), transaction.atomic():
        row.save(force_insert=True)
    with switched_off():
        row.save(force_insert=True)

    assert why() == [faults.SHOWN_ALTERED]


ROWS = {
    "another value": "update cases_sharedfield set value = 'x' where label = %s",
    "another label": "update cases_sharedfield set label = 'x' where label = %s",
    "gone": "delete from cases_sharedfield where label = %s",
    "in another order": "update cases_sharedfield set position = 1 - position where label <> %s || 'x'",
}


@pytest.mark.parametrize("label", ["Pedido", "Conta"])
@pytest.mark.parametrize("way", ROWS)
def test_a_row_that_was_touched_is_found(child: Case, way: str, label: str) -> None:
    with switched_off():
        run(ROWS[way], label)

    assert set(why()) == {faults.SHOWN_ALTERED}


def test_all_of_an_entrys_rows_gone_are_found(child: Case) -> None:
    with switched_off():
        run("delete from cases_sharedfield")

    assert why() == [faults.SHOWN_ALTERED]  # one a chain


def test_an_entry_of_before_sealed_rows_had_digests_is_believed(child: Case) -> None:
    with switched_off():
        run("update cases_entry set data = data - 'shown'")
        entries = list(child.entries.order_by("number"))
        rechain(entries)
        run("update cases_case set last_hash = %s where id = %s", entries[-1].hash, child.pk)
        run("update cases_sharedfield set value = 'x' where label = 'Conta'")

    assert why() == []
