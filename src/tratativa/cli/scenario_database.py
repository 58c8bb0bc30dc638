"""A database for scenarios: Django on a database of its own, gone when the door closes."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tratativa.accounts import reach
from tratativa.config.trouble import Trouble
from tratativa.serve import environment, postgres

_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def opened() -> Iterator[None]:
    """A fresh database on DATABASE_URL's server, else on an embedded one that lives as long as the room.

    Scenarios never meet an installation's own rows: they move the clock, and every running deadline with it.
    """
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="tratativa-scenarios-")))
        folder.chmod(0o755)  # the embedded server runs as another user
        if not environment.given_database():
            server = postgres.Server(folder / "home", _QUICK)
            server.start()
            closing.callback(server.stop)
            os.environ["DATABASE_URL"] = server.url
        closing.enter_context(_database(folder))
        yield


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    environment.enter_without_database()
    from django.conf import settings
    from django.db import Error, connection

    from tratativa.serve import row_security

    settings.MEDIA_ROOT = folder / "files"
    own = connection.settings_dict
    # A pool would keep the database busy when it is to be dropped.
    own["OPTIONS"] = {key: value for key, value in own["OPTIONS"].items() if key != "pool"}
    own["TEST"]["NAME"] = f"scenarios_{os.getpid()}"
    name = own["NAME"]
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    except (Error, SystemExit) as problem:
        raise Trouble(
            f"Não pude criar um banco passageiro para os cenários ({problem}). Dê ao usuário de DATABASE_URL o direito "
            "CREATEDB, ou deixe DATABASE_URL vazia para usar o PostgreSQL embutido."
        ) from None
    row_security.fence()
    reach.of_the_operator()
    try:
        yield
    finally:
        reach.of_nobody()
        connection.creation.destroy_test_db(name, verbosity=0)
