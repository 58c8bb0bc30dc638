"""Tampering: ten ways to touch a ledger of many entries, each done as its owner could, and each looked for (P-13)."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from tratativa.cli import main
from tratativa.config.trouble import Trouble
from tratativa.serve import environment, postgres

Result = TypeVar("Result")
SERVER = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


@click.command(epilog="Exemplo: python -m tools.drill.tampering --cases 250000")
@click.option(
    "--cases", type=click.IntRange(1_000), default=25_000, show_default=True, help="Quatro registros cada um."
)
@click.option("--seed", type=int, default=13, show_default=True, help="Qual atendimento é mexido.")
def tampering(cases: int, seed: int) -> None:
    """Carrega atendimentos, confere o registro inteiro, e mexe nele de dez maneiras."""
    with tempfile.TemporaryDirectory(prefix="tratativa-drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = postgres.Server(Path(folder) / "home", SERVER)
        server.start()
        try:
            _measure(server, cases, seed)
        finally:
            server.stop()


def _measure(server: postgres.Server, cases: int, seed: int) -> None:
    os.environ.update(environment.of(server.home, server.url))
    environment.enter_without_database()
    from django.core.management import call_command
    from django.utils import timezone

    from tools.bench import loading
    from tools.drill import tampers

    call_command("migrate", verbosity=0)
    loading.load(loading.build(now=timezone.now(), cases=cases), cases)
    heads, took = _timed(tampers.chain)
    click.echo(f"{heads} elos encadeados em {took:.1f} s.")
    found, took = _timed(tampers.walked)
    click.echo(
        f"{found.entries} registros e {found.heads} elos conferidos em {took:.1f} s: {len(found.faults)} faltas."
    )
    missed = [name for name in tampers.WAYS if not _is_found(name, random.Random(seed))]  # noqa: S311 – a drill
    if found.faults or missed:
        raise Trouble(f"O exercício falhou: não se viu {', '.join(missed) or 'um registro inteiro como inteiro'}.")


def _is_found(name: str, chance: random.Random) -> bool:
    from tools.drill import tampers

    (chain, told), took = _timed(lambda: tampers.done(name, chance))
    click.echo(f"{name}: {told or 'NÃO VISTO'} ({took:.1f} s)")
    return bool(told) and chain in told


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What it gives, and the seconds it took."""
    began = time.perf_counter()
    return work(), time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main.run(sys.argv[1:], tampering))
