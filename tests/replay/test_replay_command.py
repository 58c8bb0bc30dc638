"""`tratativa rulebook replay`, as its user has it: on a database, in processes, told in sentences."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.cast import MONDAY, gather, opener
from tests.replay.conftest import NEVER_BEFORE, otherwise
from tratativa.cases import sweeping
from tratativa.replay import report, running
from tratativa.replay.asked import Asked
from tratativa.rulebook.language.rulebook import Rulebook

pytestmark = pytest.mark.django_db(transaction=True)


def test_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = gather()
    for _number in range(3):
        opener(cast)()
    sweeping.sweep(at=MONDAY + timedelta(days=5))
    draft = otherwise("deadlines", "Responder ao cliente", within="48 hours")
    asked = Asked(cast.marketplace.pk, json.dumps(draft), NEVER_BEFORE, MONDAY + timedelta(days=5))
    _children_read_this_database(monkeypatch)

    spread, alone = running.run(asked, workers=2), running.run(asked, workers=1)

    assert spread.as_json() == alone.as_json()
    assert alone.cases == 3


def test_it_is_told_in_sentences() -> None:
    cast = gather()
    opener(cast)()
    sweeping.sweep(at=MONDAY + timedelta(days=5))
    draft = otherwise("deadlines", "Responder ao cliente", within="96 hours")
    asked = Asked(cast.marketplace.pk, json.dumps(draft), NEVER_BEFORE, MONDAY + timedelta(days=3))

    found = report.of(
        running.run(asked, workers=1), draft=Rulebook.model_validate(draft),
        applies=Rulebook.model_validate(otherwise("deadlines", "Responder ao cliente", warn_at="50%")),
        until=asked.until,
    )  # fmt: skip

    assert found.headline[0] == "1 atendimento julgado de novo"
    assert any("pessoas teriam agido de outra forma" in limit for limit in found.limits)


def _children_read_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    known = connection.settings_dict
    url = f"postgresql://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}?host={known['HOST']}"
    if known.get("PORT"):
        url += f"&port={known['PORT']}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tratativa.config.settings")
    monkeypatch.setenv("TRATATIVA_SECRET_KEY", settings.SECRET_KEY)
    monkeypatch.setenv("TRATATIVA_DATA", str(Path(settings.MEDIA_ROOT).parent))
