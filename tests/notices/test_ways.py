"""By which ways somebody is told: as they chose, not in their quiet hours, and never twice of one thing."""

from collections.abc import Callable
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import MONDAY, SAO_PAULO, Cast, local
from tests.notices.telling import run, told
from tests.notices.test_making import owed
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership, Person
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, replying
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.mail.models import Letter
from tratativa.notices import choosing, emailing, reading, wording
from tratativa.notices.choosing import Ways
from tratativa.notices.models import Digest, Email, Hours, Kind, Notice

MINUTE = timedelta(minutes=1)
Open = Callable[..., Case]


def chooses(who: Actor, email: Email, *, desk: bool = True, quiet: tuple[str, str] = ("", ""), digest: int = 8) -> None:
    hours = tuple(time.fromisoformat(one) if one else None for one in quiet)
    choosing.choose(who.person, {kind: Ways(desk, False, email) for kind in Kind}, hours, digest)  # type: ignore[arg-type]


def given_to(cast: Cast, case: Case) -> Notice:
    """The case is given to Ana, who is told so."""
    fields = {"responsavel": str(cast.ana.person_id)}
    actions.perform(case, "Atribuir responsável", by=cast.chefe, at=MONDAY, fields=fields)
    run(MONDAY)
    return Notice.objects.get(person=cast.ana.person_id, kind="assigned")


def asked(task: str) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name=task).order_by("id"))


def test_nobody_is_written_to_who_did_not_choose_it(cast: Cast, case: Case) -> None:
    notice = given_to(cast, case)

    emailing.send(notice.pk, at=MONDAY)

    assert asked("notices.email") == [] and mail.outbox == []


def test_what_is_chosen_at_once_leaves_once_with_protocol_and_happening_and_no_words(cast: Cast, case: Case) -> None:
    chooses(cast.ana, Email.ONCE)
    notice = given_to(cast, case)

    emailing.send(notice.pk, at=MONDAY)
    emailing.send(notice.pk, at=MONDAY)

    (letter,) = mail.outbox
    assert letter.to == ["ana@equipe.example"] and "Um atendimento agora é seu" in letter.subject
    assert f"/notices/{notice.pk}/" in letter.body
    assert "Cadê meu pedido" not in letter.body and "Joana" not in letter.body


def test_what_was_read_meanwhile_is_not_written(cast: Cast, case: Case) -> None:
    chooses(cast.ana, Email.ONCE)
    notice = given_to(cast, case)
    case.refresh_from_db()
    reading.see(case, cast.ana, at=MONDAY)

    emailing.send(notice.pk, at=MONDAY + 2 * MINUTE)

    assert mail.outbox == []


def test_what_a_letter_of_the_case_told_is_not_written_again(cast: Cast, case: Case) -> None:
    chooses(cast.ana, Email.ONCE)
    run(MONDAY)
    notice = Notice.objects.get(person=cast.ana.person_id, kind="opened")
    assert Letter.objects.filter(reader_id=cast.ana.person_id).exists()

    emailing.send(notice.pk, at=MONDAY + 2 * MINUTE)

    assert mail.outbox == []


@pytest.mark.parametrize("how", ["left", "shut"])
def test_whoever_may_no_longer_know_is_not_written_to(how: str, cast: Cast, case: Case) -> None:
    chooses(cast.ana, Email.ONCE)
    notice = given_to(cast, case)
    if how == "left":
        Membership.objects.filter(person=cast.ana.person_id).delete()
    else:
        Person.objects.filter(pk=cast.ana.person_id).update(is_active=False)

    emailing.send(notice.pk, at=MONDAY + 2 * MINUTE)

    assert mail.outbox == []


def test_in_quiet_hours_it_waits_for_their_end(cast: Cast, case: Case) -> None:
    chooses(cast.ana, Email.ONCE, quiet=("08:00", "10:30"))
    notice = given_to(cast, case)

    emailing.send(notice.pk, at=MONDAY)

    assert mail.outbox == []
    assert {job.scheduled_at for job in asked("notices.email")} == {local("2026-11-23 10:30")}


