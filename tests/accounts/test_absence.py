"""The database's absence is known for what it is, whichever layer says it."""

import os
import socket

import psycopg
import pytest
from django.db import connection

from tratativa.accounts.absence import AWAY


@pytest.mark.django_db(transaction=True)
def test_a_database_that_leaves_as_a_streamed_read_ends_counts_as_absent() -> None:
    rows = connection.chunked_cursor()
    rows.execute("select generate_series(1, 3)")
    rows.fetchall()

    with socket.socket(fileno=os.dup(connection.connection.fileno())) as wire:
        wire.shutdown(socket.SHUT_RDWR)

    with pytest.raises(AWAY) as told:
        rows.close()
    connection.close()
    assert isinstance(told.value, psycopg.Error), "Django names this one as well: AWAY can do without the driver's"
