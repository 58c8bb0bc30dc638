"""Replaying: a rulebook replayed over as many past cases as one likes, and the time it takes."""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from tqdm import tqdm

from tratativa.cli import main
from tratativa.config.trouble import Trouble
from tratativa.serve import environment, postgres

if TYPE_CHECKING:
    from tratativa.replay.tallies import Tally

SERVER = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


@click.command(epilog="Exemplo: python -m tools.drill.replaying --cases 1000000")
@click.option("--cases", type=click.IntRange(100), default=100_000, show_default=True, help="Quantos atendimentos.")
@click.option("--rulebook", default="americanas", show_default=True, help="De quais regras são as histórias.")
@click.option("--processes", type=int, default=2, show_default=True, help="Em quantos processos.")
def replaying(cases: int, rulebook: str, processes: int) -> None:
    """Enche um marketplace de atendimentos e os julga de novo: sob as próprias regras, e sob outras."""
    with tempfile.TemporaryDirectory(prefix="tratativa-drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = postgres.Server(Path(folder) / "home", SERVER)
        server.start()
        try:
            _measure(server, cases, rulebook, processes)
        finally:
            server.stop()


def _measure(server: postgres.Server, cases: int, rulebook: str, processes: int) -> None:
    os.environ.update(environment.of(server.home, server.url))
    environment.enter_without_database()
    from django.core.management import call_command

    from tools.drill import many_cases
    from tratativa.accounts import reach
    from tratativa.rulebook import reading, shipped

    call_command("migrate", verbosity=0)
    reach.of_the_operator()
    stories, now = many_cases.play(rulebook), datetime.now(UTC)
    with tqdm(total=cases, unit=" atendimentos", unit_scale=True, desc=f"{stories} histórias copiadas") as bar:
        for so_far in many_cases.copy(rulebook, cases, at=now):
            bar.update(so_far - bar.n)
    folder = shipped.folder(rulebook)
    assert folder is not None
    same = reading.load(folder).data
    found = _timed("as mesmas regras", same, processes)
    if found.changed:
        raise Trouble(f"Sob as mesmas regras {found.changed} atendimentos saíram diferentes.")
    _timed("metade do prazo", _halved(same), processes)


def _timed(what: str, source: Mapping[str, Any], processes: int) -> "Tally":
    from tools.drill import many_cases
    from tratativa.accounts.models import Marketplace
    from tratativa.replay import running
    from tratativa.replay.asked import Asked

    place = Marketplace.objects.get(slug="muitos")
    asked = Asked(place.pk, json.dumps(source), datetime(2000, 1, 1, tzinfo=UTC), many_cases.END)
    used, kept, began = resource.getrusage(resource.RUSAGE_CHILDREN), _of_the_server(), time.perf_counter()
    with tqdm(total=running.count(asked), unit=" atendimentos", unit_scale=True, desc=what) as bar:
        found = running.run(asked, workers=processes, tell=lambda so_far: _update(bar, so_far.cases))
    took = time.perf_counter() - began
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    server = _of_the_server() - kept
    cpu = spent.ru_utime + spent.ru_stime - used.ru_utime - used.ru_stime
    click.echo(f"{what}: {found.cases} atendimentos em {took:.1f} s")
    click.echo(f"  {found.changed} diferentes, {found.inexact} sem conta")
    click.echo(f"  processador: {cpu:.1f} s nos processos, {server:.1f} s no PostgreSQL")
    click.echo(f"  memória: até {spent.ru_maxrss / 1024:.0f} MiB cada processo")
    return found


def _of_the_server() -> float:
    """Seconds of processor that PostgreSQL's own process and those it has seen end have used."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_read_file('postmaster.pid')")
        pid = cursor.fetchone()[0].split()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(one) for one in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def _update(bar: "tqdm[Any]", cases: int) -> None:
    bar.update(cases - bar.n)


def _halved(source: Mapping[str, Any]) -> dict[str, Any]:
    """The same rules, every deadline half as long."""
    halved = [{**one, "within": _half(one["within"])} for one in source["deadlines"]]
    return {**source, "deadlines": halved}


def _half(within: Any) -> Any:
    if isinstance(within, dict):
        return {key: [_half(one) for one in parts] for key, parts in within.items()}
    number, _space, unit = str(within).partition(" ")
    return f"{max(1, int(number) // 2)} {unit}"


if __name__ == "__main__":
    sys.exit(main.run(sys.argv[1:], replaying))
