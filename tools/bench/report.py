"""The report: what was measured as tables people read, one column of sizes beside another."""

import os
import platform
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import connection

from tools.bench.timing import Timing

FILE = Path("docs/benchmarks.md")
Runs = Mapping[int, tuple[float, list[Timing]]]


def table(runs: Runs) -> str:
    """Markdown: a row per page, p50, p95 and queries per size, and how the last size compares with the first."""
    sizes = list(runs)
    heads = [f"{_count(size)}: p50 | p95 | queries" for size in sizes]
    lines = ["| page | " + " | ".join(heads) + (" | ratio of p50 |" if len(sizes) > 1 else " |")]
    lines.append("|---|" + "---:|---:|---:|" * len(sizes) + ("---:|" if len(sizes) > 1 else ""))
    for rows in zip(*(runs[size][1] for size in sizes), strict=True):
        cells = [f"{row.p50:.1f} ms | {row.p95:.1f} ms | {row.queries}" for row in rows]
        ratio = f" | {rows[-1].p50 / rows[0].p50:.2f} |" if len(sizes) > 1 else " |"
        lines.append(f"| {rows[0].name} | " + " | ".join(cells) + ratio)
    return "\n".join(lines)


def loads(runs: Runs) -> str:
    """A line per size: how long loading took."""
    return "\n".join(
        f"- {_count(size)} cases with three messages and two e-mails each, loaded by COPY in {seconds:.0f} s"
        for size, (seconds, _timings) in runs.items()
    )


def write(runs: Runs, *, at: datetime, times: int) -> Path:
    """Writes `docs/benchmarks.md` under the working folder; returns where."""
    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        server = cursor.fetchone()[0]
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(
        f"# Measurements\n\n{at:%Y-%m-%d}, Python {platform.python_version()}, "
        f"PostgreSQL {server} as the desk brings it, {os.cpu_count()} cores ({platform.machine()}).\n"
        f"Each page was asked for {times} times in one process, through every middleware and without a network; "
        "nobody controlled what else the machine did: compare columns, not machines.\n\n"
        f"{loads(runs)}\n\n{table(runs)}\n\nAgain: `make bench`.\n",
        encoding="utf-8",
    )
    return FILE


def _count(size: int) -> str:
    return f"{size:,}"
