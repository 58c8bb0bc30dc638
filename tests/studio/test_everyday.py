"""Everyday changes: a form changes one value of a file, comments and order stay, and no problem comes in by it."""

import difflib
from datetime import date

import pytest

from tests.cast import MONDAY
from tests.studio.conftest import Studio
from tratativa.accounts.people.refusals import Refused
from tratativa.rulebook import shipped
from tratativa.rulebook.folders import read
from tratativa.studio import drafts
from tratativa.studio.everyday import deadlines, parts
from tratativa.studio.everyday.parts import PARTS
from tratativa.studio.models import Draft

SPAN = {"amount": "36", "unit": "business hours", "pick": "", "amount2": "", "unit2": "hours"}


def rehearsed(name: str, studio: Studio) -> Draft:
    folder = shipped.folder(name)
    assert folder
    return drafts.begin_from(studio.place, read(folder), name, by=studio.otavio, at=MONDAY)


@pytest.fixture
def draft(studio: Studio) -> Draft:
    return rehearsed("essencial", studio)


def typed(draft: Draft, part: str, item: str) -> dict[str, str]:
    """The form as it stands, nothing changed."""
    data, _kept = parts.data(draft, PARTS[part])
    return {one.id: one.value for one in PARTS[part].inputs(data, item)}


