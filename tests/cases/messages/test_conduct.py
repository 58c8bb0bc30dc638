"""What a seller may not write: a charge is refused, another channel waits or is warned of (A-34, M-05)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import MONDAY, Cast, gather, lenient, opener
from tratativa.cases import events
from tratativa.cases.acting import actions, opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Held
from tratativa.cases.reading import timeline

Opened = Callable[..., Case]
LATER = MONDAY + timedelta(hours=1)
CHARGE = "Para liberar a troca, faça um Pix de R$ 30."
OUTSIDE = "Me chama no zap que resolvo."


@pytest.fixture
def warns(cast: Cast, tmp_path: Path) -> Callable[..., Case]:
    """Opens a case where the marketplace only warns of other channels."""
    return opener(lenient(cast, tmp_path))


def refused(case: Case, cast: Cast, words: str, *, warned: bool = False) -> dict[str, str]:
    """The errors of the seller's reply to the customer."""
    with pytest.raises(Invalid) as no:
        replying.reply(case, Message(words, to="customer", customer_reads=True), by=cast.ana, at=LATER, warned=warned)
    return no.value.errors


def insisted(case: Case) -> list[str]:
    """The rules the messages of the case were sent in spite of."""
    return [entry.data["rule"] for entry in case.entries.filter(event=events.ConductWarned.name)]


def test_the_seller_cannot_charge_the_customer(open_case: Opened, cast: Cast) -> None:
    case = open_case()
    before = case.entries.count()

    assert "proibido cobrar" in refused(case, cast, CHARGE)["text"]
    assert "proibido cobrar" in refused(case, cast, CHARGE, warned=True)["text"]
    assert case.entries.count() == before


def test_the_seller_is_warned_before_leading_the_customer_elsewhere(warns: Opened, cast: Cast) -> None:
    case = warns()

    assert set(refused(case, cast, OUTSIDE)) == {"conduct"}
    assert insisted(case) == []


def test_a_message_sent_in_spite_of_a_warning_is_remembered(warns: Opened, cast: Cast) -> None:
    case = warns()

    replying.reply(case, Message(OUTSIDE, to="customer", customer_reads=True), by=cast.ana, at=LATER, warned=True)

    assert insisted(case) == ["contato-externo"]
    assert [line.event for line in timeline.read(case, cast.marta)].count("conduct.warned") == 1
    assert [line.event for line in timeline.read(case, cast.ana)].count("conduct.warned") == 1
    assert "conduct.warned" not in [line.event for line in timeline.read(case, cast.cliente)]


def test_saying_that_one_was_warned_counts_nothing_where_there_was_nothing_to_warn_of(
    open_case: Opened, cast: Cast
) -> None:
    case = open_case()

    replying.reply(case, Message("Chega hoje.", to="customer", customer_reads=True), by=cast.ana, at=LATER, warned=True)

    assert insisted(case) == []


def test_what_the_customer_does_not_read_is_not_examined(open_case: Opened, cast: Cast) -> None:
    case = open_case()

    replying.reply(case, Message(CHARGE, to="customer"), by=cast.ana, at=LATER)
    replying.reply(case, Message(OUTSIDE, to="marketplace"), by=cast.ana, at=LATER)

    assert insisted(case) == []


def test_the_customer_and_the_marketplace_write_what_they_like(open_case: Opened, cast: Cast) -> None:
    case = open_case(words="O vendedor disse: faça um Pix. Meu telefone é (11) 98765-4321.")

    replying.reply(case, Message("Ligue para (11) 98765-4321.", to="customer"), by=cast.marta, at=LATER)

    assert insisted(case) == []


def test_a_case_is_not_opened_with_a_charge(open_case: Opened, cast: Cast) -> None:
    with pytest.raises(Invalid) as no:
        open_case(by=cast.ana, to="customer", customer_reads=True, words=CHARGE)

    assert "proibido cobrar" in no.value.errors["text"]
    assert not Case.objects.exists()


def test_a_case_opened_in_spite_of_a_warning_says_so(warns: Opened, cast: Cast) -> None:
    case = warns(by=cast.ana, to="customer", customer_reads=True, words=OUTSIDE, warned=True)

    assert insisted(case) == ["contato-externo"]


@pytest.mark.parametrize("rulebook", ["americanas", "casas-bahia"])
@pytest.mark.parametrize("words", [OUTSIDE, "Me ligue: 11 98765-4321", "Escreva para loja@example.com", "bit.ly/loja"])
def test_leading_the_customer_elsewhere_waits_and_is_not_waved_through(db: None, rulebook: str, words: str) -> None:
    cast = gather(rulebook)
    case = opener(cast)()

    replying.reply(case, Message(words, to="customer", customer_reads=True), by=cast.ana, at=LATER, warned=True)

    assert Held.objects.get().rule == "contato-externo"
    assert words not in [line.words for line in timeline.read(case, cast.cliente)]


@pytest.mark.parametrize("rulebook", ["americanas", "casas-bahia"])
def test_an_opening_that_leads_elsewhere_is_refused_and_says_what_happened(db: None, rulebook: str) -> None:
    cast = gather(rulebook)

    with pytest.raises(Invalid) as no:
        opener(cast)(by=cast.ana, to="customer", customer_reads=True, words=OUTSIDE, warned=True)

    assert "não foi aberto e nada foi enviado" in no.value.errors["text"]
    assert "«zap»" in no.value.errors["text"]
    assert not Case.objects.exists()


def test_what_an_action_writes_to_the_customer_is_examined_too(db: None, tmp_path: Path) -> None:
    cast = lenient(gather("casas-bahia"), tmp_path)
    case = opening.open_case(
        Opening(cast.order, reason="Atraso na entrega", message=Message("Cadê?")), by=cast.cliente, at=MONDAY
    )

    def talk(words: str, *, warned: bool = False) -> None:
        fields = {"Mensagem": words}
        actions.perform(case, "Converse com o(a) cliente", by=cast.ana, at=LATER, fields=fields, warned=warned)

    with pytest.raises(Invalid) as charged:
        talk(CHARGE, warned=True)
    with pytest.raises(Invalid) as elsewhere:
        talk(OUTSIDE)
    assert set(charged.value.errors) == {"mensagem"}
    assert set(elsewhere.value.errors) == {"conduct"}
    assert not case.entries.filter(event=events.ActionDone.name).exists()

    talk(OUTSIDE, warned=True)
    assert insisted(case) == ["contato-externo"]


def test_what_an_action_writes_that_leads_elsewhere_waits(db: None) -> None:
    cast = gather("casas-bahia")
    case = opening.open_case(
        Opening(cast.order, reason="Atraso na entrega", message=Message("Cadê?")), by=cast.cliente, at=MONDAY
    )

    actions.perform(case, "Converse com o(a) cliente", by=cast.ana, at=LATER, fields={"Mensagem": OUTSIDE})

    assert Held.objects.get().rule == "contato-externo"
    assert not case.entries.filter(event=events.ActionDone.name).exists()


@pytest.mark.parametrize("way", ["whatsapp", "phone"])
@pytest.mark.parametrize("kind", ["Protocolo", "Mensageria"])
def test_a_seller_of_madeiramadeira_opens_nothing_by_whatsapp_or_telephone(db: None, kind: str, way: str) -> None:
    cast = gather("madeiramadeira")

    with pytest.raises(Invalid) as no:
        opener(cast)(
            by=cast.ana, to="customer", words="Combinei a entrega.", kind=kind, channel=way,
            reason="Agendamento ou viabilização da entrega",
        )  # fmt: skip

    assert "Registrar ligação" in no.value.errors["channel"]
    assert not Case.objects.exists()
