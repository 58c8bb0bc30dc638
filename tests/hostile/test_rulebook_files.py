"""Rulebook files written to break the reader: each is refused quickly, with a sentence, and nothing is executed."""

import shutil
import time
from pathlib import Path

import pytest

from tratativa.rulebook import reading, shipped
from tratativa.rulebook.lint import linting
from tratativa.rulebook.reading import BadRulebook
from tratativa.rulebook.terms import yaml_source
from tratativa.rulebook.terms.yaml_source import BadYaml
from tratativa.scenarios import script_reading
from tratativa.scenarios.scripts import BadScenario

SECONDS = 2


def laughs(levels: int) -> str:
    lines = ["l0: &l0 ha"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, levels + 1)]
    return "\n".join(lines)


HOSTILE = {
    "billion laughs": laughs(9).encode(),
    "one alias": b"a: &a 1\nb: *a\n",
    "an alias to itself": b"a: &a [*a]\n",
    "merge key": b"a: {b: 1}\n<<: {c: 1}\n",
    "python object": b"x: !!python/object/apply:os.system ['touch /tmp/owned']\n",
    "python name": b"x: !!python/name:os.system\n",
    "binary tag": b"x: !!binary aGVsbG8=\n",
    "set tag": b"x: !!set {a, b}\n",
    "own tag": b"x: !include /etc/passwd\n",
    "tag directive": b"%TAG ! tag:yaml.org,2002:\n---\nx: !!str a\n",
    "duplicate key": b"title: a\ntitle: b\n",
    "two documents": b"a: 1\n---\nb: 2\n",
    "deep lists": b"a: " + b"[" * 2000 + b"]" * 2000,
    "very deep lists": b"a: " + b"[" * 200_000,
    "deep maps": "\n".join(" " * n + "a:" for n in range(500)).encode(),
    "deep flow maps": b"{a: " * 5000 + b"}" * 5000,
    "too many items": b"a: [" + b"1," * 70_000 + b"]",
    "too many bytes": b"# " + b"x" * (yaml_source.MAX_BYTES + 1),
    "a long scalar over the limit": b"a: '" + b"x" * yaml_source.MAX_BYTES + b"'",
    "not utf-8": b"a: n\xe3o\n",
    "utf-16": "a: 1\n".encode("utf-16"),
    "lone surrogate bytes": b"a: \xed\xa0\x80\n",
    "NUL": b"a: b\x00c\n",
    "escaped NUL": b'a: "b\\0c"\n',
    "control characters": b"a: \x07\x1b[31m\n",
    "tabs as indentation": b"a:\n\tb: 1\n",
    "unclosed quote": b"a: 'b\n",
    "unclosed list": b"a: [1, 2\n",
    "complex key": b"? [a, b]\n: 1\n",
    "only a percent": b"%\n",
    "only a star": b"*\n",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_quickly_with_a_line(raw) -> None:
    begun = time.perf_counter()

    with pytest.raises(BadYaml) as bad:
        yaml_source.read(raw, "regras.yaml")

    assert time.perf_counter() - begun < SECONDS
    (problem,) = bad.value.problems
    assert problem.file == "regras.yaml"
    assert problem.line >= 1
    assert len(problem.text) < 300
    assert "Traceback" not in problem.text
    assert not Path("/tmp/owned").exists()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped.FOLDER / "americanas", tmp_path / "americanas"))


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", ["rulebook.yaml", "actions.yaml"])
def test_a_hostile_file_spoils_only_its_own_rulebook(folder, name, raw) -> None:
    (folder / name).write_bytes(raw)

    with pytest.raises(BadRulebook) as bad:
        reading.load(folder)

    assert bad.value.problems[0].file == f"americanas/{name}"
    assert reading.load(shipped.FOLDER / "americanas").book.rulebook == "americanas"


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_scenario_is_refused_too(tmp_path, raw) -> None:
    file = tmp_path / "hostil.yaml"
    file.write_bytes(raw)

    with pytest.raises(BadScenario):
        script_reading.read(file)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rulebook.yaml", "title:", "tіtle:"),  # a Cyrillic і
        ("rulebook.yaml", 'hours: {mon-fri: ["08:00-18:00"]}', "hours: {mon-fri: ['08:00-08:00']}"),
        ("rulebook.yaml", 'hours: {mon-fri: ["08:00-18:00"]}', "hours: {}"),
        ("rulebook.yaml", 'hours: {mon-fri: ["08:00-18:00"]}', "hours: {mon-fri: ['08:00-25:00']}"),
        ("rulebook.yaml", 'hours: {mon-fri: ["08:00-18:00"]}', "hours: {segunda: ['08:00-18:00']}"),
        ("rulebook.yaml", "country: BR, state: SP", "country: BR, state: [SP]"),
        ("rulebook.yaml", "country: BR, state: SP", "country: BR, extra: amanhã"),
        ("rulebook.yaml", "country: BR, state: SP", "country: ../../etc, state: passwd"),
        ("rulebook.yaml", "includes: [comercio-eletronico]", "includes: ['../../../etc']"),
        ("rulebook.yaml", "includes: [comercio-eletronico]", "includes: [/etc]"),
        ("rulebook.yaml", "timezone: America/Sao_Paulo", "timezone: ../../etc/passwd"),
        ("rulebook.yaml", "timezone: America/Sao_Paulo", "timezone: 3"),
        ("rulebook.yaml", "max_size: 2 MiB", "max_size: -1"),
        ("rulebook.yaml", "max_size: 2 MiB", "max_size: 9999999 MiB"),
        ("rulebook.yaml", "retention: 5 years", "retention: for ever"),
        ("deadlines.yaml", "within: 1 business day", "within: .nan"),
        ("deadlines.yaml", "within: 1 business day", "within: -24 hours"),
        ("deadlines.yaml", "within: 1 business day", "within: 1e9 hours"),
        ("deadlines.yaml", "within: 1 business day", "within: {first_of: []}"),
        ("deadlines.yaml", "within: 1 business day", "within: {first_of: [1 hour]}"),
        ("deadlines.yaml", "within: 1 business day", "within: 1 fortnight"),
        ("actions.yaml", "label: Anotar", "label: ''"),
        ("actions.yaml", "label: Anotar", "label: [Anotar]"),
        ("actions.yaml", "by: marketplace", "by: everybody"),
    ],
)
def test_a_value_nobody_could_mean_is_refused(folder, name, old, new) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")

    try:
        found = linting.lint(reading.load(folder))
    except BadRulebook as bad:
        found = bad.problems

    assert found
    assert all(problem.line >= 1 and problem.text for problem in found)


