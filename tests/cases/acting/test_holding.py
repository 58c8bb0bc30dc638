"""What waits before it happens: nothing of it shows or moves, its author is never made late, it happens once."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction

from tests.cast import MONDAY, Cast, gather, local, make_order, opener, rewrite
from tests.notices import telling as notices
from tratativa.accounts.models import Membership, Role
from tratativa.cases import events, sweeping
from tratativa.cases.acting import actions, approvals, pending, replying
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Held, Mark
from tratativa.cases.reading import timeline
from tratativa.evidence import walking
from tratativa.mail.models import Letter
from tratativa.notices import wording
from tratativa.notices.models import Notice
from tratativa.orders import refunds
from tratativa.orders.models import Command
from tratativa.rulebook import reading, shipped
from tratativa.web.timeline import holds, lines

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "Ligue para a transportadora: (41) 3322-7788."
TEN = MONDAY + timedelta(hours=1)


@pytest.fixture
def cast() -> Iterator[Cast]:
    yield gather("madeiramadeira")


@pytest.fixture
def case(cast: Cast) -> Case:
    cast.order.stage = "shipped"
    cast.order.save()
    return opener(cast)()


def say(case: Case, cast: Cast, words: str = PHONE, **more: object) -> Held:
    message = Message(words, to="customer", **more)  # type: ignore[arg-type]
    replying.reply(case, message, by=cast.ana, at=TEN)
    return Held.objects.get()


def read_by_customer(case: Case, cast: Cast) -> str:
    return " ".join(line.words or "" for line in timeline.read(case, cast.cliente))


def with_rules(cast: Cast, folder: Path, rule: str) -> None:
    """The marketplace adopts its rulebook with one more line on «Atender cancelamento»."""
    shipped_folder = shipped.folder("madeiramadeira")
    assert shipped_folder is not None
    shutil.copytree(shipped_folder, folder / "madeiramadeira")
    actions_file = folder / "madeiramadeira" / "actions.yaml"
    label = "- label: Atender cancelamento\n"
    actions_file.write_text(actions_file.read_text().replace(label, f"{label}  {rule}\n"))
    rulebook_versions.adopt(cast.marketplace, reading.load(folder / "madeiramadeira"), at=MONDAY - timedelta(days=1))


def boss(cast: Cast) -> object:
    """An administrator of the marketplace's team."""
    Membership.objects.filter(person=cast.marta.person_id).update(role=Role.ADMIN)
    return replace(cast.marta, role="admin")


def test_a_held_message_reaches_nobody_and_passes_no_turn(cast: Cast, case: Case) -> None:
    letters = Letter.objects.filter(party="customer").count()

    held = say(case, cast)

    case.refresh_from_db()
    assert (held.why, held.rule, case.held) == ("conduct", "telefone-e-whatsapp", ["responder"])
    assert case.waiting_on == "seller"
    assert "3322" not in read_by_customer(case, cast)
    assert Letter.objects.filter(party="customer").count() == letters
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_the_same_form_sent_twice_holds_one_message(cast: Cast, case: Case) -> None:
    for _twice in range(2):
        say(case, cast)

    assert Held.objects.count() == 1


def test_released_it_is_the_sellers_message_and_a_letter_leaves(cast: Cast, case: Case) -> None:
    held = say(case, cast)

    approvals.release(held, by=cast.marta, at=TEN)

    case.refresh_from_db()
    said = case.entries.get(event=events.Posted.name, party="seller")
    assert (said.actor_id, case.held, case.waiting_on) == (cast.ana.person_id, [], "customer")
    assert "3322" in read_by_customer(case, cast)
    assert Letter.objects.filter(party="customer", entry=said).exists()
    assert Held.objects.get().given == {}
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_nobody_decides_on_their_own_message_and_sellers_never_decide(cast: Cast, case: Case) -> None:
    held = say(case, cast)

    for somebody in (cast.ana, cast.chefe, cast.cliente, replace(cast.marta, person_id=cast.ana.person_id)):
        with pytest.raises(NotAllowed):
            approvals.release(held, by=somebody, at=TEN)
        with pytest.raises(NotAllowed):
            approvals.refuse(held, "Não.", by=somebody, at=TEN)

    assert Held.objects.get().decided_at is None


