"""Batches: what many cases are given is done on each as on its own page, with a reason for each that refuses."""

from collections.abc import Callable

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import MONDAY, Cast, gather, make_order, opener
from tratativa.accounts.models import Membership
from tratativa.batches import asking, jobs
from tratativa.batches.models import Batch, What
from tratativa.batches.wanted import Wanted
from tratativa.cases.acting import pressing, replying
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry, Tagging
from tratativa.orders.models import Order

pytestmark = pytest.mark.django_db
Open = Callable[..., Case]
REPLY = Wanted(What.REPLY, "Olá, {{first_name}}. Sobre o pedido {{order}}: atrasou.", "customer", True, ["atraso"])
TAG = Wanted(What.TAG, tags=["greve"])
LACKS = "Falta ao pedido: «Link de rastreio». Faça na página do atendimento."


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def open_case(cast: Cast) -> Open:
    return opener(cast)


def chosen(*cases: Case) -> list[tuple[object, int]]:
    return [(one.pk, Case.objects.get(pk=one.pk).row_version) for one in cases]


def done(cast: Cast, wanted: Wanted, *cases: Case) -> Batch:
    batch = asking.ask(cast.ana, wanted, chosen(*cases), at=MONDAY)  # type: ignore[arg-type]
    asking.perform(batch.pk)
    batch.refresh_from_db()
    return batch


def test_each_case_is_answered_with_its_own_words_and_tagged(cast: Cast, open_case: Open) -> None:
    cases = [open_case(), open_case()]

    batch = done(cast, REPLY, *cases)

    assert (batch.state, batch.done, batch.refused) == ("ended", 2, 0)
    for case in cases:
        said = Entry.objects.filter(case=case, event="message.posted").order_by("number").last()
        assert said and said.said == f"Olá, Joana. Sobre o pedido {case.order_number}: atrasou."
        assert Tagging.objects.get(case=case).tag.word == "atraso"


def test_a_case_that_lacks_what_the_text_names_is_told_before_and_refused(cast: Cast, open_case: Open) -> None:
    case = open_case()
    lacking = Wanted(What.REPLY, "Rastreio: {{tracking}}", "customer", True)

    ((_case, why),) = asking.foretold(cast.ana, lacking, chosen(case), at=MONDAY)  # type: ignore[arg-type]
    batch = done(cast, lacking, case)

    assert "rastreio" in why and batch.items.get().why == why and batch.refused == 1


def test_what_the_rules_refuse_on_a_case_is_foretold_and_the_others_are_done(cast: Cast, open_case: Open) -> None:
    unanswered, answered = open_case(), open_case()
    replying.reply(answered, Message("Pronto", to="customer", customer_reads=True), by=cast.ana, at=MONDAY)
    close = Wanted(What.CLOSE)

    told = dict(asking.foretold(cast.ana, close, chosen(unanswered, answered), at=MONDAY))  # type: ignore[arg-type]
    batch = done(cast, close, unanswered, answered)

    assert told[unanswered] == "Responda ao cliente antes de encerrar." and told[answered] == ""
    assert (batch.done, batch.refused) == (1, 1)
    assert [Case.objects.get(pk=one.pk).is_open for one in (unanswered, answered)] == [True, False]


def test_nobody_answers_over_what_came_since_they_chose(cast: Cast, open_case: Open) -> None:
    case = open_case()
    batch = asking.ask(cast.ana, REPLY, chosen(case), at=MONDAY)  # type: ignore[arg-type]
    replying.reply(case, Message("Espere, chegou!"), by=cast.cliente, at=MONDAY)

    asking.perform(batch.pk)

    assert "mudou desde que você o escolheu" in batch.items.get().why


def test_what_one_sent_on_a_case_before_is_said_before_ones_batch_and_a_colleagues_is_read_first(
    cast: Cast, open_case: Open
) -> None:
    mine, theirs = open_case(), open_case()
    waiting = Message("Já saiu.", to="customer", customer_reads=True)
    pressing.press(mine, waiting, by=cast.ana, at=MONDAY)
    pressing.press(theirs, waiting, by=cast.chefe, at=MONDAY)

    batch = done(cast, REPLY, mine, theirs)

    said = [one.said for one in Entry.objects.filter(case=mine, event="message.posted").order_by("number")]
    assert said[-2:] == ["Já saiu.", f"Olá, Joana. Sobre o pedido {mine.order_number}: atrasou."]
    assert (batch.done, batch.refused) == (1, 1)
    assert "está enviando uma mensagem" in batch.items.get(case=theirs).why