def test_a_template_is_text_and_never_run(folder) -> None:
    (folder / "templates" / "parceiro-nao-respondeu.md").write_text("{{ __import__('os').system('id') }} {% load x %}")

    found = linting.lint(reading.load(folder))

    assert any("__import__" in problem.text for problem in found)


@pytest.mark.parametrize(
    "raw", [b"n\xe3o", b"a\x00b", b"x" * (yaml_source.MAX_BYTES + 1)], ids=["latin-1", "NUL", "huge"]
)
def test_a_template_that_is_no_text_is_refused(folder, raw) -> None:
    (folder / "templates" / "parceiro-nao-respondeu.md").write_bytes(raw)

    with pytest.raises(BadRulebook) as bad:
        reading.load(folder)

    assert bad.value.problems[0].file == "americanas/templates/parceiro-nao-respondeu.md"


def test_a_clock_that_would_run_for_centuries_is_refused_quickly(folder) -> None:
    text = (folder / "rulebook.yaml").read_text("utf-8")
    (folder / "rulebook.yaml").write_text(text.replace('mon-fri: ["08:00-18:00"]', 'mon: ["08:00-08:01"]'), "utf-8")
    text = (folder / "deadlines.yaml").read_text("utf-8")
    (folder / "deadlines.yaml").write_text(text.replace("1 business day", "90000 business hours"), "utf-8")
    begun = time.perf_counter()

    found = linting.lint(reading.load(folder))

    assert any("passaria de 100 anos" in problem.text for problem in found)
    assert time.perf_counter() - begun < SECONDS
