"""Anchors: signed once a day, by a key kept apart, shown to everybody, sent to whom the site names."""

import json
import os
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client

from tests.cast import MONDAY, Cast
from tests.tampering import owning
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.evidence import anchoring, heads, nightly, signing_keys, walking
from tratativa.evidence.models import Anchor, Head, SigningKey, Walk

TUESDAY = MONDAY + timedelta(days=1)


def test_a_day_is_signed_once(signed: list[Case]) -> None:
    assert anchoring.sign(at=MONDAY + timedelta(hours=9)) == []
    assert [one.day.isoformat() for one in anchoring.sign(at=TUESDAY)] == ["2026-11-24"]

    assert walking.walk().anchors == 2


def test_a_clock_set_back_signs_nothing_before_what_is_signed(signed: list[Case]) -> None:
    assert anchoring.sign(at=MONDAY - timedelta(days=3)) == []


def test_the_private_key_is_a_file_of_its_owner_alone_and_sealed(signed: list[Case]) -> None:
    folder = signing_keys.folder()
    file = folder / f"anchor-{SigningKey.objects.get().pk}.pem"

    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    assert b"ENCRYPTED" in file.read_bytes()


def test_what_an_old_key_signed_stays_valid(signed: list[Case]) -> None:
    signing_keys.rotate(at=TUESDAY)
    anchoring.sign(at=TUESDAY)

    assert Anchor.objects.values("key").distinct().count() == 2
    assert walking.walk().faults == ()


def test_without_its_key_nothing_is_signed_and_no_new_one_is_made_in_silence(signed: list[Case]) -> None:
    key = SigningKey.objects.get()
    (signing_keys.folder() / f"anchor-{key.pk}.pem").unlink()

    with pytest.raises(signing_keys.NoKey, match="não abre"):
        anchoring.sign(at=TUESDAY)

    assert not signing_keys.is_here(key)
    assert SigningKey.objects.count() == 1


def test_a_key_sealed_by_another_secret_does_not_open(signed: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECRET_KEY", "outra")

    assert not signing_keys.is_here(SigningKey.objects.get())


def test_anchors_leave_once_in_a_letter_that_a_stranger_can_check(
    signed: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ANCHORS_TO", ["auditoria@fora.example"], raising=False)

    assert (anchoring.send(at=TUESDAY), anchoring.send(at=TUESDAY)) == (1, 0)

    [letter] = mail.outbox
    [(_name, lines, _type)] = letter.attachments
    assert letter.to == ["auditoria@fora.example"]
    assert walking.walk(kept=(str(lines).strip(),)).faults == ()


def test_without_a_setting_no_letter_leaves(signed: list[Case]) -> None:
    assert anchoring.send(at=TUESDAY) == 0
    assert mail.outbox == []


def test_everybody_may_read_the_anchors_and_nobody_learns_how_much_was_written(signed: list[Case]) -> None:
    page, lines = Client().get("/anchors/"), Client().get("/anchors/anchors.jsonl")

    root = Anchor.objects.get().root
    assert root in page.content.decode() and "Americanas" in page.content.decode()
    statement = json.loads(json.loads(lines.content)["statement"])
    assert set(statement) == {"marketplace", "chain", "day", "at", "root", "previous"}


def test_before_the_first_anchor_the_page_says_so(db: None) -> None:
    assert "Nenhuma âncora foi assinada ainda" in Client().get("/anchors/").content.decode()


@pytest.mark.parametrize("row", [Head, Anchor])
def test_the_database_refuses_to_lose_a_head_or_an_anchor(signed: list[Case], row: type[Head] | type[Anchor]) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        row.objects.all().delete()
    with pytest.raises(DatabaseError, match="only grows"), owning(), transaction.atomic():
        row.objects.all().delete()


def test_every_night_the_share_that_waited_longest_is_read(signed: list[Case]) -> None:
    shares = [nightly.walk(at=MONDAY + timedelta(days=night)).share for night in range(8)]

    assert shares == [0, 1, 2, 3, 4, 5, 6, 0]
    assert sum(walk.entries for walk in nightly.newest().values()) == sum(case.entries_count for case in signed)


def test_what_the_night_finds_is_a_row_that_names_the_first_line(signed: list[Case], cast: Cast) -> None:
    replying.reply(signed[0], Message("E agora?"), by=cast.cliente, at=TUESDAY)
    Case.objects.filter(pk=signed[0].pk).update(last_hash="x" * 64)

    walks = [nightly.walk(at=TUESDAY) for _share in range(nightly.SHARES)]

    [bad] = [walk for walk in walks if walk.faults]
    assert signed[0].protocol in bad.first and "o fim foi cortado" in bad.first
    assert Walk.objects.filter(faults__gt=0).count() == 1


def test_a_worker_without_write_access_says_what_it_could_not_write(
    written: list[Case], tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "KEYS", os.devnull, raising=False)
    heads.chain(at=MONDAY)

    with pytest.raises(OSError):
        anchoring.sign(at=MONDAY)

    assert not SigningKey.objects.exists()
