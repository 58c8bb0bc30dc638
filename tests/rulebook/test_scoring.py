"""The score: its window, its metrics, and when a consequence is reached."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from tratativa.rulebook.language.scoring import Score

MISSED = {"label": "Respostas perdidas"}
HELP = {"id": "ajuda", "label": "Pedidos de ajuda"}


def score(*limits: dict[str, Any], **given: Any) -> Score:
    """A score of two metrics, with one consequence per mapping of limits."""
    follows = [{"when": when, "propose": "notice", "text": "A regra."} for when in limits]
    return Score.model_validate({"metrics": [MISSED, HELP], "consequences": follows, **given})


def test_the_window_is_sixty_days_unless_told_otherwise() -> None:
    assert score().span == timedelta(days=60)
    assert score(window="30 days").span == timedelta(days=30)


@pytest.mark.parametrize("window", ["60", "0 days", "60 business days", "2 months", 60])
def test_a_window_is_written_in_days(window: object) -> None:
    with pytest.raises(ValidationError):
        score(window=window)


def test_reports_count_under_a_metric_that_exists() -> None:
    assert score(reports="ajuda").reports == "ajuda"
    with pytest.raises(ValidationError, match="não está em metrics"):
        score(reports="outra")


def test_a_consequence_is_reached_above_its_limit_and_not_at_it() -> None:
    (rule,) = score({"Respostas perdidas": {"gt": 5}}).consequences

    assert not rule.reached({"respostas-perdidas": 5})
    assert rule.reached({"respostas-perdidas": 6})
    assert not rule.reached({})


def test_a_consequence_of_two_metrics_asks_for_both() -> None:
    (rule,) = score({"respostas-perdidas": {"gt": 0}, "ajuda": {"gt": 1}}).consequences

    assert not rule.reached({"respostas-perdidas": 9, "ajuda": 1})
    assert rule.reached({"respostas-perdidas": 1, "ajuda": 2})


def test_a_consequence_of_something_nobody_counts_is_refused() -> None:
    with pytest.raises(ValidationError, match="`elogios`, que não está em metrics"):
        score({"elogios": {"gt": 5}})


def test_two_metrics_do_not_share_an_id() -> None:
    with pytest.raises(ValidationError, match="o mesmo id"):
        score(metrics=[MISSED, MISSED])


def test_nothing_but_a_notice_or_a_suspension_is_proposed() -> None:
    with pytest.raises(ValidationError):
        Score.model_validate(
            {"metrics": [HELP], "consequences": [{"when": {"ajuda": {"gt": 1}}, "propose": "fine", "text": "Multa."}]}
        )
