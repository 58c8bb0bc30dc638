"""What two versions of a rulebook say otherwise is told, whatever it is, in sentences people understand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from pydantic import BaseModel

from tratativa.comparing import compare, differences
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.language.arguments import ARGUMENTS
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.conditions import Condition
from tratativa.rulebook.terms.conditions import parse as when
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.time import durations
from tratativa.rulebook.time.durations import Combined, Span

Path = tuple[str | int, ...]


def data(name: str = "essencial") -> dict[str, Any]:
    return dict(reading.load(shipped.folder(name) or pytest.fail(name)).data)


def told(before: Mapping[str, Any], after: Mapping[str, Any], language: str = "pt-br") -> list[str]:
    with translation.override(language):
        return [one.sentence for one in compare.compared(before, after)]


def changed(book: Mapping[str, Any], part: str, called: str, **keys: Any) -> dict[str, Any]:
    """The rulebook, some keys of one thing in one of its lists said otherwise."""
    listed = [{**one, **keys} if _pt(one["label"]) == called else one for one in book[part]]
    assert listed != book[part], f"nothing is called {called}"
    return {**book, part: listed}


def _pt(label: Any) -> str:
    return str(label["pt"]) if isinstance(label, Mapping) else str(label)


def test_a_rulebook_differs_in_nothing_from_itself() -> None:
    for name in shipped.names():
        assert told(data(name), data(name)) == []


def test_a_deadline_is_told_by_its_name_before_and_after() -> None:
    book = data()

    after = changed(book, "deadlines", "Responder ao cliente", within="12 business hours", warn_at="50%")

    assert told(book, after) == [
        "Responder ao cliente: 2 dias úteis → 12 horas úteis",
        "Responder ao cliente, aviso: 75% → 50%",
    ]


def test_an_exception_for_some_sellers_is_told() -> None:
    book = data()
    gold = {"label": "Ouro", "when": {"seller.tier": "ouro"}, "within": "3 business days"}

    after = changed(book, "deadlines", "Responder ao cliente", **{"for": [gold]})
    longer = changed(book, "deadlines", "Responder ao cliente", **{"for": [{**gold, "within": "4 business days"}]})

    assert told(book, after) == ["Responder ao cliente, exceções: entra «Ouro»"]
    assert told(after, longer) == ["Responder ao cliente, exceções, Ouro: 3 dias úteis → 4 dias úteis"]


def test_an_action_that_came_and_one_that_went_are_told_by_whose_they_are() -> None:
    book = data()
    new = {"label": "Trocar a cor", "by": "seller", "do": ["mark_critical"]}
    without = [one for one in book["actions"] if _pt(one["label"]) != "Pedir mediação"]

    assert told(book, {**book, "actions": [*book["actions"], new]}) == ["Nova ação do lojista: Trocar a cor"]
    gone = told(book, {**book, "actions": without})

    assert "O cliente deixa de poder «Pedir mediação»" in gone


def test_who_may_do_it_is_told_as_gained_and_lost() -> None:
    book = data()

    after = changed(book, "actions", "Pedir mediação", by=["seller"])

    assert "O cliente deixa de poder «Pedir mediação»" in told(book, after)
    assert "O lojista passa a poder «Pedir mediação»" in told(book, after)


def test_what_happens_is_told_as_begun_and_ended() -> None:
    book = data()
    rule = next(one for one in book["deadlines"] if _pt(one["label"]) == "Responder ao cliente")

    after = changed(book, "deadlines", "Responder ao cliente", missed=[*rule["missed"][1:], "mark_critical"])

    assert told(book, after) == [
        "Responder ao cliente, se o prazo passar: em vez de contar no desempenho («Respostas perdidas»), "
        "passa a marcar como crítico",
        "Responder ao cliente, se o prazo passar: a ordem do que acontece muda",
    ]


def test_a_text_is_told_by_the_words_that_changed() -> None:
    book = data()
    name, text = next((name, text) for name, text in book["templates"].items() if isinstance(text, dict))
    first = text["pt"].split()[0]

    after = {**book, "templates": {**book["templates"], name: {**text, "pt": text["pt"].replace(first, "Então", 1)}}}

    assert told(book, after) == [f"Texto «{name}»: «{first}» → «Então»"]


def test_what_changes_in_another_language_alone_is_told_with_its_name() -> None:
    book = data()
    after = changed(book, "reasons", "Dúvida", label={"pt": "Dúvida", "en": "A question of mine"})

    assert told(book, after) == ["Em inglês – A question of mine, nome: «Question» → «A question of mine»"]
    assert told(book, after, "en") == ["“Question” is now called “A question of mine”"]


def test_everything_is_told_in_english_to_whoever_reads_english() -> None:
    book = data()
    after = changed(book, "deadlines", "Responder ao cliente", within="24 hours")

    assert told(book, after, "en") == ["Answer the customer: 2 business days → 24 calendar hours"] or told(
        book, after, "en"
    ) == ["Answer the customer: 2 business days → 24 hours"]


def test_differences_stand_under_the_heading_of_their_part() -> None:
    book = data()
    after = changed({**book, "retention": "7 years"}, "deadlines", "Responder ao cliente", within="24 hours")

    with translation.override("pt-br"):
        parts = differences.by_part(compare.compared(book, after))

    assert [part.heading for part in parts] == ["Prazos", "Reabertura, pesquisa e guarda"]
    assert parts[1].sentences == ("Guarda dos registros: 5 anos → 7 anos",)


# --- no key of the language goes untold


def pieces(value: Any, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """Every model that stands in a rulebook, arguments of effects too, with the way to it."""
    if isinstance(value, Effect):
        value = value.argument
    if isinstance(value, BaseModel):
        yield path, value
        inside: Any = [(name, getattr(value, name)) for name in type(value).model_fields]
    elif isinstance(value, Mapping):
        inside = list(value.items())
    elif isinstance(value, tuple):
        inside = list(enumerate(value))
    else:
        inside = []
    for key, one in inside:
        yield from pieces(one, (*path, key))


def with_value(value: Any, path: Path, new: Any) -> Any:
    """The same, another value at the end of the way."""
    if not path:
        return new
    key, rest = path[0], path[1:]
    if isinstance(value, Effect):
        return replace(value, argument=with_value(value.argument, path, new))
    if isinstance(value, BaseModel):
        return value.model_copy(update={str(key): with_value(getattr(value, str(key)), rest, new)})
    if isinstance(value, Mapping):
        return {**value, key: with_value(value[key], rest, new)}
    return tuple(with_value(one, rest, new) if index == key else one for index, one in enumerate(value))


def otherwise(value: Any) -> list[Any]:
    """Other values of the kind: more, less, none, another order."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1]
    if isinstance(value, Party):
        return [next(one for one in Party if one is not value)]
    if isinstance(value, str):
        number = re.match(r"\d+", value)
        return [f"77{value[number.end() :]}"] if number else [f"{value} mudado"]
    if isinstance(value, Span | Combined):
        return [Span(77, "hours"), None]
    if isinstance(value, Condition):
        return [when({"case.critical": True, "case.channel": "telefone"})]
    if isinstance(value, tuple):
        return [value[:-1], value[::-1]] if len(value) > 1 else [value[:-1]] if value else [("mudado",)]
    if isinstance(value, Mapping):
        fewer = dict(list(value.items())[:-1])
        return [fewer, dict(reversed(value.items()))] if len(value) > 1 else [fewer] if value else [{"mudado": "x"}]
    if isinstance(value, BaseModel):
        return [None]
    assert value is None, f"no other value is known for {value!r}"
    return [durations.parse("5 days")]


