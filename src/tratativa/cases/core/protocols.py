"""Protocol numbers: the opening date, a running number and a check digit that catches a mistyped one."""

from datetime import date

from django.db import connection
from stdnum import damm

from tratativa.accounts import text

LENGTH = 16


def issue(opened_on: date) -> str:
    """The next number: `YYYYMMDD` + seven running digits + Damm check digit, without punctuation.

    The running part is a database sequence: two openings never wait for each other, and gaps are harmless.
    """
    with connection.cursor() as cursor:
        cursor.execute("select nextval('case_protocol')")
        running: int = cursor.fetchone()[0]
    return compose(opened_on, running)


def compose(opened_on: date, running: int) -> str:
    """The number for this day and this running number (taken modulo ten million)."""
    body = f"{opened_on:%Y%m%d}{running % 10_000_000:07d}"
    return body + str(damm.calc_check_digit(body))


def parse(raw: str) -> str | None:
    """The protocol a person typed, punctuation dropped, or None when it cannot be one."""
    value = text.digits(raw)
    return value if len(value) == LENGTH and damm.is_valid(value) else None


def show(protocol: str) -> str:
    """`20261123-0000042-7`: how people read it."""
    if len(protocol) != LENGTH:
        return protocol
    return f"{protocol[:8]}-{protocol[8:15]}-{protocol[15]}"
