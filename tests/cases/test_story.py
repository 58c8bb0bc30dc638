"""The spine, walked once: opened, answered, missed, mediated, ruled, closed, reopened."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast, local
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, replying
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.reading import inbox, timeline
from tratativa.evidence import walking
from tratativa.mail.models import Letter


def test_a_customers_case_waits_for_the_seller_until_24_hours_later(cast: Cast, open_case: Callable[..., Case]) -> None:
    case = open_case()

    case.refresh_from_db()
    assert case.waiting_on == "seller"
    assert case.due_at == local("2026-11-24 09:00")
    assert set(Letter.objects.values_list("party", flat=True)) == {"customer", "seller"}


def test_the_sellers_answer_with_the_switch_is_read_by_the_customer_and_stops_the_clock(
    cast: Cast, open_case: Callable[..., Case]
) -> None:
    case = open_case()

    replying.reply(
        case, Message("Chega amanhã.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY + timedelta(hours=1)
    )

    case.refresh_from_db()
    assert case.waiting_on == "customer"
    assert "Chega amanhã." in [line.words for line in timeline.read(case, cast.cliente)]
    assert case.deadlines.get(rule="responder-ao-cliente").state == "met"


def test_without_the_switch_the_customer_reads_nothing_and_the_clock_runs_on(
    cast: Cast, open_case: Callable[..., Case]
) -> None:
    case = open_case()

    replying.reply(case, Message("Vou apurar.", to="customer"), by=cast.ana, at=MONDAY + timedelta(hours=1))

    case.refresh_from_db()
    assert case.waiting_on == "seller"
    assert "Vou apurar." not in [line.words for line in timeline.read(case, cast.cliente)]
    assert case.deadlines.get(rule="responder-ao-cliente").state == "running"


def test_after_a_miss_the_customer_calls_the_marketplace_and_the_mediator_rules(
    cast: Cast, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    with pytest.raises(NotAllowed):
        actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=MONDAY + timedelta(hours=2))

    sweeping.sweep(at=MONDAY + timedelta(hours=30))
    case.refresh_from_db()
    assert case.overdue_since == local("2026-11-24 09:00")
    actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=MONDAY + timedelta(hours=31))
    case.refresh_from_db()
    assert (case.mediation, case.waiting_on) == ("asked", "marketplace")

    actions.perform(
        case, "Decidir mediação", by=cast.marta, at=MONDAY + timedelta(hours=40),
        fields={"a-favor-de": "customer", "cancelar-o-pedido": True, "decisao": "Cancele e devolva."},
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.mediation, case.is_open) == ("ruled", False)
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_a_seller_must_choose_a_recipient_and_write_something(cast: Cast, open_case: Callable[..., Case]) -> None:
    case = open_case()

    with pytest.raises(Invalid) as refused:
        replying.reply(case, Message("Olá"), by=cast.ana, at=MONDAY)
    assert "to" in refused.value.errors
    with pytest.raises(Invalid) as refused:
        replying.reply(case, Message("  ", to="marketplace"), by=cast.ana, at=MONDAY)
    assert "text" in refused.value.errors


def test_lists_tabs_and_search_show_each_actor_its_own(cast: Cast, open_case: Callable[..., Case]) -> None:
    case = open_case()
    filters, errors = inbox.parse({"q": "pedidos"})

    assert errors == {}
    assert [found.pk for found in inbox.page(cast.ana, filters, at=MONDAY).cases] == [case.pk]
    assert inbox.page(cast.rival, filters, at=MONDAY).cases == []
    assert inbox.counts(cast.ana, rulebook_versions.in_force(cast.marketplace.pk), at=MONDAY)["mine"] == 1
    assert not visibility.visible_cases(cast.vizinho).exists()


def test_what_continues_a_case_closed_long_ago_keeps_its_bold(cast: Cast, open_case: Callable[..., Case]) -> None:
    case = open_case()
    actions.perform(case, "Encerrar atendimento", by=cast.marta, at=MONDAY + timedelta(hours=1))

    later = replying.reply(
        case,
        Message("", rich="<p>Já está <strong>a caminho</strong>.</p>"),
        by=cast.cliente,
        at=MONDAY + timedelta(days=200),
    )

    assert later.parent_id == case.pk
    assert later.entries.get(event="message.posted").words.rich == "<p>Já está <strong>a caminho</strong>.</p>"