def books() -> list[Rulebook]:
    return [rich(), *(reading.load(shipped.folder(name) or pytest.fail(name)).book for name in shipped.names())]


def keys() -> dict[tuple[type[BaseModel], str], tuple[Rulebook, Path, Any]]:
    """Each key of the language, where some rulebook says something under it."""
    found: dict[tuple[type[BaseModel], str], tuple[Rulebook, Path, Any]] = {}
    for book in books():
        for path, model in pieces(book):
            for key in type(model).model_fields:
                value = getattr(model, key)
                if (type(model), key) not in found or not found[type(model), key][2]:
                    found[type(model), key] = (book, (*path, key), value)
    return found


def test_no_key_of_the_language_is_changed_untold() -> None:
    walked = keys()
    assert len(walked) > 250

    untold = []
    for (kind, key), (book, path, value) in walked.items():
        for new in otherwise(value):
            if new != value:
                with translation.override("pt-br"):
                    sentences = [one.sentence for one in compare.compare(book, with_value(book, path, new))]
                if not sentences or not all(sentences):
                    untold.append(f"{kind.__name__}.{key}: {value!r} → {new!r}")

    assert untold == []


def test_every_model_of_the_language_stands_in_some_rulebook_that_is_walked() -> None:
    walked = {type(model) for book in books() for _path, model in pieces(book)}

    missing = {kind.__name__ for kind in models() if kind not in walked}

    assert not missing