def test_a_refusal_needs_a_reason_and_counts_for_the_seller(cast: Cast, case: Case) -> None:
    held = say(case, cast)

    with pytest.raises(Invalid, match="Escreva o motivo"):
        approvals.refuse(held, "  ", by=cast.marta, at=TEN)
    approvals.refuse(held, "Atenda por aqui.", by=cast.marta, at=TEN)

    mark = Mark.objects.get()
    assert (mark.metric, mark.source.partition("@")[0]) == ("falta-de-conduta", "conduct:telefone-e-whatsapp")
    assert "Atenda por aqui." in [line.words for line in timeline.read(case, cast.ana)]
    assert "Atenda" not in read_by_customer(case, cast)


def test_a_colleague_takes_it_back_and_a_rival_does_not(cast: Cast, case: Case) -> None:
    held = say(case, cast)

    with pytest.raises(NotAllowed):
        approvals.undo(held, by=cast.marta, at=TEN)
    approvals.undo(held, by=cast.chefe, at=TEN)

    case.refresh_from_db()
    assert (Held.objects.get().decision, case.held) == ("undone", [])
    assert not pending.waiting(case, cast.rival)


def test_two_mediators_at_once_decide_once(cast: Cast, case: Case) -> None:
    held = say(case, cast)

    def decide(index: int) -> bool:
        try:
            approvals.release(held, by=cast.marta, at=TEN + timedelta(seconds=index))
        except NotAllowed:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(decide, range(8))) == 1

    assert case.entries.filter(event=events.Posted.name, party="seller").count() == 1


def test_who_left_the_team_says_nothing_more(cast: Cast, case: Case) -> None:
    held = say(case, cast)
    Membership.objects.filter(person=cast.ana.person_id).delete()

    with pytest.raises(NotAllowed, match="já não faz parte"):
        approvals.release(held, by=cast.marta, at=TEN)

    assert "3322" not in read_by_customer(case, cast)


def test_a_case_is_not_opened_with_a_message_that_would_be_held(cast: Cast) -> None:
    with pytest.raises(Invalid) as no:
        opener(cast)(by=cast.ana, words=PHONE, to="customer", customer_reads=True, reason="Conferência de entrega")

    assert "não foi aberto e nada foi enviado" in no.value.errors["text"]
    assert "«41) 3322-7788»" in no.value.errors["text"]
    assert "será lida" not in no.value.errors["text"]
    assert not Case.objects.exists()


@pytest.fixture
def cancelling(cast: Cast, tmp_path: Path) -> Callable[[str], Case]:
    """A case about a cancellation, whose action moves the whole order."""

    def opened(rule: str) -> Case:
        with_rules(cast, tmp_path, rule)
        cast.order.stage = "paid"
        cast.order.save()
        return opener(cast)(reason="Cancelamento de pedido/produto antes da entrega", words="Não quero mais.")

    return opened


def test_above_the_limit_another_administrator_approves(cast: Cast, cancelling: Callable[[str], Case]) -> None:
    case = cancelling("second_person_above: 100.00")
    actions.perform(case, "Atender cancelamento", by=cast.ana, at=TEN)
    held = Held.objects.get()

    assert (held.why, held.value_cents, Command.objects.count()) == ("approval", 19_990, 0)
    with pytest.raises(NotAllowed):
        approvals.release(held, by=cast.marta, at=TEN)  # an agent
    approvals.release(held, by=boss(cast), at=TEN)  # type: ignore[arg-type]

    verbs = sorted(Command.objects.values_list("verb", flat=True))
    assert (verbs, "atender-cancelamento" in Case.objects.get().done) == (["cancel_order", "refund"], True)


def test_up_to_the_limit_nobody_else_is_asked(cast: Cast, cancelling: Callable[[str], Case]) -> None:
    case = cancelling("second_person_above: 199.90")

    actions.perform(case, "Atender cancelamento", by=cast.ana, at=TEN)

    assert (Held.objects.count(), Command.objects.count()) == (0, 2)


