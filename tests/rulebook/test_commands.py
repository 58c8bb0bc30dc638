"""The commands `deadline` and `rulebook`, run as a person runs them."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tratativa.rulebook import shipped

COMMAND = Path(sys.executable).parent / "tratativa"


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), *arguments], capture_output=True, text=True, timeout=240, env={**os.environ, **env}, check=False
    )


def test_a_deadline_is_printed_with_its_reason() -> None:
    done = run("deadline", "--from", "2026-11-23 09:00", "--within", "{first_of: [12 business hours, 24 hours]}")

    first, why = done.stdout.splitlines()
    assert done.returncode == 0
    assert first == "2026-11-24T09:00:00-03:00"
    assert why.endswith("vale o que vier primeiro: ter 24/11/2026 09:00.")


def test_a_deadline_follows_the_calendar_it_is_given(tmp_path) -> None:
    file = tmp_path / "calendario.yaml"
    file.write_text('timezone: America/Manaus\ncalendar: {hours: {mon-sat: ["09:00-12:00"]}, holidays: {}}\n')

    done = run("deadline", "--from", "2026-11-28 11:00", "--within", "2 business hours", "--calendar", str(file))

    assert done.stdout.splitlines()[0] == "2026-11-30T10:00:00-04:00"
    assert "seg–sáb 09:00–12:00" in done.stdout


def test_a_calendar_file_may_leave_out_what_it_does_not_change(tmp_path) -> None:
    file = tmp_path / "calendario.yaml"
    file.write_text('calendar: {hours: {mon-fri: ["08:00-22:00"]}}\n')

    done = run("deadline", "--from", "2026-11-23 08:00", "--within", "12 business hours", "--calendar", str(file))

    assert done.stdout.splitlines()[0] == "2026-11-23T20:00:00-03:00"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "ontem", "--within", "24 hours"), "2026-11-23 09:00"),
        (("--from", "2026-11-23 09:00", "--within", "24"), "24 hours"),
        (("--from", "2026-11-23 09:00", "--within", "{first_of: ["), "YAML"),
        (("--from", "2026-11-23 09:00"), "--within"),
        (("--from", "2026-11-23 09:00", "--within", "24 hours", "--calendar", "/nowhere.yaml"), "/nowhere.yaml"),
    ],
)
def test_a_deadline_asked_wrongly_ends_with_two_and_says_how(arguments, words) -> None:
    done = run("deadline", *arguments)

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "calendar: {hours: {mon: ['18:00-08:00']}}",
        "calendar: {hours: 3}",
        "calendar: 3",
        "timezone: Mars/Olympus",
        "- a",
        "a: &b 1",
    ],
)
def test_a_calendar_nobody_could_keep_ends_with_one_and_a_sentence(tmp_path, text) -> None:
    file = tmp_path / "calendario.yaml"
    file.write_text(text)

    done = run("deadline", "--from", "2026-11-23 09:00", "--within", "1 hour", "--calendar", str(file))

    assert done.returncode == 1
    assert str(file) in done.stderr
    assert "Traceback" not in done.stderr
    assert "inesperada" not in done.stderr


def test_the_shipped_rulebooks_are_listed_and_shown() -> None:
    assert [line.split("\t")[0] for line in run("rulebook", "list").stdout.splitlines()] == shipped.names()

    whole, seller = run("rulebook", "show", "americanas"), run("rulebook", "show", "americanas", "--party", "seller")
    assert "Falar com a Americanas" in whole.stdout
    assert "Falar com a Americanas" not in seller.stdout
    assert "Encerrar atendimento" in seller.stdout


def test_check_is_content_with_what_is_shipped_and_quick_about_it() -> None:
    begun = time.process_time()  # other work on the machine is not the check's

    done = run("rulebook", "check", *shipped.names())

    assert (done.returncode, done.stderr) == (0, "")
    assert time.process_time() - begun < 5


def test_check_tells_every_problem_with_its_line(tmp_path) -> None:
    folder = Path(shutil.copytree(shipped.FOLDER / "americanas", tmp_path / "americanas"))
    actions = folder / "actions.yaml"
    actions.write_text(actions.read_text("utf-8").replace("place: note", "place: notes"), "utf-8")
    (folder / "scenarios" / "torto.yaml").write_text("scenario: A\nstepps: []\n")

    done = run("rulebook", "check", str(folder))

    first, second = done.stdout.splitlines()
    assert done.returncode == 1
    assert first.startswith("americanas/actions.yaml:")
    assert "você quis dizer `note`?" in first
    assert second.startswith("americanas/scenarios/torto.yaml:2:")


def test_the_schema_is_json() -> None:
    assert json.loads(run("rulebook", "schema").stdout)["title"] == "rulebook.yaml"
    assert json.loads(run("rulebook", "schema", "deadlines").stdout)["title"] == "deadlines.yaml"
    assert json.loads(run("rulebook", "schema", "scenarios").stdout)["title"] == "scenarios/*.yaml"
    assert run("rulebook", "schema", "planets").returncode == 2


def test_a_rulebook_that_is_nowhere_is_a_sentence() -> None:
    done = run("rulebook", "show", "lua")

    assert done.returncode == 1
    assert "americanas" in done.stderr


STORY = """scenario: Uma história
rulebook: americanas
order: {number: "1001"}
steps:
  - customer: {open: {reason: Nota fiscal, text: Cadê a nota?}}
  - expect: {status: %s}
