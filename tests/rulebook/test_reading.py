"""Reading a rulebook folder: what is wrong names its file and line; what is right is the same whatever the order."""

import shutil
from pathlib import Path

import pytest

from tratativa.rulebook import reading, shipped
from tratativa.rulebook.reading import BadRulebook
from tratativa.rulebook.terms.problems import Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the Americanas rulebook that a test may spoil."""
    return Path(shutil.copytree(shipped.FOLDER / "americanas", tmp_path / "americanas"))


def spoil(folder: Path, name: str, old: str, new: str) -> int:
    """Replaces a text of a file; the line it stands on."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(BadRulebook) as bad:
        reading.load(folder)
    return bad.value.problems


@pytest.mark.parametrize("name", ["americanas", "comercio-eletronico"])
def test_shipped_rulebooks_read_well(name) -> None:
    loaded = reading.load(shipped.FOLDER / name)

    assert loaded.book.rulebook == name
    assert reading.parse(_canonical(loaded.data)) == loaded.book


def _canonical(data) -> str:
    import json

    return json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("rulebook.yaml", "title:", "titel:", "você quis dizer `title`?"),
        ("rulebook.yaml", "rulebook: americanas", "rulebook: Lojas Americanas", "rulebook"),
        ("rulebook.yaml", "max_size: 2 MiB", "max_size: 2 megas", "escreva o tamanho como `2 MiB`"),
        ("rulebook.yaml", "within: 2160 hours", "within: 90 dias", "não entendi o prazo `90 dias`"),
        ("rulebook.yaml", "case.mediation: asked", "case.mediacao: asked", "você quis dizer `case.mediation`?"),
        ("rulebook.yaml", "case.waiting_on: seller", "case.waiting_on: selle", "seller"),
        ("rulebook.yaml", "tone: done", "tone: green", "use neutral, waiting, urgent, mediation, done"),
        ("rulebook.yaml", "by:\n    customer:", "by:\n    cliente:", "customer"),
        ("actions.yaml", "place: mediation", "place: midiation", "você quis dizer `mediation`?"),
        ("actions.yaml", "- reopen\n", "- reopened\n", "não existe o efeito `reopened`"),
        (
            "actions.yaml",
            "to: marketplace}",
            "too: marketplace}",
            "`too`: esta chave não existe aqui; você quis dizer `to`?",
        ),
        ("actions.yaml", "check_first:", "check_frist:", "você quis dizer `check_first`?"),
        ("deadlines.yaml", "within: 1 business day", "within: 12", "não entendi o prazo `12`"),
        ("deadlines.yaml", "within: 1 business day", "within: 0 hours", "não entendi o prazo `0 hours`"),
        ("deadlines.yaml", "within: 1 business day", "within: .inf", "não entendi o prazo `.inf`"),
        ("deadlines.yaml", "within: 1 business day", "within: 999999 hours", "vinte anos"),
        ("deadlines.yaml", "starts: {message_from: customer}", "starts: {}", "exatamente um"),
        ("deadlines.yaml", "warn_at: 75%", "warn_at: 750%", "warn_at"),
        ("deadlines.yaml", "when: {case.mediation: asked}", "when: {case.mediation: aksed}", "asked"),
        ("reasons.yaml", "help: O prazo prometido", "hepl: O prazo prometido", "você quis dizer `help`?"),
    ],
)
def test_a_mistake_names_its_file_its_line_and_the_remedy(folder, name, old, new, words) -> None:
    line = spoil(folder, name, old, new)

    found = problems(folder)

    here = [problem for problem in found if words in problem.text]
    assert here, [str(problem) for problem in found]
    assert here[0].file == f"americanas/{name}"
    assert abs(here[0].line - line) <= 1


def test_a_mistake_in_an_included_rulebook_names_that_rulebooks_file(folder) -> None:
    other = Path(shutil.copytree(shipped.FOLDER / "comercio-eletronico", folder.parent / "comercio-eletronico"))
    line = spoil(other, "deadlines.yaml", "within: 5 days", "within: 5 dias")

    (problem,) = problems(folder)

    assert (problem.file, problem.line) == ("comercio-eletronico/deadlines.yaml", line)


def test_every_mistake_is_told_at_once(folder) -> None:
    spoil(folder, "rulebook.yaml", "tone: done", "tone: green")
    spoil(folder, "deadlines.yaml", "warn_at: 75%", "warn_at: often")
    spoil(folder, "reasons.yaml", "help: O prazo prometido", "hepl: O prazo prometido")

    assert {problem.file for problem in problems(folder)} == {
        "americanas/rulebook.yaml", "americanas/deadlines.yaml", "americanas/reasons.yaml",
    }  # fmt: skip


