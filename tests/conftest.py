"""What every test stands on: one PostgreSQL for the run, and settings that keep files out of the checkout."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import pytest_django
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.utils import OperationalError
from django.utils import translation
from psycopg.errors import DeadlockDetected

from tests.tampering import switched_off
from tools import assets
from tratativa.accounts import reach
from tratativa.config import database
from tratativa.serve import postgres, roles, row_security

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
SERVER = pytest.StashKey[postgres.Server]()
FOLDER = pytest.StashKey[Path]()
# A loaded machine is slow, not wrong: how long things take is measured by the bench.
hypothesis.settings.register_profile("tratativa", deadline=None)
hypothesis.settings.load_profile("tratativa")


def pytest_configure(config: pytest.Config) -> None:
    """Starts the server and builds what pages load, once: before xdist's workers, which inherit the address."""
    # What a test starts beside itself is the product as it is.
    os.environ["DJANGO_SETTINGS_MODULE"] = "tratativa.config.settings"
    if not hasattr(config, "workerinput"):
        assets.build()
    # Not pytest's own temporary folder: it is private to root, and the server runs as another user.
    folder = Path(tempfile.mkdtemp(prefix="tratativa-tests-"))
    folder.chmod(0o755)
    config.stash[FOLDER] = folder
    if not os.access(os.environ.get("HOME") or "/nowhere", os.W_OK):  # a browser does not start without one
        os.environ["HOME"] = str(folder)
    if not os.environ.get("DATABASE_URL"):
        server = postgres.Server(folder / "home", QUICK)
        server.start()
        config.stash[SERVER] = server
        os.environ["DATABASE_URL"] = server.url
    # pytest-django has read the settings by now, before any conftest.
    settings.DATABASES["default"].update(database.from_url(os.environ["DATABASE_URL"]), OPTIONS={})
    settings.MEDIA_ROOT = folder / "files"
    settings.KEYS = folder / "keys"
    settings.DATA = folder / "data"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """What is tested runs as the role that serves, with its rights and no others; `tampering` is the owner's."""
    options = connection.settings_dict["OPTIONS"]
    with django_db_blocker.unblock():
        roles.grant(roles.SERVING)
        row_security.fence()
        connection.close()
    options["assume_role"] = roles.SERVING
    reach.of_the_operator()  # a test prepares and looks; the pages it opens reach what whoever opens them does
    yield
    reach.of_nobody()
    with django_db_blocker.unblock():
        connection.close()
    del options["assume_role"]


@pytest.fixture(scope="session", autouse=True)
def _between_tests_all_is_emptied() -> Iterator[None]:
    """Django empties the tables after a test with real commits, which the desk's own triggers refuse everybody."""
    flush = DatabaseOperations.execute_sql_flush

    def untriggered(self: DatabaseOperations, sql_list: list[str]) -> None:
        for last in (False, False, False, True):
            try:
                with switched_off():
                    flush(self, sql_list)
                return
            except OperationalError as problem:
                # A page just closed may still be being answered; of the two that wait for each other one is sent away.
                if last or not isinstance(problem.__cause__, DeadlockDetected):
                    raise

    DatabaseOperations.execute_sql_flush = untriggered  # type: ignore[method-assign]
    yield
    DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _every_test_begins_in_the_desks_own_language() -> Iterator[None]:
    """A page speaks its reader's language until the next one; a test that opened one leaves none behind."""
    yield
    translation.deactivate()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stops the server and removes what the run left."""
    if SERVER in config.stash:
        config.stash[SERVER].stop()
        os.environ.pop("DATABASE_URL", None)
    if FOLDER in config.stash:
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)
