"""The bench: a database of its own, filled, measured and thrown away."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tratativa.accounts import reach
from tratativa.serve import postgres

if TYPE_CHECKING:
    from tools.bench.timing import Timing

SERVER = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB",
    "shared_buffers": "512MB", "maintenance_work_mem": "512MB",
}  # fmt: skip


@click.command(epilog="Exemplo: python -m tools.bench --cases 100000 --cases 1000000 --write")
@click.option("--cases", "sizes", type=click.IntRange(1_000), multiple=True, default=(100_000,), show_default=True,
              help="Quantos atendimentos carregar; repita para comparar tamanhos.")  # fmt: skip
@click.option("--times", type=click.IntRange(5), default=40, show_default=True, help="Quantas vezes pedir cada página.")
@click.option("--http", is_flag=True, help="Mede, em vez disso, a procura e as listas por HTTP; só mostra o resultado.")
@click.option("--write", is_flag=True, help="Grava o resultado em docs/benchmarks.md.")
def bench(sizes: tuple[int, ...], times: int, http: bool, write: bool) -> None:
    """Mede a leitura das cartas; depois carrega atendimentos num banco temporário e mede as páginas."""
    if not http:
        _letters(times)
    runs = {}
    for size in sorted(sizes):
        with _database() as url:
            os.environ.update(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="tratativa.config.settings")
            runs[size] = _run(size, times, http=http)
    from django.utils import timezone

    from tools.bench import report

    click.echo(report.loads(runs))
    click.echo(report.table(runs))
    if write and not http:
        with _database() as url:
            _connect(url)
            click.echo(f"Gravado em {report.write(runs, at=timezone.localtime(), times=times)}.")


def _letters(times: int) -> None:
    from tools.bench import letters

    click.echo(letters.score())
    click.echo(letters.speed(times=times))


def _run(size: int, times: int, *, http: bool) -> tuple[float, "list[Timing]"]:
    _connect(os.environ["DATABASE_URL"])
    from django.core.management import call_command
    from django.utils import timezone

    from tools.bench import loading, measured_pages, over_http
    from tratativa.serve import row_security

    call_command("migrate", verbosity=0)
    row_security.fence()  # with the functions by which people and words are found
    begin = time.perf_counter()
    world = loading.build(now=timezone.now(), cases=size)
    loading.load(world, size)
    seconds = time.perf_counter() - begin
    return seconds, (over_http if http else measured_pages).measure_all(times=times)


def _connect(url: str) -> None:
    """Sets Django up once, and points it at this run's database."""
    import django
    from django.db import connections

    from tratativa.config import database

    django.setup()
    reach.of_the_operator()
    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool:
            close_pool()
    connections["default"].settings_dict.update(database.from_url(url))


@contextmanager
def _database() -> Iterator[str]:
    # The server runs as another user when this one is root, so its folder must not be private to root.
    with tempfile.TemporaryDirectory(prefix="tratativa-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = postgres.Server(Path(folder) / "home", SERVER)
        server.start()
        try:
            yield server.url
        finally:
            server.stop()
