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
from tratativa.rulebook import shipped
from tratativa.rulebook.folders import Files
from tratativa.studio import drafts
from tratativa.studio.models import Draft, File


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

    drafts.discard(draft, by=studio.rita)

    assert not Draft.objects.exists() and not File.objects.exists()
    assert AuditLine.objects.filter(what="rules.draft_discarded", who=studio.rita.person, about="Natal").exists()
    assert rulebook_versions.in_force(studio.place.pk).rulebook == "americanas"


def test_there_are_not_more_drafts_than_people_can_look_after(studio: Studio) -> None:
    for number in range(drafts.MOST):
        drafts.begin(studio.place, f"Rascunho {number}", by=studio.otavio, at=MONDAY)

    with pytest.raises(Refused):
        drafts.begin(studio.place, "Um a mais", by=studio.otavio, at=MONDAY)