def test_an_include_that_does_not_exist_is_told(folder) -> None:
    line = spoil(folder, "rulebook.yaml", "[comercio-eletronico]", "[comercio]")

    (problem,) = problems(folder)

    assert (problem.line, problem.text) == (line, "não existe o rulebook incluído `comercio`")


@pytest.mark.parametrize("names", ["5", "true", "americanas", "{americanas: 1}", "[1]", f"[{'a' * 300}]"])
def test_includes_that_are_no_list_of_names_are_told(folder, names) -> None:
    line = spoil(folder, "rulebook.yaml", "[comercio-eletronico]", names)

    (problem,) = problems(folder)

    assert (problem.line, problem.text) == (line, "`includes` é uma lista de nomes de rulebooks")


def test_a_rulebook_that_includes_itself_is_told(folder) -> None:
    spoil(folder, "rulebook.yaml", "[comercio-eletronico]", "[americanas]")

    assert "inclui a si mesmo" in problems(folder)[0].text


def test_two_rulebooks_that_include_each_other_are_told(folder) -> None:
    other = Path(shutil.copytree(shipped.FOLDER / "comercio-eletronico", folder.parent / "comercio-eletronico"))
    spoil(other, "rulebook.yaml", "title:", "includes: [americanas]\ntitle:")

    assert "inclui a si mesmo" in problems(folder)[0].text


def test_a_folder_without_rulebook_is_told(tmp_path) -> None:
    (problem,) = problems(tmp_path)

    assert "falta o arquivo rulebook.yaml" in problem.text


@pytest.mark.parametrize(
    ("name", "text"), [("rulebook.yaml", "- a\n"), ("rulebook.yaml", ""), ("actions.yaml", "a: 1\n")]
)
def test_a_file_of_another_shape_is_told(folder, name, text) -> None:
    (folder / name).write_text(text)

    assert problems(folder)[0].line == 1


def test_the_digest_is_the_contents_not_the_layout(folder) -> None:
    before = reading.load(folder).digest
    text = (folder / "rulebook.yaml").read_text("utf-8")

    (folder / "rulebook.yaml").write_text("# outro comentário\n\n" + text, "utf-8")
    assert reading.load(folder).digest == before

    spoil(folder, "rulebook.yaml", "title: Americanas Marketplace", "title: Americanas")
    assert reading.load(folder).digest != before


def test_included_lists_stand_behind_the_rulebooks_own() -> None:
    labels = [rule.label for rule in reading.load(shipped.FOLDER / "americanas").book.deadlines]

    assert labels == ["Responder ao cliente", "Responder ao marketplace", "Responder à demanda"]


def test_anything_with_a_label_is_found_by_id_and_by_label() -> None:
    book = reading.load(shipped.FOLDER / "americanas").book

    assert book.action("Falar com a Americanas") is book.action("falar-com-a-americanas") is not None
    assert book.reason("Dúvida sobre o produto") is book.reason("duvida-sobre-o-produto") is not None
    assert book.deadline("responder-a-demanda") is not None
    assert book.action("Voar") is None


@pytest.mark.parametrize(
    ("part", "where"),
    [
        ("reasons", "reasons.yaml"),
        ("actions", "actions.yaml"),
        ("deadlines", "deadlines.yaml"),
        ("asks", "asks.yaml"),
        ("groups", "groups.yaml"),
        ("case_fields", "case_fields.yaml"),
        ("playbooks", "playbooks/<nome>.yaml"),
        ("templates", "templates/<nome>.md"),
        ("pictures", "pictures/"),
    ],
)
def test_what_has_a_file_of_its_own_is_not_lost_in_rulebook_yaml(folder: Path, part: str, where: str) -> None:
    line = spoil(folder, "rulebook.yaml", "title:", f"{part}: []\ntitle:")

    (said,) = problems(folder)

    assert (said.file, said.line) == ("americanas/rulebook.yaml", line)
    assert f"`{part}` não fica em rulebook.yaml" in said.text and where in said.text


def test_a_company_can_work_under_every_shipped_rulebook_but_the_duties_that_others_include() -> None:
    assert set(shipped.names()) - set(shipped.whole()) == {"comercio-eletronico", "sac-regulado"}
