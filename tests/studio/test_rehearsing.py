"""Rehearsing: stories are played by a process of their own, within time, and no row of ours is touched by them."""

from tests.cast import MONDAY
from tests.studio.conftest import Studio
from tratativa.cases.models import Case
from tratativa.rulebook import shipped
from tratativa.rulebook.folders import Files, read
from tratativa.studio import drafts, rehearsing
from tratativa.studio.models import Rehearsal


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
    assert any(line.strip().startswith("scenarios/historias.yaml:") for line in done.told)
    assert not Case.objects.exists()


def test_what_takes_too_long_is_stopped(studio: Studio) -> None:
    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)

    with drafts.laid_out(drafts.files(draft)) as folder:
        _lines, stopped = rehearsing.run(folder, seconds=0.2)

    assert stopped
