"""A rulebook in several languages: each reads their own, nobody's name for a thing changes what it is."""

from pathlib import Path

import pytest

from tratativa.rulebook import reading
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.lint import linting
from tratativa.rulebook.reading import BadRulebook
from tratativa.rulebook.terms import languages
from tratativa.rulebook.terms.parties import Party

HEAD = """\
rulebook: loja
title: {pt: Loja, en: Shop}
parties: {customer: {pt: Cliente, en: Customer}, seller: Loja, marketplace: {pt: Equipe, en: Team}}
kinds: {caso: {label: {pt: Caso, en: Case}, order: optional}}
statuses:
  - {label: {pt: Encerrado, en: Closed}, when: {case.status: closed}}
  - {label: {pt: Aberto, en: Open}, when: {case.waiting_on: [customer, seller, marketplace]}}
replies: {by: {customer: {to: [seller]}, seller: {to: [customer]}}}
score: {metrics: [{id: falta, label: {pt: Faltas, en: Faults}}]}
queues: [{label: {pt: Financeiro, en: Finance}}]
"""
REASONS = """\
- {id: atraso, label: {pt: Atrasou, en: It is late}, actions: [Give it back], deadlines: [Answer in time]}
"""
ACTIONS = """\
- id: devolver
  label: {pt: Devolver tudo, en: Give it back}
  by: seller
  when: {case.reason: It is late, history.asked: {not: How shall we pay?}}
  otherwise: {pt: Agora não., en: Not now.}
  fields: [{id: quanto, label: {pt: Valor, en: Amount}, type: money}]
  do:
    - refund: {field: Amount}
    - count: Faults
    - tell: {customer: voltou}
    - ask: {of: customer, id: conta, label: {pt: Como pagamos?, en: How shall we pay?}, fields: [{label: Conta}]}
"""
DEADLINES = """\
- id: responder
  label: {pt: Responder logo, en: Answer in time}
  party: seller
  starts: {opened: customer}
  within: 1 day
  stopped_by: [Give it back]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "loja"
    (made / "templates").mkdir(parents=True)
    for name, text in (("rulebook", HEAD), ("reasons", REASONS), ("actions", ACTIONS), ("deadlines", DEADLINES)):
        (made / f"{name}.yaml").write_text(text)
    (made / "templates" / "voltou.md").write_text("Voltou.")
    (made / "templates" / "voltou.en.md").write_text("It came back.")
    return made


def read(folder: Path, language: str = "") -> Rulebook:
    with languages.reading_in(language):
        return reading.load(folder).book


@pytest.mark.parametrize(
    ("reader", "label"),
    [("", "Atrasou"), ("pt-br", "Atrasou"), ("en", "It is late"), ("en-GB", "It is late"), ("de", "Atrasou")],
)
def test_the_readers_language_chooses_and_the_rulebooks_own_is_the_fallback(
    folder: Path, reader: str, label: str
) -> None:
    assert read(folder, reader).reasons[0].label == label


def test_what_is_kept_is_the_same_in_every_language(folder: Path) -> None:
    own, english = read(folder), read(folder, "en")

    for part in ("reasons", "actions", "deadlines", "queues", "statuses"):
        assert [one.id for one in getattr(own, part)] == [one.id for one in getattr(english, part)]
    assert own.replies.id == english.replies.id == "responder"
    assert [own.actions[0].do[3].argument.id, own.actions[0].fields[0].id] == ["conta", "quanto"]  # type: ignore[attr-defined]


def test_sentences_texts_parties_and_the_reply_nobody_named_follow_the_reader(folder: Path) -> None:
    english = read(folder, "en")

    assert english.title == "Shop"
    assert english.parties[Party.CUSTOMER] == "Customer"
    assert english.actions[0].otherwise == "Not now."
    assert english.templates["voltou"] == "It came back."
    assert english.replies.label == "Reply"
    assert english.say("Como pagamos?") == "How shall we pay?"


def test_a_label_will_do_wherever_an_id_is_asked_for_although_an_id_was_given(folder: Path) -> None:
    loaded = reading.load(folder)
    book = loaded.book

    assert linting.lint(loaded) == []
    assert book.holds_under("actions", "devolver", "atraso")
    assert not book.holds_under("actions", "devolver", "outro")
    assert book.deadlines[0].stopped_by == ("devolver",)
    assert book.actions[0].when.holds({"case.reason": "atraso", "history.asked": frozenset()})
    assert not book.actions[0].when.holds({"case.reason": "atraso", "history.asked": frozenset({"conta"})})
    assert [
        one.argument.model_dump()[key] for one, key in zip(book.actions[0].do, ("field", "metric"), strict=False)
    ] == [
        "quanto",
        "falta",
    ]
    for name in ("devolver", "Devolver tudo", "Give it back"):
        assert book.action(name) is book.actions[0]
    assert book.queue("Finance") is book.queues[0]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("{pt: Atrasou, en: It is late}", "{en: It is late}", "falta o texto em `pt`, o idioma do rulebook"),
        ("{pt: Atrasou, en: It is late}", "{pt: Atrasou, english: It is late}", "`english` não é um idioma"),
        ("{pt: Atrasou, en: It is late}", "{pt: Atrasou, en: ''}", "o texto em `en` está vazio"),
        ("{pt: Atrasou, en: It is late}", "{pt: Atrasou, en: " + "late " * 30 + "}", "isto passa de 120 caracteres"),
    ],
)
def test_a_text_that_is_none_is_told_with_its_line(folder: Path, was: str, now: str, told: str) -> None:
    (folder / "reasons.yaml").write_text(REASONS.replace(was, now))

    with pytest.raises(BadRulebook) as bad:
        reading.load(folder)

    assert any(told in one.text and one.file == "loja/reasons.yaml" for one in bad.value.problems)


def test_a_rulebook_of_another_language_needs_no_portuguese(folder: Path) -> None:
    (folder / "rulebook.yaml").write_text(
        HEAD.replace("title:", "language: en\ntitle:").replace("{pt: Caso, en: Case}", "Case")
    )
    book = read(folder)

    assert book.reasons[0].label == "It is late"
    assert (book.replies.id, book.replies.label) == ("reply", "Reply")


def test_a_hole_in_a_text_is_found_in_whatever_language(folder: Path) -> None:
    (folder / "templates" / "voltou.en.md").write_text("Order {{ order }} came back.")

    assert any("voltou" in one.text and "order" in one.text for one in linting.lint(reading.load(folder)))


def test_a_folder_may_have_any_name_and_is_included_by_its_rulebooks(folder: Path) -> None:
    law = folder.parent / "Leis (2ª cópia)"
    law.mkdir()
    (law / "rulebook.yaml").write_text(HEAD.replace("rulebook: loja", "rulebook: as-leis"))
    (law / "deadlines.yaml").write_text(DEADLINES.replace("id: responder", "id: pela-lei"))
    (folder / "rulebook.yaml").write_text(HEAD + "includes: [as-leis]\n")
    renamed = folder.rename(folder.parent / "Minha loja, 1")

    assert [one.id for one in reading.load(renamed).book.deadlines] == ["responder", "pela-lei"]


def test_what_was_written_is_never_suggested(folder: Path) -> None:
    (folder / "reasons.yaml").write_text("- {label: x, within: 1 day}\n")

    with pytest.raises(BadRulebook) as bad:
        reading.load(folder)

    assert "esta chave não existe aqui" in str(bad.value)
    assert "`within`?" not in str(bad.value)
