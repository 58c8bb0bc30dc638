"""Rehearsing: stories are played by a process of their own, within time, and no row of ours is touched by them."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import MONDAY
from tests.studio.conftest import Studio, administrator
from tratativa.accounts.models import Marketplace
from tratativa.accounts.people.refusals import Refused
from tratativa.cases.models import Case
from tratativa.founding import rules
from tratativa.replay import asking as replays
from tratativa.rulebook import shipped
from tratativa.rulebook.folders import Files, read
from tratativa.studio import drafts, rehearsing, saving, stories
from tratativa.studio.models import File, Rehearsal


def test_a_drafts_stories_are_played_under_its_own_rules_and_failures_are_told(studio: Studio) -> None:
    folder = shipped.folder("essencial")
    assert folder
    files = read(folder)
    texts = {path: words for path, words in files.texts.items() if path != "scenarios/in-english.yaml"}
    texts["deadlines.yaml"] = texts["deadlines.yaml"].replace("within: 2 business days", "within: 3 business days")
    draft = drafts.begin_from(studio.place, Files(texts, files.pictures), "Lento", by=studio.otavio, at=MONDAY)
    asked = rehearsing.ask(draft, by=studio.otavio, at=MONDAY)

    rehearsing.play(asked.pk, now=lambda: MONDAY)

    done = Rehearsal.objects.get()
    assert done.state == "done" and done.failed == 2 and done.passed > 5
    assert {one["file"] for one in done.told} == {"scenarios/historias.yaml"}
    assert not Case.objects.exists()


def test_what_takes_too_long_is_stopped(studio: Studio) -> None:
    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)

    with drafts.laid_out(drafts.files(draft)) as folder:
        _lines, stopped = rehearsing.run(folder, seconds=0.2)

    assert stopped


def test_who_knows_no_yaml_makes_the_stories_expect_a_changed_deadline(studio: Studio) -> None:
    folder = shipped.folder("essencial")
    assert folder
    read_ = rules.ready(folder)
    rules.publish(studio.place, read_.loaded, from_at=None, at=MONDAY, by=studio.otavio, files=read_.files)
    draft = drafts.begin(studio.place, "Mais tempo", by=studio.otavio, at=MONDAY)
    kept = File.objects.get(draft=draft, path="deadlines.yaml")
    longer = kept.text.replace("within: 2 business days", "within: 3 business days", 1)
    saving.save(draft, kept.path, longer, known=kept.revision, by=studio.otavio, at=MONDAY)
    story = File.objects.get(draft=draft, path="scenarios/historias.yaml").text

    rounds, moment = 0, MONDAY
    while True:
        draft.refresh_from_db()
        moment += timedelta(minutes=1)
        asked = rehearsing.ask(draft, by=studio.otavio, at=moment)
        rehearsing.play(asked.pk, now=lambda: MONDAY)
        asked.refresh_from_db()
        if not asked.failed or rounds == 4:
            break
        assert stories.offered(asked), asked.told
        stories.accept(draft, asked, None, by=studio.otavio, at=moment)
        rounds += 1

    now = File.objects.get(draft=draft, path="scenarios/historias.yaml").text
    assert (asked.failed, asked.state) == (0, "done") and rounds
    assert story.count("#") == now.count("#") and len(story.splitlines()) == len(now.splitlines())
    with pytest.raises(Refused):
        stories.accept(draft, Rehearsal.objects.earliest("asked_at"), None, by=studio.rita, at=moment)


def test_heavy_jobs_of_one_marketplace_share_one_lock_and_another_s_has_its_own(studio: Studio) -> None:
    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)
    other = Marketplace.objects.create(slug="outra", name="Outra")
    folder = shipped.folder("essencial")
    assert folder
    elsewhere = drafts.begin_from(other, read(folder), "Natal", by=administrator(other, "Nina"), at=MONDAY)

    rehearsing.ask(draft, by=studio.otavio, at=MONDAY)
    replays.ask(draft, MONDAY.date(), by=studio.otavio, at=MONDAY)
    rehearsing.ask(elsewhere, by=studio.otavio, at=MONDAY)

    asked = ProcrastinateJob.objects.filter(task_name__in=["studio.rehearse", "replay.run"])
    locks = list(asked.order_by("id").values_list("lock", flat=True))
    assert locks[0] == locks[1] and locks[2] not in (locks[0], None)
