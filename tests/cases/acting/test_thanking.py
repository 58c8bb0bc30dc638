"""A word of thanks after the end opens a case again; who it was written to closes it as it was, and nothing counts."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast
from tratativa.cases import door, events
from tratativa.cases.acting import closing, replying, thanking
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.rulebook.language.arguments import Close

LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
def resolved(cast: Cast, open_case: Callable[..., Case]) -> Case:
    """Answered by the seller, and closed."""
    case = open_case()
    replying.reply(case, Message("Entregue ontem.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY)
    with door.judging(case.pk, by=cast.marta, at=MONDAY) as change:
        closing.close(change, Close())
    return change.case


def says(case: Case, cast: Cast, words: str) -> Case:
    return replying.reply(case, Message(words), by=cast.cliente, at=LATER)


def test_thanks_close_again_without_a_reopening_that_counts(cast: Cast, resolved: Case) -> None:
    case = says(resolved, cast, "Muito obrigada, chegou tudo certo!")
    assert case.is_open

    closed = thanking.close_again(case, by=cast.ana, at=LATER)

    assert (closed.is_open, closed.waiting_on, closed.customer_waiting) == (False, "nobody", False)
    assert closed.entries.filter(event=events.Thanked.name).count() == 1
    assert (
        not closed.deadlines.filter(state__in=["running", "missed"])
        .exclude(rule__contains="lei")
        .filter(party="seller", answered_at=None)
    )


@pytest.mark.parametrize(
    "words",
    ["Cancelei e ainda cobraram no cartao. Devolvam.", "O produto chegou quebrado. Exijo meu dinheiro de volta.",
     "Obrigada por nada", "Obrigada, falta o reembolso", "ok", "Thanks, still broken", "👍",
     "Só recebi um produto, obrigado", "Obrigado 👎😡 💸❌", "Obrigado. Chegou tarde", "Recebi tarde, obrigado a todos",
     "Obrigado, show de solução？", "help team help support thanks", "obrigado, ajuda, suporte, retorno"],
)  # fmt: skip
def test_a_seller_is_not_taken_at_its_word_that_a_complaint_is_thanks(cast: Cast, resolved: Case, words: str) -> None:
    case = says(resolved, cast, words)

    assert thanking.said(case, cast.ana) is None
    with pytest.raises(NotAllowed, match="leia a conversa"):
        thanking.close_again(case, by=cast.ana, at=LATER)
    case.refresh_from_db()
    assert case.is_open and case.customer_waiting


@pytest.mark.parametrize(
    "words",
    [
        "Obrigada!",
        "Valeu, Ana 🙏",
        "Muito obrigado pela atenção de vocês.",
        "Thank you so much!",
        "OBRIGADA CASA AURORA",
        "Boa tarde, obrigada pela ajuda e pelo retorno ❤️",
        "Thanks for your help!",
        "Já chegou, obrigado 👍🏽",
    ],
)
def test_thanks_in_their_usual_words_are_thanks(cast: Cast, resolved: Case, words: str) -> None:
    resolved.seller_assignee_id = cast.ana.person_id
    resolved.save()

    assert thanking.said(says(resolved, cast, words), cast.ana) is not None


@pytest.mark.parametrize("words", ["Obrigada, mas e o troco?", "Obrigada. " * 30])
def test_what_asks_or_tells_more_is_no_thanks(cast: Cast, resolved: Case, words: str) -> None:
    case = says(resolved, cast, words)

    with pytest.raises(NotAllowed, match="leia a conversa"):
        thanking.close_again(case, by=cast.ana, at=LATER)


def test_only_whom_it_was_written_to_says_so(cast: Cast, resolved: Case) -> None:
    case = says(resolved, cast, "Obrigada!")

    assert thanking.said(case, cast.marta) is None
    assert thanking.said(case, cast.cliente) is None
    assert thanking.said(case, cast.ana) is not None


def test_what_was_said_after_the_thanks_is_not_passed_over(cast: Cast, resolved: Case) -> None:
    case = says(resolved, cast, "Obrigada!")
    replying.reply(case, Message("Ah, faltou um parafuso."), by=cast.cliente, at=LATER + timedelta(minutes=1))

    assert thanking.said(Case.objects.get(pk=case.pk), cast.ana) is None


def test_a_case_that_was_never_closed_has_no_such_way(cast: Cast, open_case: Callable[..., Case]) -> None:
    assert thanking.said(open_case(), cast.ana) is None
