"""`tratativa ledger` on a real desk: while it runs, and once it has stopped."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.config.desks import Desk
from tratativa.serve import postgres, roles

# Three lines of history, written as the product writes them, in a process of their own.
WRITE = """
import django; django.setup()
from django.utils import timezone
from tests.cast import gather, opener
from tratativa.accounts import reach
from tratativa.evidence import anchoring, heads
reach.of_the_operator()
opener(gather())()
heads.chain(at=timezone.now()); anchoring.sign(at=timezone.now())
"""


def test_an_operator_sees_whether_anybody_touched_the_ledger(desk: Desk, tmp_path: Path) -> None:
    env = {**desk.env, "DATABASE_URL": desk.url(roles.SERVING), "DJANGO_SETTINGS_MODULE": "tratativa.config.settings"}
    env |= {"TRATATIVA_DATA": str(desk.home), "TRATATIVA_SECRET_KEY": (desk.home / "secret").read_text()}
    root = str(Path(__file__).parents[2])
    subprocess.run([sys.executable, "-c", WRITE], env={**env, "PYTHONPATH": root}, check=True, timeout=240)

    running = desk.run("ledger", "verify")
    assert (running.returncode, running.stderr) == (0, "")
    assert "O registro confere:" in running.stdout
    kept = tmp_path / "kept.jsonl"
    kept.write_text(desk.run("ledger", "anchors").stdout)
    assert json.loads(kept.read_text().splitlines()[0])["signature"]

    desk.stop()
    stopped = desk.run("ledger", "verify", "--anchor", str(kept), "--marketplace", "americanas")
    assert (stopped.returncode, stopped.stderr) == (0, "")
    assert postgres.running(desk.home) is None

    _tamper(desk.home)
    found = desk.run("ledger", "verify")
    assert found.returncode == 1
    assert ", linha 1: foi alterado" in found.stdout
    assert "O registro não confere em 1 correntes" in found.stdout


def test_a_marketplace_that_is_not_there_is_named_and_those_that_are(lasting_desk: Desk) -> None:
    asked = lasting_desk.run("ledger", "verify", "--marketplace", "nenhures")

    assert asked.returncode == 1
    assert "Não há marketplace «nenhures» (há: nenhum)." in asked.stderr


def test_where_there_are_no_data_the_remedy_is_told(place: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "tratativa.cli", "ledger", "verify", "--data", str(place / "nada")]

    asked = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240)

    assert asked.returncode == 1
    assert "Não há banco de dados" in asked.stderr


def _tamper(home: Path) -> None:
    server = postgres.Server(home)
    server.start()
    with psycopg.connect(server.url) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update cases_entry set party = 'seller' where number = 1")
    server.stop()