def test_within_the_window_it_is_undone_and_after_it_it_happens_once(
    cast: Cast, cancelling: Callable[[str], Case]
) -> None:
    case = cancelling("undo: 10 minutes")
    actions.perform(case, "Atender cancelamento", by=cast.ana, at=TEN)
    approvals.undo(Held.objects.get(), by=cast.ana, at=TEN + timedelta(minutes=9))
    actions.perform(case, "Atender cancelamento", by=cast.ana, at=TEN + timedelta(minutes=20))
    second = Held.objects.get(decided_at=None)
    assert second.due_at

    with pytest.raises(NotAllowed, match="acabou"):
        approvals.undo(second, by=cast.ana, at=second.due_at)
    approvals.release_due(second.pk, at=second.due_at - timedelta(seconds=1))
    assert Command.objects.count() == 0
    for _twice in range(2):
        approvals.release_due(second.pk, at=second.due_at)

    assert Command.objects.count() == 2  # the order cancelled and its money asked back, each once
    assert Case.objects.get().entries.filter(event=events.ActionDone.name).count() == 1


def test_what_the_case_no_longer_allows_does_not_happen_when_the_window_ends(
    cast: Cast, cancelling: Callable[[str], Case]
) -> None:
    case = cancelling("undo: 10 minutes")
    actions.perform(case, "Atender cancelamento", by=cast.ana, at=TEN)
    held = Held.objects.get()
    cast.order.stage = "delivered"
    cast.order.save()

    approvals.release_due(held.pk, at=held.due_at)  # type: ignore[arg-type]

    ended = case.entries.get(event=events.HoldEnded.name)
    assert (ended.data["decision"], Command.objects.count()) == ("refused", 0)
    assert "já foi entregue" in ended.words.body


def test_an_action_asked_for_is_not_asked_for_again(cast: Cast, cancelling: Callable[[str], Case]) -> None:
    case = cancelling("undo: 10 minutes")
    actions.perform(case, "Atender cancelamento", by=cast.ana, at=TEN)

    with pytest.raises(NotAllowed, match="Já foi pedida"):
        actions.perform(case, "Atender cancelamento", by=cast.chefe, at=TEN)


def test_a_sweep_waits_for_what_is_held_and_ends(cast: Cast, cancelling: Callable[[str], Case]) -> None:
    case = cancelling("second_person_above: 100.00")
    due = local("2026-11-25 09:00")
    actions.perform(case, "Atender cancelamento", by=cast.ana, at=due - timedelta(minutes=1))

    sweeping.sweep(at=due + timedelta(hours=2))
    first = case.deadlines.get(rule="primeira-resposta")
    approvals.release(Held.objects.get(), by=boss(cast), at=due + timedelta(hours=3))  # type: ignore[arg-type]

    first_after = case.deadlines.get(pk=first.pk)
    assert (first.state, first_after.state) == ("running", "met")
    assert first_after.answered_at == due - timedelta(minutes=1)
    assert not Mark.objects.exists()


def test_a_legal_clock_is_judged_whatever_waits(cast: Cast, cancelling: Callable[[str], Case]) -> None:
    """ADR 11: a law's term is not lengthened by whoever decides late."""
    case = cancelling("second_person_above: 100.00")

    def legal(book: dict[str, Any]) -> None:
        for rule in book["deadlines"]:
            rule["legal"] = True
            rule.pop("pauses", None)

    rewrite(cast.marketplace, legal, at=MONDAY - timedelta(hours=1))
    under_law = opener(cast)(
        order=make_order(cast.marketplace, cast.seller, cast.buyer, "1002", stage="paid"),
        reason="Cancelamento de pedido/produto antes da entrega", words="Não quero mais.",
    )  # fmt: skip
    due = local("2026-11-25 09:00")
    for one in (case, under_law):
        actions.perform(one, "Atender cancelamento", by=cast.ana, at=due - timedelta(minutes=1))

    sweeping.sweep(at=due + timedelta(hours=2))

    states = [one.deadlines.get(rule="primeira-resposta").state for one in (case, under_law)]
    assert states == ["running", "missed"]
    miss = under_law.entries.get(event=events.DeadlineMissed.name)
    assert miss.at == due