"""


@pytest.mark.parametrize("database", ["given", "embedded"])
def test_scenarios_are_rehearsed_on_a_database_of_their_own(tmp_path, database) -> None:
    file = tmp_path / "duas.yaml"
    told = (STORY % "Aguardando parceiro", STORY % "Encerrado")
    file.write_text("".join("- " + text.replace("\n", "\n  ").rstrip() + "\n" for text in told), "utf-8")
    env = {} if database == "given" else {"DATABASE_URL": ""}

    done = run("rulebook", "test", str(file), **env)

    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[-1] == "Passaram: 1; falharam: 1."
    assert "duas.yaml:12: o status é outro" in done.stdout
    assert "esperado: Encerrado" in done.stdout
    assert "veio:     Aguardando parceiro" in done.stdout


def test_rehearsing_nothing_is_a_failure(tmp_path) -> None:
    done = run("rulebook", "test", str(tmp_path / "nada"))

    assert done.returncode == 1
    assert "não há cenários aqui" in done.stdout
    assert done.stdout.splitlines()[-1] == "Passaram: 0; falharam: 1."


@pytest.mark.parametrize("command", [(), ("list",), ("show",), ("check",), ("test",), ("schema",)])
def test_every_command_helps_with_an_example(command) -> None:
    done = run("rulebook", *command, "--help")

    assert done.returncode == 0
    assert f"Exemplo: tratativa {' '.join(('rulebook', *command))}" in done.stdout


def test_the_stories_of_a_copied_folder_prove_the_copy(tmp_path) -> None:
    copy = tmp_path / "meu-marketplace"
    shutil.copytree(shipped.FOLDER / "americanas", copy)
    (copy / "deadlines.yaml").write_text("[]\n")
    for file in (copy / "scenarios").glob("*.yaml"):
        if file.name != "prazos.yaml":
            file.unlink()

    done = run("rulebook", "test", str(copy))

    assert done.returncode == 1
    assert not done.stdout.splitlines()[-1].startswith("Passaram: 0; falharam: 0")
    assert "falharam: 0." not in done.stdout


def test_a_story_that_names_another_rulebook_than_its_folders_is_a_problem(tmp_path) -> None:
    copy = tmp_path / "meu-marketplace"
    shutil.copytree(shipped.FOLDER / "americanas", copy)
    rules = copy / "rulebook.yaml"
    rules.write_text(rules.read_text().replace("rulebook: americanas", "rulebook: meu-marketplace"))

    checked, tested = run("rulebook", "check", str(copy)), run("rulebook", "test", str(copy / "scenarios/prazos.yaml"))

    assert (checked.returncode, tested.returncode) == (1, 1)
    assert "fala de `americanas`" in checked.stdout
    assert "fala de `americanas`" in tested.stdout


def test_a_story_may_name_a_rulebook_its_own_includes_and_plays_under_its_own(tmp_path) -> None:
    copy = tmp_path / "meu-marketplace"
    shutil.copytree(shipped.FOLDER / "americanas", copy)
    story = copy / "scenarios" / "prazos.yaml"
    story.write_text(story.read_text().replace("rulebook: americanas", "rulebook: comercio-eletronico"))

    assert "Nenhum problema" in run("rulebook", "check", str(copy)).stdout
