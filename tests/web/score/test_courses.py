"""The picture of a count: its course equals a slow count of each day, and it says what moves it next."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.cast import MONDAY, Cast, local
from tests.web.conftest import Enter
from tests.web.pages import flat
from tratativa.cases import sweeping
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.models import Case, Mark
from tratativa.cases.reading import score_courses, scorecards
from tratativa.cases.score import contests
from tratativa.web.score import courses

NOW = local("2026-11-24 10:00")
METRIC = "resposta-perdida"


@pytest.fixture
def marked(cast: Cast, open_case: Callable[..., Case]) -> Callable[..., Mark]:
    """A mark of that many days and hours before now."""

    def mark(days: int, hours: int = 0, **given: object) -> Mark:
        case, at = open_case(words=f"{days}-{hours}", at=MONDAY), NOW - timedelta(days=days, hours=hours)
        source = f"deadline:resposta@{at.isoformat()}"
        return Mark.objects.create(case=case, seller=cast.seller, metric=METRIC, source=source, at=at, **given)

    return mark


def course(cast: Cast) -> score_courses.Course:
    rules = scorecards.score(cast.marketplace.pk)
    assert rules
    zone = rulebook_versions.in_force(cast.marketplace.pk).clock.zone
    return score_courses.courses(cast.seller.pk, rules, zone, at=NOW)[METRIC]


def test_each_day_counts_what_a_slow_count_does(cast: Cast, marked: Callable[..., Mark]) -> None:
    for days, hours in (
        (0, 1),
        (0, 9),
        (3, 0),
        (3, 2),
        (30, 5),
        (59, 23),
        (60, 1),
        (61, 0),
        (90, 0),
        (119, 23),
        (150, 0),
    ):
        marked(days, hours)

    drawn = course(cast)

    zone = rulebook_versions.in_force(cast.marketplace.pk).clock.zone
    on = [one.at.astimezone(zone).date() for one in Mark.objects.all()]
    today = NOW.astimezone(zone).date()
    for day, count in drawn.days[:-1]:
        assert count == sum(day - timedelta(days=60) < one <= day for one in on), day
    assert drawn.days[-1] == (today, Mark.objects.filter(at__gt=NOW - timedelta(days=60)).count())
    assert (len(drawn.days), drawn.days[0][0]) == (60, today - timedelta(days=59))


def test_it_falls_on_the_days_what_counts_grows_too_old(cast: Cast, marked: Callable[..., Mark]) -> None:
    for days, hours in ((59, 1), (59, 2), (10, 0), (75, 0)):
        marked(days, hours)

    assert course(cast).falls == ((date(2026, 11, 25), 2), (date(2027, 1, 13), 1))


@pytest.mark.parametrize(
    ("count", "said", "tone"),
    [
        (2, "Mais 4, e já pode ser proposta a sanção «Suspensão das vendas».", "calm"),
        (5, "Mais 1, e já pode ser proposta a sanção «Suspensão das vendas».", "near"),
        (6, "Acima do limite: já pode ser proposta a sanção «Suspensão das vendas».", "over"),
    ],
)
def test_it_says_how_far_the_limit_is(
    cast: Cast, marked: Callable[..., Mark], enter: Enter, clock: object, count: int, said: str, tone: str
) -> None:
    for number in range(count):
        marked(number + 1)
    clock.move_to(NOW)  # type: ignore[attr-defined]

    page = flat(enter(cast.chefe).get("/standing/").text)

    assert said in page
    assert f"gauge--{tone}" in page
    assert f"hoje está em {count}." in page


def test_a_contest_says_what_its_acceptance_would_leave(
    cast: Cast, marked: Callable[..., Mark], enter: Enter, clock: object
) -> None:
    for number in range(3):
        marked(number + 1)
    contests.contest(Mark.objects.earliest("at"), "Respondi por telefone.", by=cast.chefe, at=NOW)
    clock.move_to(NOW)  # type: ignore[attr-defined]

    page = flat(enter(cast.chefe).get("/standing/").text)

    assert "hoje está em 4." in page  # the door judged the contested case first, and its answer was late
    assert "1 contestação espera decisão: aceita, a contagem fica em 3." in page


def test_what_runs_out_within_a_day_and_would_count_is_named_and_what_is_later_is_not(
    cast: Cast, open_case: Callable[..., Case], enter: Enter, clock: object
) -> None:
    soon, later = open_case(words="Hoje", at=MONDAY), open_case(words="Depois", at=MONDAY + timedelta(days=3))
    clock.move_to(MONDAY + timedelta(hours=2))  # type: ignore[attr-defined]

    page = flat(enter(cast.chefe).get("/standing/").text)
    clock.move_to(MONDAY + timedelta(days=1, hours=1))  # type: ignore[attr-defined]
    sweeping.sweep(at=MONDAY + timedelta(days=1, hours=1))
    after = flat(enter(cast.chefe).get("/standing/").text)

    assert "Vencem em um dia, e contariam:" in page
    assert protocols.show(soon.protocol) in page and protocols.show(later.protocol) not in page
    assert "Vencem em um dia, e contariam:" not in after and "hoje está em 1." in after


def test_a_line_and_a_bar_stay_inside_their_drawing() -> None:
    line = courses._line([0, 3, 6, 9], 5)

    heights = [float(point.split(",")[1]) for point in line.points.split()]
    assert heights[0] == courses.HIGH - 2 and min(heights) == 2
    assert line.limit_y and 2 < float(line.limit_y) < courses.HIGH
    assert courses._gauge(9, 5).filled == 100 and courses._gauge(0, 5).tone == "calm"
