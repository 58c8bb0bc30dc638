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
import os, django; django.setup()
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.cast import gather, opener
from tratativa.accounts import reach
from tratativa.cases.acting import replying
from tratativa.cases.files import attachments
from tratativa.cases.messages.addressing import Message
from tratativa.evidence import anchoring, heads, outside
reach.of_the_operator()
cast = gather()
case, now = opener(cast)(), timezone.now()
file = attachments.receive(SimpleUploadedFile("a.bin", b"bytes"), by=cast.cliente, at=now, limit=100)
replying.reply(case, Message("Veja", files=[file]), by=cast.cliente, at=now)
heads.chain(at=now); anchoring.sign(at=now)
outside.hold_heads(); outside.hold_anchors()
mine = settings.DATA.stat()
for folder, _folders, names in [one for top in ("ledger", "files", "keys") for one in os.walk(settings.DATA / top)]:
    for place in (folder, *(os.path.join(folder, name) for name in names)):
        os.chown(place, mine.st_uid, mine.st_gid)
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

    read = desk.run("ledger", "verify", "--files")
    assert "consigo mesmo" not in read.stdout
    assert (read.returncode, read.stderr) == (0, "") and "e os arquivos (5 bytes)" in read.stdout
    [stored] = [file for file in (desk.home / "files").rglob("*") if file.is_file()]
    stored.write_bytes(b"Bytes")
    assert "os bytes de um arquivo foram alterados" in desk.run("ledger", "verify", "--files").stdout
    stored.write_bytes(b"bytes")

    (desk.home / "ledger").rename(desk.home / "elsewhere")
    alone = desk.run("ledger", "verify")
    assert alone.returncode == 0 and "o banco foi comparado só consigo mesmo." in alone.stdout
    (desk.home / "elsewhere").rename(desk.home / "ledger")

    _cut(desk.home)
    found = desk.run("ledger", "verify")
    assert found.returncode == 1 and "a pasta dos dados guarda" in found.stdout
    assert desk.run("ledger", "accept").returncode == 2  # no word, no acceptance
    accepted = desk.run("ledger", "accept", "--because", "prova")
    assert accepted.returncode == 0 and "elos, 1 âncoras a menos" in accepted.stdout
    assert '"because": "prova"' in (desk.home / "ledger" / "accepted.jsonl").read_text()
    assert desk.run("ledger", "verify").returncode == 0

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
    _run(home, "update cases_entry set party = 'seller' where number = 1")


def _cut(home: Path) -> None:
    """Every proof taken away, as if nothing had been chained yet."""
    _run(
        home, "delete from evidence_anchor", "delete from evidence_head",
        "insert into evidence_unchained (case_id) select id from cases_case",
    )  # fmt: skip


def _run(home: Path, *statements: str) -> None:
    server = postgres.Server(home)
    server.start()
    with psycopg.connect(server.url) as connection:
        connection.execute("set session_replication_role = replica")
        for statement in statements:
            connection.execute(statement)
    server.stop()
