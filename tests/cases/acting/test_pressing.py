"""Ten seconds to take a reply back: nobody learns of it before, it counts from the click, and it is never lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import MONDAY, Cast, gather, opener
from tratativa.accounts import reach
from tratativa.accounts.models import Membership
from tratativa.cases import events, sweeping
from tratativa.cases.acting import actions, pressing, replying
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.refusals import NotAllowed, Outdated
from tratativa.cases.files import attachments
from tratativa.cases.messages import drafts
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Deadline, Draft, Entry, Pressed, Tagging
from tratativa.cases.reading import timeline
from tratativa.evidence import walking
from tratativa.mail.models import Letter
from tratativa.notices import making
from tratativa.notices.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)
Result = TypeVar("Result")
TEN = MONDAY + timedelta(hours=1)
SAID = TEN + pressing.UNDO


@pytest.fixture
def cast() -> Iterator[Cast]:
    yield gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)()


def press(case: Case, cast: Cast, words: str = "Chega amanhã.", *, at: datetime = TEN, **given: Any) -> Pressed:
    message = Message(words, to="customer", customer_reads=True, files=given.pop("files", ()))
    pressed = pressing.press(case, message, by=given.pop("by", cast.ana), at=at, **given)
    assert pressed is not None
    return pressed


def outcome(pressed: Pressed) -> str:
    return Pressed.objects.get(pk=pressed.pk).outcome


def said(case: Case) -> list[str]:
    """What the seller said so far, as the ledger has it."""
    posted = case.entries.filter(event=events.Posted.name, party="seller").select_related("words").order_by("number")
    return [entry.said for entry in posted]


def at_once(count: int, work: Callable[[int], Result]) -> list[Result]:
    def one(index: int) -> Result:
        try:
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def the_duty(case: Case) -> Deadline:
    """What the seller owes the customer first."""
    return case.deadlines.filter(party="seller", state="running").order_by("due_at").first() or pytest.fail("no clock")


def test_until_it_is_said_nobody_knows_of_it_and_no_letter_leaves(cast: Cast, case: Case) -> None:
    before = (case.entries.count(), Letter.objects.count())

    pressed = press(case, cast)

    case.refresh_from_db()
    assert (case.entries.count(), Letter.objects.count()) == before
    assert (case.waiting_on, case.held, said(case)) == ("seller", [], [])
    assert pressed.leaves_at == SAID
    assert drafts.of(case, cast.ana) is None
    job = ProcrastinateJob.objects.get(task_name="cases.say_pressed", args__pressed_id=str(pressed.pk))
    assert (job.args, job.scheduled_at) == ({"pressed_id": str(pressed.pk)}, SAID)


def test_after_ten_seconds_it_is_said_once_and_a_letter_leaves(cast: Cast, case: Case) -> None:
    pressed = press(case, cast)

    pressing.say_due(pressed.pk, at=SAID - timedelta(milliseconds=1))
    early = said(case)
    for _twice in range(2):
        pressing.say_due(pressed.pk, at=SAID)

    case.refresh_from_db()
    entry = case.entries.get(event=events.Posted.name, party="seller")
    assert (early, said(case), case.waiting_on) == ([], ["Chega amanhã."], "customer")
    assert datetime.fromisoformat(entry.data["pressed_at"]) == TEN
    assert (entry.at, entry.actor_id) == (SAID, cast.ana.person_id)
    assert Letter.objects.filter(entry=entry, party="customer").exists()
    assert (outcome(pressed), Pressed.objects.get().body) == ("said", "")
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_taken_back_nothing_happened_and_words_and_files_are_in_the_draft(cast: Cast, case: Case) -> None:
    file = attachments.receive(SimpleUploadedFile("nota.pdf", b"%PDF nota"), by=cast.ana, at=TEN, limit=100)
    before = case.entries.count()
    pressed = press(case, cast, files=[file])
    assert attachments.waiting([str(file.pk)], cast.ana) == []  # it goes with this message and no other

    pressing.take_back(pressed, by=cast.ana, at=TEN + timedelta(seconds=4))
    pressing.say_due(pressed.pk, at=SAID)

    draft = drafts.of(case, cast.ana)
    assert draft is not None
    assert (draft.body, draft.to, draft.customer_reads) == ("Chega amanhã.", "customer", True)
    assert [one.name for one in draft.files.filter(entry=None, pressed=None)] == ["nota.pdf"]
    assert (case.entries.count(), Letter.objects.filter(party="customer", entry__party="seller").count()) == (before, 0)


def test_what_its_author_began_meanwhile_is_not_lost_when_it_comes_back(cast: Cast, case: Case) -> None:
    pressed = press(case, cast)
    drafts.keep(case, by=cast.ana, at=TEN, words="E mais:", rich="<p><strong>E mais:</strong></p>")

    pressing.take_back(pressed, by=cast.ana, at=TEN)

    draft = Draft.objects.get(case=case)
    assert draft.body == "Chega amanhã.\n\nE mais:"
    assert draft.rich == "<p>Chega amanhã.</p><p></p><p><strong>E mais:</strong></p>"


def test_files_are_said_with_their_message(cast: Cast, case: Case) -> None:
    file = attachments.receive(SimpleUploadedFile("nota.pdf", b"%PDF nota"), by=cast.ana, at=TEN, limit=100)
    pressed = press(case, cast, files=[file])

    pressing.say_due(pressed.pk, at=SAID)

    kept = Attachment.objects.get()
    assert kept.entry is not None
    assert (kept.entry.event, kept.pressed_id) == (events.Posted.name, None)


def test_only_its_author_takes_it_back_and_only_once(cast: Cast, case: Case) -> None:
    pressed = press(case, cast)

    for somebody in (cast.chefe, cast.marta, cast.cliente, cast.rival):
        with pytest.raises(NotAllowed):
            pressing.take_back(pressed, by=somebody, at=TEN)
    pressing.take_back(pressed, by=cast.ana, at=TEN)
    with pytest.raises(NotAllowed, match="já foi desfeito"):
        pressing.take_back(pressed, by=cast.ana, at=TEN)

    assert outcome(pressed) == "undone"


def test_said_it_is_too_late_and_late_but_unsaid_it_is_not(cast: Cast, case: Case) -> None:
    unsaid, in_time = press(case, cast), press(case, cast, "E o rastreio é BR1.", at=TEN + timedelta(seconds=1))

    pressing.take_back(unsaid, by=cast.ana, at=SAID + timedelta(minutes=5))  # the worker was down
    pressing.say_due(in_time.pk, at=SAID + timedelta(minutes=6))
    with pytest.raises(NotAllowed, match="já foi enviada"):
        pressing.take_back(in_time, by=cast.ana, at=SAID + timedelta(minutes=7))

    assert said(case) == ["E o rastreio é BR1."]


def test_the_same_form_sent_twice_is_one_message_before_and_after_it_is_said(cast: Cast, case: Case) -> None:
    first = press(case, cast)
    again = press(case, cast)
    pressing.say_due(first.pk, at=SAID)
    message = Message("Chega amanhã.", to="customer", customer_reads=True)
    once_more = pressing.press(case, message, by=cast.ana, at=SAID + timedelta(seconds=1))

    assert (again, once_more) == (first, None)
    assert said(case) == ["Chega amanhã."]


def test_two_messages_are_said_in_the_order_they_were_written(cast: Cast, case: Case) -> None:
    press(case, cast, "Primeiro.")
    second = press(case, cast, "Segundo.", at=TEN + timedelta(seconds=1))

    pressing.say_due(second.pk, at=SAID + timedelta(seconds=1))  # the first one's job is late

    assert said(case) == ["Primeiro.", "Segundo."]


def test_its_author_may_say_it_at_once(cast: Cast, case: Case) -> None:
    pressed = press(case, cast)

    with pytest.raises(NotAllowed):
        pressing.say_now(pressed, by=cast.chefe, at=TEN)
    pressing.say_now(pressed, by=cast.ana, at=TEN + timedelta(seconds=1))

    assert said(case) == ["Chega amanhã."]


def test_pressed_at_the_due_moment_it_is_in_time_though_the_sweep_came_before_it_was_said(
    cast: Cast, case: Case
) -> None:
    duty = the_duty(case)
    pressed = press(case, cast, at=duty.due_at)

    sweeping.sweep(at=duty.due_at + timedelta(seconds=5))
    waiting = Deadline.objects.get(pk=duty.pk).state
    pressing.say_due(pressed.pk, at=pressed.leaves_at)

    duty.refresh_from_db()
    assert waiting == "running"
    assert (duty.state, duty.answered_at) == ("met", pressed.pressed_at)


def test_pressed_a_moment_after_the_due_moment_it_is_too_late(cast: Cast, case: Case) -> None:
    duty = the_duty(case)

    pressed = press(case, cast, at=duty.due_at + timedelta(microseconds=1))
    pressing.say_due(pressed.pk, at=pressed.leaves_at)

    duty.refresh_from_db()
    assert duty.state == "missed"


def test_taken_back_it_is_as_if_nobody_had_answered(cast: Cast, case: Case) -> None:
    duty = the_duty(case)
    pressed = press(case, cast, at=duty.due_at)

    pressing.take_back(pressed, by=cast.ana, at=duty.due_at + timedelta(seconds=3))

    missed = case.entries.get(event=events.DeadlineMissed.name, data__rule=duty.rule)
    assert (Deadline.objects.get(pk=duty.pk).state, missed.at) == ("missed", duty.due_at)


def test_a_case_closed_meanwhile_is_not_opened_again_and_its_author_is_told(cast: Cast, case: Case) -> None:
    pressed = press(case, cast)
    closed_by_others(case, cast)

    pressing.say_due(pressed.pk, at=SAID)

    case.refresh_from_db()
    refused = case.entries.get(event=events.NotSent.name)
    assert (case.is_open, outcome(pressed), said(case)) == (False, "refused", [])
    assert "encerrado" in refused.said
    assert Draft.objects.get(case=case, author_id=cast.ana.person_id).body == "Chega amanhã."
    told = [line.event for line in timeline.read(case, cast.ana)]
    assert events.NotSent.name in told
    for other in (cast.cliente, cast.marta):
        assert events.NotSent.name not in [line.event for line in timeline.read(case, other)]
    making.make(case.pk, refused.number, refused.number, at=SAID)
    assert list(Notice.objects.values_list("person", "entry")) == [(cast.ana.person_id, refused.pk)]


def test_what_could_not_be_said_comes_back_with_its_files(cast: Cast, case: Case) -> None:
    file = attachments.receive(SimpleUploadedFile("nota.pdf", b"%PDF nota"), by=cast.ana, at=TEN, limit=100)
    pressed = press(case, cast, files=[file])
    closed_by_others(case, cast)

    with reach.within(case.marketplace_id):  # as the job works, which the file of somebody's draft is no part of
        pressing.say_due(pressed.pk, at=SAID)

    draft = Draft.objects.get(case=case, author_id=cast.ana.person_id)
    assert (outcome(pressed), [one.name for one in draft.files.filter(pressed=None)]) == ("refused", ["nota.pdf"])
    assert attachments.waiting([str(file.pk)], cast.ana) == [file]


def test_a_clock_the_seller_may_answer_for_the_marketplace_waits_for_their_message_too(cast: Cast, case: Case) -> None:
    law = case.deadlines.filter(party="marketplace", state="running").order_by("due_at").first()
    rule = rulebook_versions.of(case).deadline(law.rule) if law else None
    assert law and rule and rule.stopped_by == "public_reply"
    pressed = press(case, cast, at=law.due_at - timedelta(seconds=3))

    sweeping.sweep(at=law.due_at + timedelta(seconds=1))
    waiting = Deadline.objects.get(pk=law.pk).state
    pressing.say_due(pressed.pk, at=pressed.leaves_at)

    law.refresh_from_db()
    assert (waiting, law.state, law.answered_at) == ("running", "met", pressed.pressed_at)


def test_a_note_begun_meanwhile_is_not_the_customers_when_the_message_comes_back(cast: Cast, case: Case) -> None:
    pressed = press(case, cast)
    drafts.keep(case, by=cast.ana, at=TEN, words="Só para nós.", to="customer", customer_reads=False)

    pressing.take_back(pressed, by=cast.ana, at=TEN)

    draft = Draft.objects.get(case=case)
    assert ("Só para nós." in draft.body, draft.customer_reads) == (True, False)


def closed_by_others(case: Case, cast: Cast) -> None:
    """The marketplace's team closes the case, without knowing of the seller's message."""
    Case.objects.filter(pk=case.pk).update(closed_at=TEN, waiting_on="nobody", public_turn="nobody")


def test_what_an_author_who_left_had_pressed_is_not_said(cast: Cast, case: Case) -> None:
    pressed = press(case, cast)
    Membership.objects.filter(person=cast.ana.person_id).delete()

    pressing.say_due(pressed.pk, at=SAID)

    assert (outcome(pressed), said(case)) == ("refused", [])


def test_a_colleague_writes_and_closes_nothing_over_a_message_on_its_way(cast: Cast, case: Case) -> None:
    replying.reply(case, Message("Oi.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY)
    press(case, cast)

    with pytest.raises(NotAllowed, match="está enviando"):
        press(case, cast, "Eu também.", by=cast.chefe)
    with pytest.raises(NotAllowed, match="está enviando"):
        actions.perform(case, "encerrar-atendimento", by=cast.chefe, at=TEN + timedelta(seconds=2))

    assert Pressed.objects.count() == 1


def test_a_colleague_who_says_things_at_once_reads_it_first_too_but_a_note_may_pass_it(cast: Cast, case: Case) -> None:
    waiting = press(case, cast)
    case.refresh_from_db()
    late = TEN + timedelta(seconds=2)
    mine = Message("Eu também.", to="customer", customer_reads=True)

    with pytest.raises(NotAllowed, match="está enviando"):
        replying.reply(case, mine, by=cast.chefe, at=late)
    before = said(case)
    replying.reply(case, Message("Só para nós.", to="customer"), by=cast.chefe, at=late, seen=case.row_version)
    pressing.say_due(waiting.pk, at=SAID)
    replying.reply(case, mine, by=cast.chefe, at=SAID)

    assert before == []
    assert [said(case)[-2], said(case)[-1]] == ["Chega amanhã.", "Eu também."]


def test_taken_back_its_tags_and_its_wait_are_in_the_draft_beside_those_of_what_was_begun_since(
    cast: Cast, case: Case
) -> None:
    pressed = pressing.press(
        case, Message("Chega amanhã.", to="customer", customer_reads=True, wait_for_answer=True), by=cast.ana, at=TEN,
        tags=["atraso"],
    )  # fmt: skip
    assert pressed
    drafts.keep(case, by=cast.ana, at=TEN, words="Mais isto.", to="customer", customer_reads=True, tags=["vip"])

    pressing.take_back(pressed, by=cast.ana, at=TEN)

    draft = Draft.objects.get(case=case)
    assert (draft.wait_for_answer, draft.tags) == (True, ["atraso", "vip"])


def test_who_does_the_next_thing_takes_nothing_back_and_has_seen_their_own_message(cast: Cast, case: Case) -> None:
    case.refresh_from_db()
    press(case, cast)

    done = actions.perform(
        case, "encerrar-atendimento", by=cast.ana, at=TEN + timedelta(seconds=3), seen=case.row_version
    )

    done.refresh_from_db()
    assert (said(case), done.is_open) == (["Chega amanhã."], False)


def test_what_the_customer_wrote_meanwhile_was_not_seen(cast: Cast, case: Case) -> None:
    case.refresh_from_db()
    pressed = press(case, cast)
    replying.reply(case, Message("Desisti."), by=cast.cliente, at=TEN + timedelta(seconds=2))
    pressing.say_due(pressed.pk, at=SAID)

    with pytest.raises(Outdated):
        actions.perform(
            case, "encerrar-atendimento", by=cast.ana, at=SAID + timedelta(seconds=1), seen=case.row_version
        )

    assert said(case) == ["Chega amanhã."]


def test_a_page_older_than_the_news_presses_nothing(cast: Cast, case: Case) -> None:
    case.refresh_from_db()
    seen = case.row_version
    replying.reply(case, Message("Mais uma coisa."), by=cast.cliente, at=TEN)

    with pytest.raises(Outdated):
        press(case, cast, seen=seen)

    assert not Pressed.objects.exists()


def test_notes_conversations_and_what_conduct_holds_are_not_kept_waiting(cast: Cast, case: Case) -> None:
    def waits(words: str = "Oi.", *, to: str = "customer", reads: bool = True, by: Any = cast.ana) -> bool:
        return pressing.waits(case, Message(words, to=to, customer_reads=reads), by=by)

    assert waits()
    assert waits(to="marketplace")
    assert waits(by=cast.marta)
    assert not waits(reads=False)
    assert not waits(by=cast.cliente)
    assert not waits(by=replace(cast.ana, party=cast.cliente.party))


def test_its_tags_are_put_on_once_it_is_said(cast: Cast, case: Case) -> None:
    pressed = press(case, cast, tags=["atraso"])
    before = Tagging.objects.count()

    pressing.say_due(pressed.pk, at=SAID)

    assert (before, [one.tag.word for one in Tagging.objects.select_related("tag")]) == (0, ["atraso"])


def test_a_message_whose_job_was_lost_is_said_all_the_same(cast: Cast, case: Case) -> None:
    press(case, cast)  # and nobody runs its job here

    early = pressing.say_overdue(at=SAID + timedelta(seconds=5))
    late = pressing.say_overdue(at=SAID + timedelta(minutes=1))

    assert (early, late, said(case)) == (0, 1, ["Chega amanhã."])


def test_undoing_and_saying_at_once_only_one_of_them_happens(cast: Cast, case: Case) -> None:
    for round_ in range(6):
        words = f"Aviso {round_}."
        pressed = press(case, cast, words, at=TEN + timedelta(minutes=round_))

        def one(index: int, pressed: Pressed = pressed) -> bool:
            try:
                if index % 2:
                    pressing.take_back(pressed, by=cast.ana, at=pressed.leaves_at)
                else:
                    pressing.say_due(pressed.pk, at=pressed.leaves_at)
            except NotAllowed:
                return False
            return True

        at_once(4, one)
        draft = drafts.of(case, cast.ana)
        back = draft is not None and words in draft.body
        assert (words in said(case)) != back
        assert outcome(pressed) == ("undone" if back else "said")
        drafts.drop(case, cast.ana)
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_the_same_form_sent_many_times_at_once_is_one_message(cast: Cast, case: Case) -> None:
    keys = at_once(5, lambda _index: press(case, cast).pk)

    assert len(set(keys)) == 1
    assert Entry.objects.filter(case=case, event=events.Posted.name, party="seller").count() == 0


def test_rows_of_what_is_over_are_thrown_away_and_waiting_ones_are_not(cast: Cast, case: Case) -> None:
    over, waiting = press(case, cast), press(case, cast, "Espere.", at=TEN + timedelta(seconds=1))
    pressing.take_back(over, by=cast.ana, at=TEN)

    pressing.forget(before=TEN + timedelta(days=1))

    assert list(Pressed.objects.all()) == [waiting]
