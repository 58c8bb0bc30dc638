"""Goods on their way back, as a case's page and the return's own page show them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from tratativa.cases.models import Case
from tratativa.cases.sentences import labels
from tratativa.orders.models import Return


@dataclass(frozen=True)
class ReturnCard:
    """A return in a few lines; `code_valid_until` and `collect_on` stay empty where they do not apply."""

    url: str
    stage: str
    posting_code: str
    code_valid_until: datetime | None
    collect_on: date | None
    begun_at: datetime
    moved_at: datetime


def of_case(case: Case) -> ReturnCard | None:
    """The case's return; the query is made only where the case's row says there is one."""
    if case.return_stage == "none":
        return None
    goods = Return.objects.filter(case_id=case.pk).first()
    return card(goods) if goods else None


def card(goods: Return) -> ReturnCard:
    """A return as cards show it."""
    return ReturnCard(
        url=reverse("return", args=[goods.pk]),
        stage=labels.return_stage(goods.stage),
        posting_code=goods.posting_code,
        code_valid_until=goods.code_valid_until,
        collect_on=goods.collect_on,
        begun_at=goods.begun_at,
        moved_at=goods.moved_at,
    )
