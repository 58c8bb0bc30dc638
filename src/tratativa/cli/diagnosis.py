"""Diagnosis: what is wrong with an installation, each ill with its remedy."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tratativa.cli import exposure, reach
from tratativa.cli.examining import machine, people, post, sign_ins, working
from tratativa.cli.finding import Finding
from tratativa.cli.founding import beginnings
from tratativa.config import saying
from tratativa.config.trouble import Trouble
from tratativa.serve import environment

_LOOKS: tuple[Callable[[], Finding], ...] = (
    machine.database, machine.role, machine.tables, beginnings.marketplace, beginnings.administrator, people.sellers,
    people.queues, people.absences, working.jobs_failed, working.jobs_waiting, working.clock, working.stuck,
    working.workers, working.orders_system, exposure.addresses, working.ledger, working.anchors, working.outside,
    post.server, post.sender, beginnings.mailbox, post.mailboxes, reach.mailboxes, sign_ins.provider, working.keys,
    reach.transport, reach.hosts, reach.user,
)  # fmt: skip
_OUTWARD: frozenset[Callable[[], Finding]] = frozenset({post.server, sign_ins.provider})
_NEEDED = frozenset({machine.database, machine.tables})  # without them nothing further can be seen


def examine(home: Path, *, language: str = saying.LANGUAGES[0]) -> Iterator[Finding]:
    """Looks at the data folder, the database, the jobs and the e-mail, in that order, and says so in this language.

    Without the folder, a database or its tables, the later ones cannot be seen and are left out. Where the desk is
    stopped, that is an ill, and its own database is brought up for as long as the looking lasts.
    """
    saying.speak(language)
    if not home.exists() and not environment.given_database():
        yield machine.folder(home)
        return
    yield from _around(home)
    if environment.is_stopped(home):
        yield Finding(False, environment.stopped(home))
    try:
        with environment.entered(home):
            saying.speak(language)
            yield from _looked()
    except Trouble as problem:
        yield Finding(False, str(problem))


def served(*, outward: bool) -> Iterator[Finding]:
    """The same, from a process that serves: what it sees of the database is the reach it has.

    What takes a connection to somebody else's server is looked at only where `outward` says so.
    """
    home = _home()
    yield from _around(home)
    yield from _looked(but=frozenset() if outward else _OUTWARD)


def _home() -> Path:
    from django.conf import settings

    return Path(settings.DATA)


def _around(home: Path) -> Iterator[Finding]:
    """What is seen without a database."""
    yield machine.folder(home)
    yield machine.space(home)
    yield exposure.children(home)


def _looked(but: frozenset[Callable[[], Finding]] = frozenset()) -> Iterator[Finding]:
    for look in _LOOKS:
        if look in but:
            continue
        finding = look()
        yield finding
        if look in _NEEDED and not finding.well:
            return
