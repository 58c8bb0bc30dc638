"""Consequences of a miss that cannot happen, and clocks that fail: nobody is stopped, and the team reads why."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import MONDAY, Cast, ask, gather, local, opener, rewrite
from tests.retail import gather as gather_retail
from tests.tampering import switched_off
from tratativa.accounts import keys
from tratativa.cases import door, sweeping
from tratativa.cases.acting import follow_ups, replying
from tratativa.cases.core import stuck
from tratativa.cases.files import attachments
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Deadline, Entry, FollowUp, Mark, Stuck, Version
from tratativa.cases.reading import timeline
from tratativa.evidence import walking
from tratativa.orders.models import Command

LATE = MONDAY + timedelta(days=3)
DUE = local("2026-11-24 09:00")


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def missed_means(cast: Cast, *effects: dict[str, Any]) -> None:
    def change(book: dict[str, Any]) -> None:
        rule = next(one for one in book["deadlines"] if one["label"] == "Responder ao cliente")
        rule["missed"] = list(effects)

    rewrite(cast.marketplace, change, at=MONDAY - timedelta(days=1))


def break_rules(case: Case) -> None:
    """The case's rulebook cannot be read any more: whatever touches the case fails."""
    broken = Version.objects.create(
        marketplace=case.marketplace, digest=str(keys.new()), source="{}", adopted_at=local("2020-01-01 00:00")
    )
    with switched_off():  # a case keeps its rules
        Case.objects.filter(pk=case.pk).update(version=broken)


def test_a_refund_above_what_is_left_stops_nobody_and_the_team_reads_why(cast: Cast) -> None:
    missed_means(cast, {"refund": {"field": "valor"}}, {"count": "resposta-perdida"})
    case = opener(cast)()

    replying.reply(case, Message("E agora?", to="seller"), by=cast.cliente, at=LATE)

    assert Deadline.objects.get(case=case, rule="responder-ao-cliente").state == "missed"
    assert Entry.objects.get(case=case, event="deadline.missed").at == DUE
    assert Mark.objects.filter(case=case, metric="resposta-perdida").count() == 1
    refused = Entry.objects.get(case=case, event="consequence.refused")
    assert "restam R$ 199,90" in refused.said
    assert Command.objects.count() == 0
    case.refresh_from_db()
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_only_the_team_reads_of_a_refused_consequence(cast: Cast) -> None:
    missed_means(cast, {"refund": {"field": "valor"}})
    case = opener(cast)()

    sweeping.sweep(at=LATE)

    case.refresh_from_db()
    assert "consequence.refused" in [line.event for line in timeline.read(case, cast.marta)]
    assert "consequence.refused" not in [line.event for line in timeline.read(case, cast.ana)]
    assert "consequence.refused" not in [line.event for line in timeline.read(case, cast.cliente)]


def test_a_consequence_that_breaks_leaves_nothing_half_done(cast: Cast) -> None:
    missed_means(cast, {"reschedule_delivery": "dia-que-ninguem-preencheu"}, {"offer": "Falar com a Americanas"})
    case = opener(cast)()

    sweeping.sweep(at=LATE)

    case.refresh_from_db()
    assert Entry.objects.get(case=case, event="consequence.refused").data["effect"] == "reschedule_delivery"
    assert case.offered == ["falar-com-a-americanas"]
    assert Command.objects.count() == 0
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_a_close_while_a_queue_owes_an_answer_is_refused_once_and_not_for_ever(db: None) -> None:
    retail = gather_retail()

    def closes(book: dict[str, Any]) -> None:
        rule = next(one for one in book["deadlines"] if one["label"] == "Devolutiva ao varejista")
        rule["missed"] = [{"close": "Ninguém respondeu"}]

    rewrite(retail.marketplace, closes, at=MONDAY + timedelta(minutes=1))
    case = retail.case("Status do cadastro com o distribuidor", at=MONDAY + timedelta(hours=1))
    ask(case, "financeiro", retail.agent, at=MONDAY + timedelta(hours=2))

    sweeping.sweep(at=MONDAY + timedelta(days=40))
    sweeping.sweep(at=MONDAY + timedelta(days=41))

    case.refresh_from_db()
    assert case.is_open
    assert Entry.objects.filter(case=case, event="consequence.refused").count() == 1
    replying.reply(case, Message("Ainda vemos isto.", to="customer"), by=retail.agent, at=MONDAY + timedelta(days=42))


def test_a_case_that_cannot_be_judged_stops_no_other_is_pushed_away_and_counted(cast: Cast) -> None:
    broken, well = opener(cast)(), opener(cast)()
    break_rules(broken)

    sweeping.sweep(at=LATE)
    sweeping.sweep(at=LATE + timedelta(seconds=30))
    sweeping.sweep(at=LATE + timedelta(minutes=2))

    assert well.deadlines.get(rule="responder-ao-cliente").state == "missed"
    row = Stuck.objects.get(case=broken)
    assert (row.what, row.tries) == ("sweep", 2)
    assert row.next_at == LATE + timedelta(minutes=4)
    assert [one.case_id for one in stuck.seen_by(cast.marta)] == [broken.pk]
    assert stuck.seen_by(cast.rival) == []


def test_what_works_at_last_is_stuck_no_more(cast: Cast) -> None:
    case = opener(cast)()
    sound = case.version_id
    break_rules(case)
    sweeping.sweep(at=LATE)
    with switched_off():  # a case keeps its rules
        Case.objects.filter(pk=case.pk).update(version=sound)

    sweeping.sweep(at=LATE + timedelta(hours=1))

    assert Stuck.objects.count() == 0
    assert case.deadlines.get(rule="responder-ao-cliente").state == "missed"


def test_a_reminder_that_fails_holds_up_no_other(cast: Cast) -> None:
    broken, well = opener(cast)(), opener(cast)()
    for case in (broken, well):
        with door.judging(case.pk, by=cast.marta, at=MONDAY) as change:
            follow_ups.leave(change, "Ligar", MONDAY + timedelta(hours=1))
    break_rules(broken)

    follow_ups.remind(at=MONDAY + timedelta(hours=2))

    assert FollowUp.objects.get(case=well).reminded_at == MONDAY + timedelta(hours=1)
    assert FollowUp.objects.get(case=broken).reminded_at is None
    assert Stuck.objects.get().what == "reminder"


def test_a_file_the_storage_will_not_let_go_of_holds_up_no_other(cast: Cast) -> None:
    long_ago = MONDAY - timedelta(days=60)
    stubborn, _plain = (
        attachments.receive(SimpleUploadedFile(name, b"x"), by=cast.ana, at=long_ago, limit=100)
        for name in ("preso.txt", "solto.txt")
    )
    Attachment.objects.filter(pk=stubborn.pk).update(path="../fora-da-pasta.txt", added_at=long_ago)

    assert attachments.forget_unsent(before=MONDAY) == 1

    assert list(Attachment.objects.values_list("pk", flat=True)) == [stubborn.pk]
