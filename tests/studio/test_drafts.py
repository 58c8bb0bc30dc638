"""Drafts: begun from what applies or from files that came, read as rules, thrown away; each told on the audit log."""

import json

import pytest

from tests.cast import MONDAY, rewrite
from tests.studio.conftest import Studio
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.people.refusals import Refused
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Folder
from tratativa.founding import kept_folders, rules
from tratativa.founding.rules import BadRules
from tratativa.rulebook import folders, shipped
from tratativa.rulebook.folders import Files
from tratativa.studio import drafts, publishing, saving
from tratativa.studio.models import Draft, File
from tratativa.studio.publishing import Wanted


def test_a_draft_begins_with_the_files_of_what_applies_comments_and_stories_too(studio: Studio) -> None:
    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)

    said = drafts.files(draft).texts
    folder = shipped.folder("americanas")
    assert folder and said["actions.yaml"] == (folder / "actions.yaml").read_text()
    assert any(path.startswith("scenarios/") for path in said)
    assert drafts.ready(draft).loaded.digest == rulebook_versions.current(studio.place.pk).digest
    assert drafts.rulebook(draft).rulebook == "americanas"
    assert draft.base == rulebook_versions.current(studio.place.pk)
    assert list(AuditLine.objects.values_list("what", "about")) == [("rules.draft_begun", "Natal")]


def test_rules_nobody_kept_the_files_of_are_written_anew_and_say_the_same(studio: Studio) -> None:
    rewrite(studio.place, lambda data: data.update(title="Outra Loja"), at=MONDAY)

    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)

    kept = json.loads(rulebook_versions.current(studio.place.pk).source)
    again = drafts.ready(draft).loaded.data
    assert {key: value for key, value in again.items() if key != "includes"} == {
        key: value for key, value in kept.items() if key != "includes"
    }


def test_what_is_published_is_what_the_next_draft_begins_with(studio: Studio) -> None:
    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)
    own = File.objects.get(draft=draft, path="rulebook.yaml")
    own.text = "# a nossa\n" + own.text.replace("title: ", "title: Nova ", 1)
    own.save()
    read = drafts.ready(draft)
    rules.publish(studio.place, read.loaded, from_at=None, at=MONDAY, by=studio.rita, files=read.files, name="Natal")

    following = drafts.begin(studio.place, "Verão", by=studio.otavio, at=MONDAY)

    assert drafts.files(following).texts["rulebook.yaml"].startswith("# a nossa\n")
    adoption = rulebook_versions.adoption(studio.place.pk, at=MONDAY)
    assert (adoption.name, adoption.by, adoption.second) == ("Natal", studio.rita.person, None)


def test_the_same_rules_with_another_comment_are_kept_and_not_published_twice(studio: Studio) -> None:
    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)
    File.objects.filter(draft=draft, path="rulebook.yaml").update(
        text="# a nossa\n" + drafts.files(draft).texts["rulebook.yaml"]
    )
    read = drafts.ready(draft)

    done = rules.publish(studio.place, read.loaded, from_at=None, at=MONDAY, by=studio.rita, files=read.files)

    assert not done.new and Folder.objects.count() == 1
    version = rulebook_versions.current(studio.place.pk)
    assert kept_folders.of(version).texts["rulebook.yaml"].startswith("# a nossa")


def test_a_draft_with_something_wrong_is_read_as_problems_by_file_and_line(studio: Studio) -> None:
    texts = {"rulebook.yaml": "rulebook: x\ntitle: X\nquimera: 1\n", "actions.yaml": "- label: [\n"}
    draft = drafts.begin_from(studio.place, Files(texts), "De um ZIP", by=studio.otavio, at=MONDAY)

    found = drafts.problems(draft)

    assert [(one.file, one.line) for one in found] == [("actions.yaml", 2)]
    with pytest.raises(BadRules):
        drafts.rulebook(draft)


def test_a_draft_thrown_away_is_gone_and_what_applies_stays(studio: Studio) -> None:
    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)

    drafts.discard(draft, known=draft.revision, by=studio.rita)

    assert not Draft.objects.exists() and not File.objects.exists()
    assert AuditLine.objects.filter(what="rules.draft_discarded", who=studio.rita.person, about="Natal").exists()
    assert rulebook_versions.in_force(studio.place.pk).rulebook == "americanas"


def test_there_are_not_more_drafts_than_people_can_look_after(studio: Studio) -> None:
    for number in range(drafts.MOST):
        drafts.begin(studio.place, f"Rascunho {number}", by=studio.otavio, at=MONDAY)

    with pytest.raises(Refused):
        drafts.begin(studio.place, "Um a mais", by=studio.otavio, at=MONDAY)


def test_what_somebody_saved_or_proposed_meanwhile_is_not_thrown_away(studio: Studio) -> None:
    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)
    seen = draft.revision
    kept = File.objects.get(draft=draft, path="actions.yaml")
    saving.save(draft, kept.path, kept.text + "# mais\n", known=kept.revision, by=studio.rita, at=MONDAY)

    with pytest.raises(drafts.ChangedMeanwhile) as clash:
        drafts.discard(draft, known=seen, by=studio.otavio)
    now = clash.value.draft
    publishing.propose(now, Wanted(now.revision, None, "Natal"), by=studio.rita, at=MONDAY)
    with pytest.raises(drafts.ChangedMeanwhile):
        drafts.discard(draft, known=now.revision, by=studio.otavio)

    assert now.changed_by == studio.rita.person and Draft.objects.exists()


def test_a_file_another_person_saved_meanwhile_is_not_taken_away(studio: Studio) -> None:
    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)
    kept = File.objects.get(draft=draft, path="actions.yaml")
    saving.save(draft, kept.path, kept.text + "# mais\n", known=kept.revision, by=studio.rita, at=MONDAY)

    with pytest.raises(saving.SavedMeanwhile) as clash:
        saving.remove(draft, kept.path, known=kept.revision, by=studio.otavio, at=MONDAY)

    assert clash.value.theirs and clash.value.theirs.changed_by == studio.rita.person
    assert saving.remove(draft, kept.path, known=clash.value.theirs.revision, by=studio.otavio, at=MONDAY)
    assert not saving.remove(draft, kept.path, known=kept.revision, by=studio.otavio, at=MONDAY)


def test_all_files_of_a_draft_together_are_bounded(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = drafts.begin(studio.place, "Natal", by=studio.otavio, at=MONDAY)
    kept = File.objects.get(draft=draft, path="actions.yaml")
    letters = sum(len(text) for text in drafts.files(draft).texts.values())
    monkeypatch.setattr(folders, "MOST_LETTERS", letters + 100)

    assert saving.save(draft, kept.path, kept.text + "#" * 99, known=kept.revision, by=studio.otavio, at=MONDAY)
    kept.refresh_from_db()
    with pytest.raises(Refused, match="somados"):
        saving.save(draft, kept.path, kept.text + "#", known=kept.revision, by=studio.otavio, at=MONDAY)
    with pytest.raises(Refused, match="somados"):
        saving.add(draft, "templates/mais.md", "a", by=studio.otavio, at=MONDAY)
    with pytest.raises(Refused, match="somados"):
        drafts.begin_from(studio.place, Files({"a.md": "a" * (letters + 101)}), "X", by=studio.otavio, at=MONDAY)
    monkeypatch.setattr(folders, "MOST_FILES", 2)
    with pytest.raises(Refused, match="até 2 arquivos"):
        drafts.begin_from(studio.place, Files(dict.fromkeys("abc", "")), "X", by=studio.otavio, at=MONDAY)