def models() -> set[type[BaseModel]]:
    """Every model of the language: what a rulebook is made of, and the argument of every effect."""
    import typing

    found: set[type[BaseModel]] = set()

    def look(kind: Any) -> None:
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in found:
            found.add(kind)
            for one in kind.model_fields.values():
                look(one.annotation)
        for inner in typing.get_args(kind):
            look(inner)

    look(Rulebook)
    for argument in ARGUMENTS.values():
        look(argument)
    return found


def rich() -> Rulebook:
    """A rulebook with something of everything the shipped ones lack."""
    field = {"label": "Campo", "type": "text"}
    effects: list[dict[str, Any]] = [
        {"assign": {"field": "campo"}}, {"attach_order": "campo"}, {"block_registration": {}}, "unblock_registration",
        {"cancel_order": {"asked_by": "customer"}}, {"close": "Fim"}, {"confirm_payout": {}}, {"confirm_return": {}},
        {"count": "metrica"}, {"dispatch": "campo"}, {"escalate": {"to": "Fila", "text": "Veja"}},
        {"follow_up": {"text": "Ver", "after": "2 days"}}, {"give_posting_code": {"field": "campo"}},
        {"hand_over": {"field": "campo", "summary": "campo"}}, {"hear": {"field": "campo"}}, "hold_delivery",
        {"issue_voucher": {}}, "link_registrations", "log_call", "mark_critical", "mediate", {"name_seller": "campo"},
        {"note": "campo"}, {"offer": "acao"}, {"refund": "full"}, "reopen", {"replace_part": "campo"},
        {"reschedule_delivery": "campo"}, "reveal", {"rule": {"benefits": "campo", "words": "campo"}},
        {"schedule_collection": "campo"}, "survey", {"tell": {"customer": "texto"}}, {"update_registration": "address"},
        {"use_address": "campo"}, {"wait_for": "seller"}, {"withdraw_payout": {}},
        {"write": {"field": "campo", "to": "customer"}},
        {"ask": {"of": "customer", "label": "Pergunta", "fields": [field], "then": {"answered": ["mark_critical"]}}},
    ]  # fmt: skip
    steps: dict[str, Any] = {
        "um": {"question": "E?", "answers": {"Sim": "dois"}, "links": [{"label": "L", "url": "https://x.example/"}],
               "pictures": [{"file": "a.png", "alt": "A"}]},
        "dois": {"check": "order.known", "cases": {"true": "tres"}}, "tres": {"verify": ["CNPJ"], "then": {"ok": "q"}},
        "q": {"guide": "Diga", "next": "c"}, "c": {"tell": {"customer": "texto"}, "next": "s"},
        "s": {"ask": {"customer": "forma"}, "then": {"answered": "t"}}, "t": {"call": {}, "then": {"reached": "o"}},
        "o": {"escalate": {"to": "Fila"}, "then": {"answered": "n"}}, "n": {"do": ["mark_critical"], "next": "d"},
        "d": {"wait": "2 days", "next": "g"}, "g": {"goto": "Outro"}, "f": {"finish": "Fim"},
    }  # fmt: skip
    return Rulebook.model_validate({
        "rulebook": "rico", "title": "Rico", "parties": {"customer": "Cliente", "seller": "Lojista"},
        "land": {"address": [{"label": "Rua"}], "documents": ["us.ein"]},
        "kinds": {"k": {"label": "K", "channels": {"seller": {"only": ["page"], "otherwise": "Só aqui."}}}},
        "statuses": [{"label": "Aberto", "when": {"case.status": "open"}}],
        "replies": {"by": {"seller": {"to": ["customer"]}}}, "survey": {"after": "2 days"},
        "refunds": {"terms": {"pix": "na conta"}},
        "conduct": [{"id": "c", "finds": ["charge"], "severity": "block", "text": "Não."}],
        "score": {"metrics": [{"id": "metrica", "label": "Métrica"}],
                  "consequences": [{"when": {"metrica": {"gt": 0}}, "propose": "notice", "text": "Cuidado."}]},
        "groups": [{"label": "Grupo", "said_as": ["assim"]}],
        "case_fields": [{"label": "Causa", "type": "choice", "choices": {"a": "A"}, "filled_by": "seller"}],
        "reasons": [{"label": "Motivo", "do": ["mark_critical"], "group": "Grupo"}],
        "actions": [{
            "label": "Ação", "id": "acao", "by": "seller", "do": effects, "fields": [field],
            "links": [{"label": "L", "url": "https://x.example/"}],
            "unless": [{"when": {"case.critical": True}, "why": "Não."}],
            "needs": [{"reasons": ["Motivo"], "one_of": ["campo"], "why": "Falta."}],
        }],
        "deadlines": [{"label": "Prazo", "party": "seller", "starts": {"opened": "customer"}, "within": "2 days",
                       "pauses": {"waiting_on": "customer"}, "missed": ["mark_critical"],
                       "for": [{"label": "E", "when": {"case.critical": True}, "within": "1 day"}]}],
        "asks": [{"label": "Forma", "fields": [field]}], "queues": [{"label": "Fila"}],
        "playbooks": [{"playbook": "R", "start": "um", "steps": steps, "again": {"after": "3 days", "why": "{date}"}}],
        "templates": {"texto": "Olá"},
        "pictures": {"a.png": {"digest": "0" * 64, "type": "image/png", "width": 1, "height": 1}},
    })  # fmt: skip


