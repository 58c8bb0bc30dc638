"""What is found in messages: measured over the labelled set, told apart from what only looks alike, in linear time."""

from pathlib import Path
from time import process_time

import pytest

from tests.rulebook.conduct import measuring
from tratativa.rulebook import conduct, links

DOCUMENT = Path(__file__).parents[3] / "docs" / "conduct.md"
HOSTILE = [
    "9",
    "1 ",
    "(1)-",
    "a",
    "a.",
    "@",
    "a@",
    "w ",
    "pix ",
    "precisa ",
    "r$ 1",
    "arroba ",
    "ponto com ",
    "www.",
    "um ",
    "-",
]


def kinds_of(text: str) -> list[str]:
    return [one.kind for one in conduct.find(text, conduct.KINDS, links.TRACKING_HOSTS)]


def test_the_messages_are_many_and_half_of_them_innocent() -> None:
    tuned, aside = measuring.messages("tuned"), measuring.messages("aside")

    assert len(tuned) >= 220
    assert len(aside) >= 40
    assert sum(not one.finds for one in tuned + aside) / len(tuned + aside) >= 0.45
    assert len({one.text for one in tuned + aside}) == len(tuned + aside)


def test_what_is_found_is_there_and_little_is_missed() -> None:
    whole = measuring.score(measuring.messages("tuned"), *conduct.KINDS)

    assert whole.precision >= 0.95
    assert whole.recall >= 0.9


@pytest.mark.parametrize("part", ["tuned", "aside"])
def test_the_document_tells_what_is_measured(part: str) -> None:
    assert measuring.table(part) in DOCUMENT.read_text(encoding="utf-8"), measuring.table(part)


def test_a_finding_says_where_it_stands() -> None:
    text = "Olá, é só mandar e-mail: Não! Ligue (11) 98765-4321."

    [found] = conduct.find(text, ["phone"])

    assert text[found.start : found.end] == found.excerpt == "11) 98765-4321"


def test_only_the_kinds_asked_for_are_found() -> None:
    assert conduct.find("Me chama no zap 11 98765-4321.", ["email", "link"]) == []


def test_a_carriers_page_is_allowed_and_one_that_dresses_up_as_it_is_not() -> None:
    assert kinds_of("Veja https://rastreamento.correios.com.br/app") == []
    assert kinds_of("Veja https://correios.com.br.golpe.example/app") == ["link"]
    assert kinds_of("Veja https://correios.com.br@golpe.example/app") == ["link"]
    assert kinds_of("Veja https://meuscorreios.com.br/app") == ["link"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (20_000, 80_000))

    ratio = min(_seconds(long) for _ in range(3)) / min(_seconds(short) for _ in range(3))

    assert ratio < 11  # four times the text: linear is 4, quadratic 16


def _seconds(text: str) -> float:
    start = process_time()
    conduct.find(text, conduct.KINDS, links.TRACKING_HOSTS)
    return process_time() - start