def test_who_left_the_team_meanwhile_does_nothing_more(cast: Cast, open_case: Open) -> None:  # P-12
    case = open_case()
    batch = asking.ask(cast.ana, REPLY, chosen(case), at=MONDAY)  # type: ignore[arg-type]
    Membership.objects.filter(person=cast.ana.person_id).delete()

    asking.perform(batch.pk)

    assert batch.items.get().why == "Quem pediu já não atende nesta equipe."
    assert not Entry.objects.filter(case=case, party="seller", event="message.posted").exists()


def test_done_twice_it_is_done_once(cast: Cast, open_case: Open) -> None:
    case = open_case()

    batch = done(cast, REPLY, case)
    asking.perform(batch.pk)

    assert Entry.objects.filter(case=case, party="seller", event="message.posted").count() == 1


def test_cases_of_others_are_not_among_them(cast: Cast, open_case: Open) -> None:
    case = open_case()

    with pytest.raises(NotAllowed):
        asking.ask(cast.rival, REPLY, chosen(case), at=MONDAY)  # type: ignore[arg-type]


def test_a_batch_is_seen_by_whoever_asked_and_nobody_else(cast: Cast, open_case: Open) -> None:
    batch = asking.ask(cast.ana, REPLY, chosen(open_case()), at=MONDAY)  # type: ignore[arg-type]

    assert list(asking.of(cast.ana)) == [batch]
    assert not asking.of(cast.chefe) and not asking.of(cast.marta)


def test_a_person_has_so_many_going_and_no_more(cast: Cast, open_case: Open) -> None:
    seen = chosen(open_case())
    first, *_more = [asking.ask(cast.ana, TAG, seen, at=MONDAY) for _one in range(asking.GOING)]  # type: ignore[arg-type]

    with pytest.raises(NotAllowed, match="ainda não acabaram"):
        asking.ask(cast.ana, TAG, seen, at=MONDAY)  # type: ignore[arg-type]

    assert asking.ask(cast.marta, TAG, seen, at=MONDAY).total == 1  # type: ignore[arg-type]
    asking.perform(first.pk)
    assert asking.ask(cast.ana, TAG, seen, at=MONDAY).total == 1  # type: ignore[arg-type]


def test_a_long_one_gives_way_to_what_waits_after_each_round(cast: Cast, open_case: Open) -> None:
    cases = [open_case() for _one in range(asking.ROUND + 1)]
    batch = asking.ask(cast.ana, TAG, chosen(*cases), at=MONDAY)  # type: ignore[arg-type]
    waiting = ProcrastinateJob.objects.filter(task_name="batches.work", queue_name="batches")
    assert waiting.count() == 1

    jobs.perform(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.done, batch.is_going, waiting.count()) == (asking.ROUND, True, 2)
    jobs.perform(str(batch.pk))

    batch.refresh_from_db()
    assert (batch.done, batch.is_going, waiting.count()) == (asking.ROUND + 1, False, 2)


def test_an_action_asks_once_for_what_is_alike_and_takes_from_each_order_what_is_its_own() -> None:
    cast = gather("madeiramadeira")
    open_case = opener(cast)
    orders = [make_order(cast.marketplace, cast.seller, cast.buyer, number, "shipped") for number in ("71", "72", "73")]
    for order, tracking in zip(orders, ("BR900000003BR", "BR900000017BR", ""), strict=True):
        Order.objects.filter(pk=order.pk).update(tracking=tracking)
    cases = [open_case(order=order, reason="Atraso na entrega") for order in orders]
    wanted = Wanted(What.ACT, action="nova-data-de-entrega", fields={"nova-data-de-entrega": "2026-12-10"})

    foretold = asking.foretold(cast.ana, wanted, chosen(*cases), at=MONDAY)  # type: ignore[arg-type]
    batch = done(cast, wanted, *cases)

    assert [why for _case, why in foretold] == ["", "", LACKS]
    assert (batch.done, batch.refused) == (2, 1) and batch.items.get(state="refused").why == LACKS
    for case, tracking in zip(cases, ("BR900000003BR", "BR900000017BR"), strict=False):
        told = Entry.objects.filter(case=case, event="message.told").order_by("number").last()
        assert told and f"Rastreio: {tracking}" in told.said and "10/12/2026" in told.said