def test_who_wants_none_of_it_has_no_notice_and_who_wants_it_by_mail_alone_no_bell(cast: Cast, case: Case) -> None:
    chooses(cast.ana, Email.NONE, desk=False)
    chooses(cast.chefe, Email.DIGEST, desk=False)

    run(MONDAY)

    assert told(cast.ana) == []
    assert told(cast.chefe) == [("opened", 1)] and reading.bell(cast.chefe).unread == 0


def test_the_digest_has_what_is_unread_at_its_hour_and_comes_once_a_day(cast: Cast, open_case: Open) -> None:
    chooses(cast.ana, Email.DIGEST, digest=14)
    first, second = open_case(), open_case()
    for case in (first, second):
        given_to_ana = {"responsavel": str(cast.ana.person_id)}
        actions.perform(case, "Atribuir responsável", by=cast.chefe, at=MONDAY, fields=given_to_ana)
    run(MONDAY)
    first.refresh_from_db()
    reading.see(first, cast.ana, at=MONDAY)

    before = emailing.collect(at=local("2026-11-23 13:50"))
    (digest,) = emailing.collect(at=local("2026-11-23 14:00"))
    again = emailing.collect(at=local("2026-11-23 14:10"))
    emailing.send_digest(digest.pk, at=local("2026-11-23 14:00"))
    emailing.send_digest(digest.pk, at=local("2026-11-23 14:00"))

    assert before == again == []
    (letter,) = mail.outbox
    # Of the second case, that it is hers: that it is new a letter of the case has told.
    assert "1 aviso por ler" in letter.subject
    assert Digest.objects.get().sent_at


def test_the_alarm_says_what_is_owed_and_until_when(cast: Cast, case: Case) -> None:
    clock = owed(case)
    assert clock.warn_at
    sweeping.sweep(at=clock.warn_at + MINUTE)
    run(clock.warn_at + MINUTE)
    notice = Notice.objects.get(person=cast.ana.person_id, kind="deadline")

    with timezone.override(SAO_PAULO):
        said = wording.tell(notice).happening

    assert "Responder ao cliente" in said
    assert clock.due_at.astimezone(SAO_PAULO).strftime("%d/%m/%Y %H:%M") in said


def test_answering_before_it_leaves_makes_the_alarm_stay(cast: Cast, case: Case) -> None:
    chooses(cast.ana, Email.ONCE)
    clock = owed(case)
    assert clock.warn_at
    sweeping.sweep(at=clock.warn_at + MINUTE)
    run(clock.warn_at + MINUTE)
    notice = Notice.objects.get(person=cast.ana.person_id, kind="deadline")
    answer = Message("Chega amanhã.", to="customer", customer_reads=True)
    replying.reply(case, answer, by=cast.chefe, at=clock.warn_at + 2 * MINUTE)

    emailing.send(notice.pk, at=clock.warn_at + 3 * MINUTE)

    assert mail.outbox == []


@pytest.mark.parametrize("quiet", [("22:00", ""), ("", "07:00"), ("22:00", "22:00")])
def test_half_of_quiet_hours_and_none_at_all_are_refused(quiet: tuple[str, str], cast: Cast) -> None:
    with pytest.raises(Invalid):
        chooses(cast.ana, Email.NONE, quiet=quiet)


@given(st.times(), st.times(), st.datetimes())
def test_after_quiet_hours_somebody_may_be_disturbed_and_not_in_them(begins, ends, moment) -> None:  # type: ignore[no-untyped-def]
    begins, ends = begins.replace(microsecond=0), ends.replace(microsecond=0)
    if begins == ends or not 1990 < moment.year < 2100:
        return
    utc = ZoneInfo("UTC")
    at = moment.replace(tzinfo=utc)
    hours = Hours(quiet_from=begins, quiet_to=ends)

    free = choosing.disturbs_from(hours, at, utc)

    assert at <= free <= at + timedelta(days=1)
    assert choosing.disturbs_from(hours, free, utc) == free
