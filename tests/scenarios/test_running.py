"""The runner tells the truth: what holds passes, what does not fails with file, line, expected and actual."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tratativa.accounts.models import Marketplace, Person
from tratativa.cases.models import Case
from tratativa.cli import rulebook_commands
from tratativa.rulebook import shipped
from tratativa.scenarios import running, script_files, script_reading, scripts
from tratativa.scenarios.running import Failure

pytestmark = pytest.mark.django_db

HEAD = """scenario: Uma história
rulebook: americanas
now: 2026-11-23 09:00
order: {number: "1001", stage: shipped, total: 199.90}
steps:
  - customer: {open: {reason: Atraso na entrega, text: Cadê meu pedido?}}
"""
STEPS_BEGIN = HEAD.count("\n") + 1


@pytest.fixture
def play(tmp_path):
    def playing(steps: str, head: str = HEAD) -> list[Failure]:
        file = tmp_path / "historia.yaml"
        file.write_text(head + steps, "utf-8")
        (scenario,) = script_reading.read(file)
        return running.play(scenario)

    return playing


def test_what_holds_passes_and_leaves_nothing_behind(play) -> None:
    assert play("  - expect: {status: Aguardando parceiro, waiting_on: seller}\n") == []

    assert not Case.objects.exists()
    assert not Marketplace.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("expectation", "expected", "actual"),
    [
        ("{status: Encerrado}", "Encerrado", "Aguardando parceiro"),
        ("{waiting_on: customer}", "customer", "seller"),
        ("{due: 2026-11-24 10:00}", "2026-11-24 10:00", "2026-11-24 09:00"),
        ("{due: none}", "none", "2026-11-24 09:00"),
        ("{deadlines: {Responder ao cliente: met}}", "met", "due"),
        ("{deadlines: {Responder ao marketplace: due}}", "due", "none"),
        ("{deadlines: {Responder ao cliente: 2026-11-24 09:01}}", "2026-11-24 09:01", "due 2026-11-24 09:00"),
        ("{overdue: true}", "true", "false"),
        ("{mediated: true}", "true", "false"),
        ("{critical: true}", "true", "false"),
        ("{closed: true}", "true", "false"),
        ("{kind: Mensageria}", "Mensageria", "atendimento"),
        ("{order: {stage: delivered}}", "delivered", "shipped"),
        ("{order: {total: 200.00}}", "20000", "19990"),
        ("{emailed: [marketplace]}", "marketplace", "customer, seller"),
        ("{emailed: []}", "[]", "customer, seller"),
        ("{notified: [customer]}", "customer", "marketplace, seller"),
        ("{score: {resposta-perdida: 1}}", "1", "0"),
        ("{survey: sent}", "sent", "none"),
        ("{cases_of_order: 2}", "2", "1"),
        ("{commands: [cancel_order]}", "cancel_order", "[]"),
        ("{assignee: second agent}", "second agent", "nobody"),
        ("{inbox: {by: seller, filter: {status: Encerrado}, finds: [first]}}", "first", "[]"),
        ("{seller: {can: [Reabrir atendimento]}}", "pode", "não pode: O atendimento já está aberto."),
        ("{seller: {cannot: [Responder]}}", "não pode", "pode"),
        ("{customer: {must: [Responder]}}", "deve", "pode, sem prazo"),
        (
            "{seller: {sees: [cadê o presente]}}",
            "cadê o presente",
            "Cliente abriu o atendimento com Parceiro · mensagens, Cadê meu pedido?, "
            "Prazo «Responder ao cliente» até ter 24/11/2026 09:00 (horário de Brasília).",
        ),
        ("{seller: {hides: [cade meu PEDIDO]}}", "sem «cade meu PEDIDO»", "Cadê meu pedido?"),
    ],
)
def test_what_does_not_hold_fails_with_line_expected_and_actual(play, expectation, expected, actual) -> None:
    (failure,) = play(f"  - expect:\n      {expectation}\n")

    assert (failure.expected, failure.actual) == (expected, actual)
    assert failure.line in {STEPS_BEGIN, STEPS_BEGIN + 1}
    assert str(failure).startswith(f"historia.yaml:{failure.line}: ")


def test_one_expect_tells_everything_that_is_wrong(play) -> None:
    failures = play("  - expect:\n      status: Encerrado\n      overdue: true\n      waiting_on: seller\n")

    assert [failure.line for failure in failures] == [STEPS_BEGIN + 1, STEPS_BEGIN + 2]


@pytest.mark.parametrize(
    "step",
    [
        "expect: {seller: {likes: [Oi]}}",
    ],
)
def test_what_is_not_known_yet_is_said_and_never_ignored(play, step) -> None:
    (failure,) = play(f"  - {step}\n")

    assert "ainda não sabe `" in failure.what
    assert failure.line == STEPS_BEGIN


@pytest.mark.parametrize(
    ("step", "hint"),
    [
        ("expect: {statuss: Encerrado}", "`expect` não conhece `statuss`; você quis dizer `status`?"),
        ("expect: {status: Encerado}", "você quis dizer `Encerrado`?"),
        ("expect: {seller: {can: [Encerar atendimento]}}", "você quis dizer `Encerrar atendimento`?"),
        ("expect: {deadlines: {Responder o cliente: due}}", "você quis dizer `Responder ao cliente`?"),
        ("seller: {replay: {text: Oi}}", "`seller` não sabe `replay`; você quis dizer `reply`?"),
        ("order: {stage: deliverd}", "você quis dizer `delivered`?"),
        ("seller: {do: Anotar, with: {Testo: Oi}}", "você quis dizer `Texto`?"),
    ],
)
def test_a_misspelling_gets_the_nearest_spelling(play, step, hint) -> None:
    failures = play(f"  - {step}\n")

    assert hint in str(failures[0])


def test_a_refused_step_fails_and_the_rest_is_left_alone(play) -> None:
    failures = play("  - seller: {reopen: true}\n  - expect: {closed: true}\n")

    assert [failure.what for failure in failures] == ["o passo `seller` foi recusado"]
    assert failures[0].actual == "O atendimento já está aberto."


def test_a_step_that_must_be_refused_and_is_not_fails(play) -> None:
    (failure,) = play("  - seller: {note: Ligar amanhã.}\n    refused: true\n")

    assert failure.what == "o passo `seller` foi aceito"


def test_a_refusal_for_another_reason_fails(play) -> None:
    (failure,) = play("  - seller: {reopen: true}\n    refused: falta dinheiro\n")

    assert (failure.expected, failure.actual) == ("falta dinheiro", "O atendimento já está aberto.")


def test_the_words_of_a_refusal_may_be_part_of_it_in_any_case(play) -> None:
    assert play("  - seller: {reopen: true}\n    refused: JA ESTA aberto\n") == []


def test_time_does_not_run_backwards(play) -> None:
    (failure,) = play("  - at: 2026-11-22 09:00\n")

    assert "não anda para trás" in failure.what


def test_a_story_that_names_no_case_yet_says_so(play) -> None:
    head = HEAD[: HEAD.index("  - customer")]

    (failure,) = play("  - seller: {reply: {to: customer, text: Oi}}\n", head)

    assert "ainda não há atendimento" in failure.what


def test_a_calendar_of_the_story_replaces_the_rulebooks(play) -> None:
    head = HEAD.replace("steps:", 'calendar: {hours: {mon-sun: ["00:00-24:00"]}}\nsteps:')

    assert play("  - expect: {due: 2026-11-23 21:00}\n", head) == []


def test_a_calendar_nobody_could_keep_is_a_failure_not_a_crash(play) -> None:
    head = HEAD.replace("steps:", 'calendar: {hours: {mon: ["18:00-08:00"]}}\nsteps:')

    (failure,) = play("  - expect: {closed: false}\n", head)

    assert "não entendi o horário" in failure.what


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        ("scenario: A\nrulebook: americanas\nstepps: []\n", 3, "você quis dizer `steps`?"),
        ("scenario: A\nrulebook: american\nsteps: []\n", 2, "você quis dizer `americanas`?"),
        ("scenario: A\nrulebook: americanas\nsteps:\n  - {costumer: {}}\n", 4, "você quis dizer `customer`?"),
        ("scenario: A\nrulebook: americanas\nsteps:\n  - {customer: {}, seller: {}}\n", 4, "diz uma coisa só"),
        ("scenario: A\nrulebook: americanas\nsteps: {a: 1}\n", 3, "`steps` é uma lista"),
        ("- 1\n", 1, "um cenário é um mapa"),
        ("scenario: A\nscenario: B\n", 2, "duas vezes"),
    ],
)
def test_a_file_nobody_could_play_names_its_line(tmp_path: Path, head, line, words) -> None:
    file = tmp_path / "torto.yaml"
    file.write_text(head, "utf-8")

    with pytest.raises(scripts.BadScenario) as bad:
        script_reading.read(file)

    assert any(problem.line == line and words in problem.text for problem in bad.value.problems)


def test_one_file_may_hold_several_stories(tmp_path: Path) -> None:
    file = tmp_path / "duas.yaml"
    file.write_text("- {scenario: A, rulebook: americanas, rows: [A-01]}\n- {scenario: B, rulebook: americanas}\n")

    read = script_reading.read(file)
    assert [(one.name, one.rows, one.line()) for one in read] == [
        ("A", ("A-01",), 1),
        ("B", (), 2),
    ]


def test_files_are_found_by_rulebook_name_folder_and_file(tmp_path: Path) -> None:
    by_name = script_files.files([Path("americanas")])

    assert by_name
    assert script_files.files([by_name[0].parent.parent]) == by_name
    assert script_files.files([by_name[0].parent]) == by_name
    assert script_files.files([by_name[0]]) == [by_name[0]]
    assert script_files.files([Path("comercio-eletronico")]) == []
    with pytest.raises(scripts.BadScenario, match="não há cenários"):
        script_files.files([tmp_path])


def test_a_story_one_folder_deeper_is_found_and_proves_its_own_rulebook(tmp_path: Path) -> None:
    folder = tmp_path / "minha"
    shutil.copytree(shipped.FOLDER / "americanas", folder)
    deeper = folder / "scenarios" / "entrega" / "atraso" / "historia.yaml"
    deeper.parent.mkdir(parents=True)
    deeper.write_text(HEAD, "utf-8")

    assert deeper in script_files.files([folder])
    assert deeper in script_files.files([folder / "scenarios"])
    (story,) = script_reading.read(deeper)
    assert story.folder == folder.resolve()
    assert story.file == "minha/scenarios/entrega/atraso/historia.yaml"


def test_another_rulebooks_name_is_a_problem_one_folder_deeper_too(tmp_path: Path) -> None:
    folder = tmp_path / "minha"
    shutil.copytree(shipped.FOLDER / "americanas", folder)
    deeper = folder / "scenarios" / "entrega" / "historia.yaml"
    deeper.parent.mkdir(parents=True)
    deeper.write_text(HEAD.replace("rulebook: americanas", "rulebook: casas-bahia"), "utf-8")

    with pytest.raises(scripts.BadScenario, match="casas-bahia"):
        script_reading.read(deeper)
    told = CliRunner().invoke(rulebook_commands.rulebook, ["check", str(folder)])
    assert told.exit_code == 1
    assert "scenarios/entrega/historia.yaml:2" in told.output