def test_two_of_one_name_are_told_apart() -> None:
    book = data("compra-agora")
    first = [one for one in book["deadlines"] if one["label"] == "Primeira resposta"]
    assert len(first) == 2

    after = changed(book, "deadlines", "Primeira resposta", within="9 days")

    assert all("(" in sentence for sentence in told(book, after))


def test_a_comparison_takes_no_time_anybody_notices() -> None:
    import time

    one, other = data("compra-agora"), data("madeiramadeira")
    told(one, other)

    began = time.perf_counter()
    told(one, other)

    assert timedelta(seconds=time.perf_counter() - began) < timedelta(seconds=2)


@pytest.mark.parametrize(
    ("hours", "said"),
    [({"mon-thu": ["08:00-18:00"]}, "entra segunda a quinta"), ({"sat": ["09:00-13:00"]}, "entra sábado"),
     ({"mon,wed": ["09:00-13:00"]}, "entra segunda, quarta"), ({"tue-fri": ["08:00-17:00"]}, "entra terça a sexta")],
)  # fmt: skip
def test_days_of_the_week_are_told_in_words(hours: dict[str, list[str]], said: str) -> None:
    book = data()
    after = {**book, "calendar": {**book.get("calendar", {}), "hours": hours}}

    sentences = " ".join(told(book, after))

    assert said in sentences and not re.search(r"\b(?:mon|tue|wed|thu|fri|sat|sun)\b", sentences)


def test_holidays_are_told_by_their_day_and_no_key() -> None:
    book = data()
    holidays = {"country": "BR", "state": "SP", "extra": {"2026-12-24": "Véspera de Natal"}, "without": ["2026-07-09"]}
    after = {**book, "calendar": {**book.get("calendar", {}), "holidays": holidays}}

    sentences = " ".join(told(book, after))

    assert "24/12/2026" in sentences and "2026-12-24" not in sentences
    assert not re.search(r"\b(?:country|state|extra|without)\b", sentences)


def test_how_telephones_are_dialled_is_told_in_words() -> None:
    book = data()
    dialled = {"code": "351", "area": 0, "numbers": [9]}
    after = {**book, "land": {**book.get("land", {}), "telephones": dialled}}

    assert not re.search(r"before_area|numbers|telephones", " ".join(told(book, after)))
