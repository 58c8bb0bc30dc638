"""Migrating: one machine at a time, whoever comes second finds the work done."""

import contextlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tratativa.serve import roles, row_security

LOCK = 0x74726174  # "trat": an advisory lock's number, any as long as it stays


def migrate(serving_url: str = "") -> str:
    """Brings the tables up to date, as whoever owns them, and gives who serves by this address its rights.

    Returns what there is to tell about the roles. Raises Trouble as `roles.settle`.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
            _shut()
            row_security.fence()
            return roles.settle(serving_url)
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def _shut() -> None:
    """Letters and files are nobody else's on this machine, also those of before they were written so."""
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.KEYS)):
        with contextlib.suppress(OSError):  # not there yet, or another's: whoever owns it shuts it
            folder.chmod(0o700)


def missing() -> int:
    """How many migrations the database lacks; all of them on an empty one."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def unwritten() -> list[str]:
    """What the models say and no migration does, one line each, or what nobody put in order; needs no database."""
    with translation.override(None):  # a label in another language is no change
        loader = MigrationLoader(None, ignore_no_migrations=True)
        if unordered := loader.detect_conflicts():
            return [f"{label}: {', '.join(names)} seguem a mesma" for label, names in unordered.items()]
        wanted = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = wanted.changes(graph=loader.graph)
    return [
        f"{label}: {operation.describe()}"
        for label, migrations in changes.items()
        for migration in migrations
        for operation in migration.operations
    ]