def change(draft: Draft, studio: Studio, part: str, item: str, **given: str) -> list[str]:
    """Fills the form in; the lines of the file that are others now."""
    data, kept = parts.data(draft, PARTS[part])
    edits = list(PARTS[part].edits(data, item, typed(draft, part, item) | given))
    before = kept.text
    parts.change(draft, kept, edits, known=kept.revision, by=studio.otavio, at=MONDAY)
    kept.refresh_from_db()
    lines = difflib.unified_diff(before.splitlines(), kept.text.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-" and line[:3] not in {"+++", "---"}]


@pytest.mark.parametrize("name", ["essencial", "americanas", "casas-bahia", "compra-agora"])
def test_a_form_sent_as_it_came_changes_nothing_whatever_the_rulebook(name: str, studio: Studio) -> None:
    draft = rehearsed(name, studio)
    count = 0
    for part in PARTS.values():
        try:
            data, _kept = parts.data(draft, part)
        except parts.Unreadable:
            continue
        for item in part.items(data):
            given = {one.id: one.value for one in part.inputs(data, item.key)}
            assert list(part.edits(data, item.key, given)) == []
            count += 1
    assert count > 10


@pytest.mark.parametrize(
    ("part", "item", "given", "changed"),
    [
        ("deadlines", "0", SPAN, ["-  within: 2 business days", "+  within: 36 business hours"]),
        ("deadlines", "0", SPAN | {"amount": "2", "unit": "business days", "pick": "first_of", "amount2": "50"},
         ["-  within: 2 business days", "+  within: {first_of: [2 business days, 50 hours]}"]),
        ("deadlines", "1", {"warn_at": "50"}, ["-  warn_at: 60%", "+  warn_at: 50%"]),
        ("deadlines", "0", {"label.en": "Answer them"}, [
            "-  label: {pt: Responder ao cliente, en: Answer the customer}",
            "+  label: {pt: Responder ao cliente, en: Answer them}"]),
        ("reasons", "0", {"duty.pt": "Informe a data."},
         ["-    pt: Informe a nova previsão e o rastreio, ou devolva o dinheiro.", "+    pt: Informe a data."]),
        ("reasons", "0", dict.fromkeys(["offered.customer", "offered.seller", "offered.marketplace"], ""),
         ["+  offered_to: []"]),
    ],
)  # fmt: skip
def test_one_value_is_changed_and_nothing_else(
    part: str, item: str, given: dict[str, str], changed: list[str], draft: Draft, studio: Studio
) -> None:
    assert change(draft, studio, part, item, **given) == changed
    assert drafts.problems(draft) == []


def test_a_reason_that_is_off_is_offered_to_nobody_and_comes_back(draft: Draft, studio: Studio) -> None:
    off = dict.fromkeys(["offered.customer", "offered.seller", "offered.marketplace"], "")
    change(draft, studio, "reasons", "0", **off)
    gone = drafts.rulebook(draft).reasons[0].offered_to
    data, _kept = parts.data(draft, PARTS["reasons"])
    told = PARTS["reasons"].items(data)[0].summary

    change(draft, studio, "reasons", "0", **{"offered.customer": "yes"})

    assert (gone, told) == ((), "desligado")
    assert drafts.rulebook(draft).reasons[0].offered_to == ("customer",)


def test_a_new_label_leaves_the_id_so_that_whatever_names_it_finds_it(studio: Studio) -> None:
    draft = rehearsed("americanas", studio)
    before = drafts.rulebook(draft).deadlines[0].id

    changed = change(draft, studio, "deadlines", "0", label="Dar notícia ao cliente")

    assert changed == [
        "-- label: Responder ao cliente", "+- label: Dar notícia ao cliente", "+  id: responder-ao-cliente",
    ]  # fmt: skip
    assert drafts.rulebook(draft).deadlines[0].id == before and drafts.problems(draft) == []


def test_opening_hours_conduct_and_limits(studio: Studio) -> None:
    draft = rehearsed("americanas", studio)

    hours = change(draft, studio, "hours", "hours", sat="09:00-13:00", fri="08:00-12:00, 13:00-17:00")
    severity = change(draft, studio, "conduct", "1", severity="warn")
    limit = change(draft, studio, "score", "score", window="30", **{"limit.0.resposta-perdida": "3"})

    assert hours == [
        '-  hours: {mon-fri: ["08:00-18:00"]}',
        "+  hours: {mon-thu: ['08:00-18:00'], fri: ['08:00-12:00', '13:00-17:00'], sat: ['09:00-13:00']}",
    ]
    assert severity == ["-    severity: hold", "+    severity: warn"]
    assert limit == [
        "-  window: 60 days", "+  window: 30 days",
        "-    - when: {resposta-perdida: {gt: 5}}", "+    - when: {resposta-perdida: {gt: 3}}",
    ]  # fmt: skip
    assert drafts.problems(draft) == []


@pytest.mark.parametrize(
    ("part", "item", "given", "field"),
    [
        ("deadlines", "0", SPAN | {"amount": "0"}, "amount"),
        ("deadlines", "0", SPAN | {"amount": "1,5"}, "amount"),
        ("deadlines", "0", SPAN | {"unit": "moons"}, "unit"),
        ("deadlines", "0", SPAN | {"pick": "first_of"}, "amount2"),
        ("deadlines", "0", {"warn_at": "100"}, "warn_at"),
        ("deadlines", "0", {"label.pt": "  "}, "label.pt"),
        ("hours", "hours", {"mon": "18:00-08:00"}, "mon"),
        ("hours", "hours", {"mon": "08:00-12:00, 11:00-18:00"}, "mon"),
        ("hours", "hours", dict.fromkeys(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ""), "mon"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    part: str, item: str, given: dict[str, str], field: str, draft: Draft, studio: Studio
) -> None:
    with pytest.raises(Refused) as no:
        change(draft, studio, part, item, **given)

    assert no.value.field == field


def test_exceptions_are_added_and_taken_away(draft: Draft, studio: Studio) -> None:
    data, kept = parts.data(draft, PARTS["deadlines"])
    span = {f"new.{name}": value for name, value in SPAN.items()}
    given = span | {"new.label": "Vendedores ouro", "new.fact": "seller.tier", "new.values": "ouro, diamante"}
    parts.change(draft, kept, list(deadlines.add(data, "0", given)), known=kept.revision, by=studio.otavio, at=MONDAY)

    rule = drafts.rulebook(draft).deadlines[0]
    assert [one.label for one in rule.exceptions] == ["Vendedores ouro"]
    assert rule.exception({"seller.tier": "ouro"}) == 0 and rule.exception({"seller.tier": "prata"}) is None
    data, kept = parts.data(draft, PARTS["deadlines"])
    assert deadlines.exceptions(data, "0")[0]["within"] == "36 horas úteis"
    parts.change(draft, kept, list(deadlines.drop(data, "0", 0)), known=kept.revision, by=studio.otavio, at=MONDAY)
    assert drafts.rulebook(draft).deadlines[0].exceptions == ()


def test_a_change_that_would_break_the_rules_is_refused(draft: Draft, studio: Studio) -> None:
    data, _kept = parts.data(draft, PARTS["deadlines"])
    given = {f"new.{name}": value for name, value in SPAN.items()}
    given |= {"new.label": "Entrega", "new.fact": "seller.delivery", "new.values": "drone"}

    with pytest.raises(Refused) as no:
        list(deadlines.add(data, "0", given))

    assert (str(no.value), no.value.field) == (
        "«drone» não diz quem entrega: escreva a própria loja ou o marketplace.", "new.values"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "typed", "kept"),
    [
        ("seller.delivery", "A própria loja", "own"),
        ("seller.delivery", "own", "own"),
        ("case.channel", "WhatsApp, telefone", ["whatsapp", "phone"]),
        ("seller.tier", "ouro", "ouro"),
    ],
)
def test_what_an_exception_asks_for_is_written_as_people_say_it(
    draft: Draft, studio: Studio, fact: str, typed: str, kept: str | list[str]
) -> None:
    data, file = parts.data(draft, PARTS["deadlines"])
    given = {f"new.{name}": value for name, value in SPAN.items()}
    given |= {"new.label": "Outra", "new.fact": fact, "new.values": typed}

    (edit,) = deadlines.add(data, "0", given)
    parts.change(draft, file, [edit], known=file.revision, by=studio.otavio, at=MONDAY)

    assert edit.value["when"] == {fact: kept}
    (field,) = [one for one in deadlines.new_exception(deadlines.facts()) if one.id == "new.values"]
    assert ("a própria loja", "quem entrega") in field.options and ("telefone", "canal") in field.options
    data, _file = parts.data(draft, PARTS["deadlines"])
    assert deadlines.exceptions(data, "0")[0]["when"].endswith(
        typed.removeprefix("A ") if kept != "own" else "própria loja"
    )


def test_holidays_get_names_and_a_day_is_written_as_people_do(draft: Draft, studio: Studio) -> None:
    given = {
        "state": "sp",
        "extra": "24/12/2026 Véspera de Natal\n2026-11-25 Aniversário da loja",
        "without": "09/07/2026",
    }

    changed = change(draft, studio, "holidays", "holidays", **given)
    clock = drafts.rulebook(draft).clock

    assert changed[0] == "-  holidays: {country: BR}"
    assert clock.holiday(date(2026, 12, 24)) == "Véspera de Natal"
    assert clock.holiday(date(2026, 11, 25)) == "Aniversário da loja"
    assert clock.holiday(date(2026, 12, 25)) == "Natal"
    assert not clock.holiday(date(2026, 7, 9))
    assert (
        typed(draft, "holidays", "holidays")["extra"] == "24/12/2026 Véspera de Natal\n25/11/2026 Aniversário da loja"
    )


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"extra": "natal"}, "extra", "Linha 1: «natal» não é um dia"),
        ({"extra": "24/12/2026\n2026-12-24 outra vez"}, "extra", "Linha 2"),
        ({"extra": "31/02/2026"}, "extra", "Linha 1"),
        ({"country": "ZZ"}, "country", "Não conheço os feriados"),
        ({"country": "BR", "state": "XX"}, "country", "Não conheço os feriados"),
        ({"extra": "\n".join(f"{n:02}/01/20{y}" for y in range(20, 30) for n in range(1, 29))}, "extra", "no máximo"),
    ],
)
def test_holidays_nobody_knows_are_refused_by_their_field(
    given: dict[str, str], field: str, said: str, draft: Draft, studio: Studio
) -> None:
    with pytest.raises(Refused, match=said) as no:
        change(draft, studio, "holidays", "holidays", **given)
    assert no.value.field == field
