"""Environment: the environment a process of this installation needs, and Django ready inside it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tratativa.accounts import reach
from tratativa.config.saying import gettext as _
from tratativa.config.trouble import Trouble
from tratativa.serve import places, postgres, roles, stepping_down

SETTINGS = "tratativa.config.settings"


def given_database() -> str:
    """DATABASE_URL as the operator set it, or nothing."""
    return os.environ.get("DATABASE_URL", "")


def owner_database(home: Path, serving: str) -> str:
    """How whoever owns the tables reaches them: TRATATIVA_OWNER_URL, the embedded server's owner, or who serves."""
    embedded = "" if given_database() else postgres.running(home)
    return os.environ.get("TRATATIVA_OWNER_URL", "") or embedded or serving


def of(home: Path, url: str) -> dict[str, str]:
    """Our own environment plus what the children must agree on: data, database, secret key. The owner's address is
    not theirs."""
    env = {name: value for name, value in os.environ.items() if name != "TRATATIVA_OWNER_URL"}
    env["DJANGO_SETTINGS_MODULE"] = env.get("DJANGO_SETTINGS_MODULE") or SETTINGS
    env["TRATATIVA_DATA"] = str(home)
    env["DATABASE_URL"] = url
    if not env.get("TRATATIVA_URL") and (site := places.site(home)):
        env["TRATATIVA_URL"] = site
    if not env.get("TRATATIVA_SECRET_KEY"):
        env["TRATATIVA_SECRET_KEY"] = places.secret(places.make(home))
    return env


def database(home: Path) -> str:
    """DATABASE_URL, or the embedded server another process keeps on these data. Raises Trouble without either."""
    url = given_database() or postgres.running(home, role=roles.SERVING)
    if not url:
        raise Trouble(_without_database(home))
    return url


def keeps_database(home: Path) -> bool:
    """Whether a desk was founded here with a database of its own, up or stopped."""
    try:
        return (home / "postgres" / "data").exists()
    except PermissionError:  # what may not be looked into is there
        return True


def is_stopped(home: Path) -> bool:
    """Whether a desk with a database of its own is there, and nothing runs over it."""
    return not given_database() and keeps_database(home) and not postgres.running(home)


def stopped(home: Path) -> str:
    """What is said where a desk's own database is there and nothing runs over it."""
    said = _("A mesa de %(place)s está parada. Para pô-la no ar: tratativa serve --data %(place)s.")
    return said % {"place": home}


def _without_database(home: Path) -> str:
    if keeps_database(home):
        return stopped(home)
    said = _(
        "Não há banco de dados: DATABASE_URL está vazia e nada roda sobre %(place)s. Comece com tratativa serve, "
        "aponte a pasta certa com --data PASTA, ou defina DATABASE_URL."
    )
    return said % {"place": home}


def enter_as_owner(home: Path, serving: str) -> None:
    """As `enter`, as whoever owns the tables that are served by this address."""
    stepping_down.join(home)
    os.environ.update(of(home, owner_database(home, serving)))
    enter_without_database()
    reach.of_the_operator()


def enter(home: Path) -> None:
    """Makes Django ready in this process, on the database these data belong to. Raises Trouble without one.

    Root becomes whoever the data belong to.
    """
    stepping_down.join(home)
    os.environ.update(of(home, database(home)))
    enter_without_database()
    reach.of_the_operator()


@contextmanager
def entered(home: Path) -> Iterator[None]:
    """As `enter`; where nothing runs over the data, their own server is brought up for as long as this lasts.

    Raises Trouble where there are no data at all.
    """
    stepping_down.join(home)
    if given_database() or postgres.running(home):
        enter(home)
        yield
        return
    if not keeps_database(home):
        raise Trouble(_without_database(home))
    server = postgres.Server(home)
    server.start()
    try:
        os.environ.update(of(home, server.serving_url))
        enter_without_database()
        reach.of_the_operator()
        yield
    finally:
        _hang_up()
        server.stop()


@contextmanager
def kept_ready(home: Path) -> Iterator[None]:
    """As `entered`, for what belongs to a desk that is there already: a mistyped folder or database founds no other.

    Raises Trouble where there are no data at all, and where the tables are not up to date: they change when somebody
    says so, not because a list was asked for.
    """
    os.environ["TRATATIVA_DEMO"] = ""  # a company's desk is no demonstration
    with entered(home):
        from tratativa.serve import migrating

        if migrating.missing():
            said = _("As tabelas do banco não estão em dia. Rode tratativa migrate --data %(place)s e tente de novo.")
            raise Trouble(said % {"place": home})
        yield


@contextmanager
def owned(home: Path) -> Iterator[str]:
    """As `enter_as_owner`; yields the address that is served. Where nothing runs over the data, their own server is
    brought up for as long as this lasts. Raises Trouble where there are no data at all."""
    stepping_down.join(home)
    server = postgres.Server(home) if is_stopped(home) else None
    if server:
        server.start()
    try:
        serving = server.serving_url if server else database(home)
        enter_as_owner(home, serving)
        yield serving
    finally:
        if server:
            _hang_up()
            server.stop()


@contextmanager
def made_ready(home: Path) -> Iterator[None]:
    """As `entered`, where there are no data yet, too: they are made, and tables are brought up to date.

    Raises Trouble where that fails.
    """
    stepping_down.step_down(home)
    running = given_database() or postgres.running(home)
    server = None if running else postgres.Server(places.make(home))
    if server:
        server.start()
    try:
        url = server.serving_url if server else database(home)
        owner = server.url if server else owner_database(home, url)
        os.environ.update(of(home, url), TRATATIVA_DEMO="")  # a company's desk is no demonstration
        enter_without_database()
        reach.of_the_operator()
        _migrate(home, owner)
        yield
    finally:
        _hang_up()
        if server:
            server.stop()


def _migrate(home: Path, owner: str) -> None:
    """In a process of its own: whoever owns the tables does it, and this one goes on as whoever serves."""
    from tratativa.serve import migrating

    if not migrating.missing():
        return
    command = [sys.executable, "-m", "tratativa.cli", "migrate", "--data", str(home)]
    done = subprocess.run(command, env={**os.environ, "TRATATIVA_OWNER_URL": owner}, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise Trouble("As tabelas não puderam ser atualizadas; o motivo está acima.")


def _hang_up() -> None:
    from django.db import connections

    connections.close_all()


def enter_without_database() -> None:
    """Makes Django ready for what only looks at code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
