"""Waiting for tables: a web process or a worker begins when the database has what this program knows of.

Run as a program it waits and ends; the supervisor knows nothing of Django.
"""

import time
from collections.abc import Callable

from tratativa.serve import environment

LOOK_EVERY = 2.0  # seconds


def wait(say: Callable[[str], None]) -> None:
    """Returns once the tables are up to date; says so once where they are not, and again when they are."""
    from django.db import ProgrammingError, connections

    from tratativa.accounts.absence import AWAY
    from tratativa.serve import migrating

    told = False
    while True:
        try:
            missing = bool(migrating.missing())
        except ProgrammingError:  # they are being made, and nobody has given us our rights yet
            missing = True
        except AWAY:  # the database is away: whoever serves tells that
            missing = False
        finally:
            connections.close_all()
        if not missing:
            break
        if not told:
            say(
                "O banco de dados ainda não está pronto: as tabelas não estão em dia. Rode tratativa migrate; espero "
                "por elas."
            )
            told = True
        time.sleep(LOOK_EVERY)
    if told:
        say("As tabelas estão em dia.")


def main() -> None:
    """Waits, and says why on the standard output."""
    environment.enter_without_database()
    wait(lambda sentence: print(sentence, flush=True))


if __name__ == "__main__":
    main()
