"""Reports: once per message, unknown to the seller until somebody decides, and counted by nobody but a person."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast, gather, opener
from tratativa.accounts.models import Membership
from tratativa.cases.acting import replying
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry, Mark, Report
from tratativa.cases.reading import timeline
from tratativa.cases.score import reports
from tratativa.evidence import walking

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("madeiramadeira")


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)()


@pytest.fixture
def message(cast: Cast, case: Case) -> Entry:
    """What the seller wrote to the customer."""
    replying.reply(case, Message("Não me incomode com isso.", to="customer"), by=cast.ana, at=MONDAY)
    return case.entries.filter(event="message.posted", party="seller").get()


@pytest.fixture
def report(cast: Cast, message: Entry) -> Callable[[], Report]:
    return lambda: reports.report(message, reason="offence", words="Fui tratada mal.", by=cast.cliente, at=LATER)


def test_the_seller_notices_nothing_before_a_decision(cast: Cast, case: Case, report: Callable[[], Report]) -> None:
    before = Case.objects.get(pk=case.pk)

    report()

    after = Case.objects.get(pk=case.pk)
    assert [line.event for line in timeline.read(after, cast.ana) if "report" in line.event] == []
    assert (after.row_version, after.last_activity_at, after.waiting_on) == (
        before.row_version, before.last_activity_at, before.waiting_on,
    )  # fmt: skip
    assert [line.words for line in timeline.read(after, cast.marta) if line.event == "message.reported"] == [
        "Fui tratada mal."
    ]
    assert not Mark.objects.exists()
    assert walking.walk(marketplace_id=after.marketplace_id).faults == ()


def test_a_message_is_reported_once(report: Callable[[], Report]) -> None:
    report()

    with pytest.raises(NotAllowed, match="já denunciou"):
        report()

    assert Report.objects.count() == 1


def test_a_confirmed_report_counts_and_everybody_reads_why(
    cast: Cast, case: Case, report: Callable[[], Report]
) -> None:
    reports.confirm(report(), "O cliente merece respeito.", by=cast.marta, at=LATER)

    assert [mark.metric for mark in Mark.objects.all()] == ["falta-de-conduta"]
    for reader in (cast.ana, cast.cliente, cast.marta):
        told = [line.words for line in timeline.read(case, reader) if line.event == "report.decided"]
        assert told == ["O cliente merece respeito."]
    assert [line for line in timeline.read(case, cast.ana) if line.event == "message.reported"] == []


def test_a_dismissed_report_counts_nothing_and_the_seller_never_hears_of_it(
    cast: Cast, case: Case, report: Callable[[], Report]
) -> None:
    reports.dismiss(report(), "Foi seca, não ofensiva.", by=cast.marta, at=LATER)

    assert not Mark.objects.exists()
    assert not [line for line in timeline.read(case, cast.ana) if "report" in line.event]
    assert [line.words for line in timeline.read(case, cast.cliente) if line.event == "report.decided"]


def test_it_is_decided_once_and_not_without_a_reason(cast: Cast, report: Callable[[], Report]) -> None:
    made = report()
    with pytest.raises(Invalid):
        reports.confirm(made, "  ", by=cast.marta, at=LATER)

    reports.confirm(made, "Confirmado.", by=cast.marta, at=LATER)

    with pytest.raises(NotAllowed, match="já foi decidida"):
        reports.dismiss(made, "Pensei melhor.", by=cast.marta, at=LATER)
    assert Mark.objects.count() == 1


def test_whoever_works_for_the_seller_does_not_decide(cast: Cast, report: Callable[[], Report]) -> None:
    Membership.objects.create(
        person_id=cast.marta.person, marketplace=cast.marketplace, seller=cast.seller, role="agent"
    )

    for decide in (reports.confirm, reports.dismiss):
        with pytest.raises(NotAllowed):
            decide(report() if not Report.objects.exists() else Report.objects.get(), "x", by=cast.marta, at=LATER)
        with pytest.raises(NotAllowed):
            decide(Report.objects.get(), "x", by=cast.ana, at=LATER)


def test_only_what_the_seller_wrote_to_this_customer_is_reported(cast: Cast, case: Case, message: Entry) -> None:
    own = case.entries.filter(event="message.posted", party="customer").get()
    replying.reply(case, Message("Só entre nós.", to="marketplace"), by=cast.ana, at=LATER)
    hidden = case.entries.filter(event="message.posted", party="seller").latest("number")

    for entry, by in ((own, cast.cliente), (hidden, cast.cliente), (message, cast.vizinho), (message, cast.ana)):
        with pytest.raises(NotAllowed):
            reports.report(entry, reason="offence", by=by, at=LATER)

    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("reason", "words", "field"),
    [("", "x", "reason"), ("nenhum", "x", "reason"), ("other", " \u200b", "text"), ("offence", "a" * 1_001, "text")],
)
def test_a_report_says_what_is_wrong(reason: str, words: str, field: str, cast: Cast, message: Entry) -> None:
    with pytest.raises(Invalid) as refused:
        reports.report(message, reason=reason, words=words, by=cast.cliente, at=LATER)

    assert set(refused.value.errors) == {field}


@pytest.mark.django_db
def test_where_the_rulebook_names_no_metric_a_confirmed_report_counts_nothing() -> None:
    cast = gather("americanas")
    case = opener(cast)()
    replying.reply(case, Message("Não me incomode.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY)
    message = case.entries.filter(event="message.posted", party="seller").get()

    made = reports.report(message, reason="offence", by=cast.cliente, at=LATER)
    reports.confirm(made, "Confirmado.", by=cast.marta, at=LATER)

    assert not Mark.objects.exists()
