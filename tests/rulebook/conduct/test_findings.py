"""What is found in messages: measured over the labelled set, told apart from what only looks alike, in linear time."""

from pathlib import Path
from time import process_time

import pytest

from tests.rulebook.conduct import measuring
from tratativa.rulebook.conduct import findings, links

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
    return [one.kind for one in findings.find(text, findings.KINDS, links.TRACKING_HOSTS)]


def test_the_messages_are_many_and_half_of_them_innocent() -> None:
    tuned, aside = measuring.messages("tuned"), measuring.messages("aside")

    assert len(tuned) >= 220
    assert len(aside) >= 40
    assert sum(not one.finds for one in tuned + aside) / len(tuned + aside) >= 0.45
    assert len({one.text for one in tuned + aside}) == len(tuned + aside)


def test_what_is_found_is_there_and_little_is_missed() -> None:
    whole = measuring.score(measuring.messages("tuned"), *measuring.KINDS)

    assert whole.precision >= 0.95
    assert whole.recall >= 0.9


@pytest.mark.parametrize("part", ["tuned", "aside"])
def test_the_document_tells_what_is_measured(part: str) -> None:
    assert measuring.table(part) in DOCUMENT.read_text(encoding="utf-8"), measuring.table(part)


@pytest.mark.parametrize("name", ["read", "unread", "read_second", "unread_second"])
def test_the_document_tells_how_the_later_messages_come_out(name: str) -> None:
    table = measuring.half(name).table()

    assert table in DOCUMENT.read_text(encoding="utf-8"), table


@pytest.mark.parametrize("name", ["read", "read_second"])
def test_of_what_was_read_little_is_missed_and_nobody_is_accused_for_nothing(name: str) -> None:
    half = measuring.half(name)

    assert min(half.charges.precision, half.contacts.precision) >= 0.97
    assert min(half.charges.recall, half.contacts.recall) >= 0.92


def test_what_was_mended_once_stays_mended() -> None:
    practice = measuring.practice()

    assert min(practice.charges.precision, practice.contacts.precision) >= 0.98
    assert practice.charges.recall >= 0.94
    assert practice.contacts.recall >= 0.92


@pytest.mark.parametrize(
    "text",
    [
        "A chave é 3526 1111 2223 3300 0181 5500 1000 0012 3410 0001 2345",
        "Chave de acesso 352611ABCD2233000181550010000012341000012345",
        "Consulte em https://www.nfe.fazenda.gov.br/portal ou registre em consumidor.gov.br.",
        "Acompanhe em https://www.imile.com/track, em loggi.com ou em jtexpress.com.br.",
        "Azul Cargo, AWB 577-41880963; Jadlog 08016700412233; Anjun AJ260811004392017.",
        "Código de postagem 2987104456. Modelo KDL-32W655D, 110/220 V.",
        "Acesse Minha Conta no site e informe seus dados bancários para o reembolso.",
        "Peço desculpas pelo que o motorista cobrou; vamos devolver os R$ 30.",
        "O relógio recebe notificações do WhatsApp e do Instagram.",
        "Veja em www.americanas.com.br, em Meus Pedidos.",
    ],
)
def test_nobody_is_accused_of_what_every_seller_must_write(text: str) -> None:
    assert findings.find(text, findings.KINDS, measuring.HOSTS) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("chama no direct", "elsewhere"),
        ("me procura no google, casa dos pneus", "elsewhere"),
        ("segue a gente no insta @casadospneus", "elsewhere"),
        ("1️⃣1️⃣ 9️⃣8️⃣7️⃣6️⃣5️⃣ 4️⃣3️⃣2️⃣1️⃣", "phone"),
        ("onze, nove oito sete 65 43 21", "phone"),
        ("27\n99\n812\n4407 me manda por lá", "phone"),
        ("qual o melhor número pra falar com o senhor?", "phone"),
        ("forms.gle/abc", "link"),
        ("manda a validade do cartão e o cvv", "charge"),
        ("cadê os 100 que falta?", "charge"),
        ("faz um p i x de 18,50", "charge"),
        ("São R$ 76,12 de DIFAL, o senhor paga na retirada.", "charge"),
        ("Se não acertar o frete até sexta, cancelamos o pedido.", "charge"),
    ],
)
def test_what_is_meant_is_found_without_the_usual_words(text: str, kind: str) -> None:
    assert kind in kinds_of(text)


def test_a_finding_says_where_it_stands() -> None:
    text = "Olá, é só mandar e-mail: Não! Ligue (11) 98765-4321."

    [found] = findings.find(text, ["phone"])

    assert text[found.start : found.end] == found.excerpt == "11) 98765-4321"


def test_only_the_kinds_asked_for_are_found() -> None:
    assert findings.find("Me chama no zap 11 98765-4321.", ["email", "link"]) == []


def test_a_carriers_page_is_allowed_and_one_that_dresses_up_as_it_is_not() -> None:
    assert kinds_of("Veja https://rastreamento.correios.com.br/app") == []
    assert kinds_of("Veja https://correios.com.br.golpe.example/app") == ["link"]
    assert kinds_of("Veja https://correios.com.br@golpe.example/app") == ["link"]
    assert kinds_of("Veja https://meuscorreios.com.br/app") == ["link"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (5_000, 20_000))

    ratio = min(_seconds(long) for _ in range(3)) / min(_seconds(short) for _ in range(3))

    assert ratio < 11  # four times the text: linear is 4, quadratic 16


def _seconds(text: str) -> float:
    start = process_time()
    findings.find(text, findings.KINDS, links.TRACKING_HOSTS)
    return process_time() - start