def test_the_rest_of_an_order_is_weighed_for_approval_not_the_whole_of_it(
    cast: Cast, cancelling: Callable[[str], Case]
) -> None:
    case = cancelling("second_person_above: 100.00")
    with transaction.atomic():
        refunds.refund(cast.order, 15_000, case_id=case.pk, key="antes", at=MONDAY)
    before = Command.objects.count()

    actions.perform(case, "Atender cancelamento", by=cast.ana, at=TEN)

    assert not Held.objects.exists()
    assert Command.objects.count() > before


@pytest.fixture
def giving_back() -> tuple[Cast, Case]:
    """A case of «Essencial» about a delivered order of R$ 199,90, whose money can be given back, with ten minutes."""
    cast = gather("essencial")
    cast.order.stage = "delivered"
    cast.order.save()
    return cast, opener(cast)(reason="Produto com defeito")


def give_back(cast: Cast, case: Case, **fields: str) -> Held:
    actions.perform(case, "Devolver o dinheiro", by=cast.ana, at=TEN, fields=fields)
    return Held.objects.get(decided_at=None)


def test_more_than_was_paid_is_refused_when_it_is_asked_for_not_ten_minutes_later(
    giving_back: tuple[Cast, Case],
) -> None:
    cast, case = giving_back

    with pytest.raises(NotAllowed, match="passa do que foi pago; restam R\\$ 199,90"):
        give_back(cast, case, quanto="amount", valor="999,00")

    case.refresh_from_db()
    assert (Held.objects.count(), case.held) == (0, [])


def test_of_what_is_all_given_back_nothing_is_asked_again(giving_back: tuple[Cast, Case]) -> None:
    cast, case = giving_back
    with transaction.atomic():
        refunds.refund(cast.order, None, case_id=case.pk, key="antes", at=MONDAY)

    with pytest.raises(NotAllowed, match="já foram devolvidos ou pedidos R\\$ 199,90"):
        give_back(cast, case, quanto="full")


def test_what_was_given_otherwise_meanwhile_is_told_to_who_asked_and_is_nobodys_word(
    giving_back: tuple[Cast, Case],
) -> None:
    cast, case = giving_back
    held = give_back(cast, case, quanto="amount", valor="150,00")
    with transaction.atomic():
        refunds.refund(cast.order, 10_000, case_id=case.pk, key="outra", at=TEN)
    notices.run(TEN)

    approvals.release_due(held.pk, at=held.due_at)  # type: ignore[arg-type]
    notices.run(TEN + timedelta(minutes=11))

    ended = next(line for line in lines.draw(Case.objects.get(), cast.ana) if line.event == events.HoldEnded.name)
    assert not ended.is_message
    assert ended.title.startswith("«Devolver o dinheiro» não aconteceu")
    assert "restam R$ 99,90" in ended.title
    told = Notice.objects.filter(person=cast.ana.person_id, entry__event=events.HoldEnded.name)
    assert [wording.tell(one).happening for one in told] == ["«Devolver o dinheiro» não aconteceu"]


def test_a_refused_message_is_told_to_who_wrote_it(cast: Cast, case: Case) -> None:
    held = say(case, cast)
    notices.run(TEN)

    approvals.refuse(held, "Atenda por aqui.", by=cast.marta, at=TEN + timedelta(minutes=2))
    notices.run(TEN + timedelta(minutes=3))

    told = Notice.objects.filter(entry__event=events.HoldEnded.name)
    assert [(one.person_id, wording.tell(one).happening) for one in told] == [
        (cast.ana.person_id, "A sua mensagem não foi enviada")
    ]


def test_what_waits_says_how_much_money_it_moves(giving_back: tuple[Cast, Case]) -> None:
    cast, case = giving_back

    held = give_back(cast, case, quanto="amount", valor="150,00")

    assert holds.draw(held, cast.ana).why.startswith("Mexe com R$ 150,00.")
