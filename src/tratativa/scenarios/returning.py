"""Goods on their way back: facts from carrier and warehouse as steps, and what a scenario expects of them."""

from collections.abc import Iterator
from typing import Any

from tratativa.accounts import actors
from tratativa.cases.models import Case
from tratativa.cases.orders import returns
from tratativa.orders.models import Return
from tratativa.rulebook.terms.facts import ReturnStage
from tratativa.scenarios import filling, moments
from tratativa.scenarios.misses import Miss, show
from tratativa.scenarios.scripts import nearest
from tratativa.scenarios.stage import Stage, Unplayable

KEYS = ("stage", "posting_code", "code_valid_until", "collect_on")


def move(stage: Stage, name: str, says: Any) -> None:
    """A fact arrives about the case's return, which began elsewhere where the desk knows of none yet."""
    given = filling.mapping("return", says, ("stage",))
    wanted = str(given.get("stage", ""))
    if wanted not in ReturnStage[1:]:
        raise Unplayable(f"uma devolução não tem a etapa `{wanted}`{nearest(wanted, ReturnStage[1:])}")
    case = stage.case(name)
    goods = _of(case) or _begun_elsewhere(stage, case)
    returns.record(goods, wanted, by=actors.clock(stage.marketplace), at=stage.at)


def check(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    """`return: none`, or what its row says under these keys."""
    goods = _of(stage.case(name))
    if goods is None or wanted == "none":
        if (goods is None) != (wanted == "none"):
            yield Miss(("return",), "a devolução é outra", show(wanted), goods.stage if goods else "none")
        return
    for key, value in filling.mapping("return", wanted, KEYS).items():
        found = getattr(goods, key)
        if key == "code_valid_until" and found is not None:
            found = found.astimezone(stage.book.clock.zone)
            met = moments.same(found, str(value))
            found = moments.show(found)
        else:
            met = str(found) == str(value)
        if not met:
            yield Miss(("return", key), f"`{key}` da devolução é outro", show(value), show(found))


def _of(case: Case) -> Return | None:
    return Return.objects.filter(case_id=case.pk).first()


def _begun_elsewhere(stage: Stage, case: Case) -> Return:
    if case.order is None:
        raise Unplayable("o atendimento não tem pedido a devolver")
    return Return.objects.create(
        marketplace=stage.marketplace, order=case.order, case_id=case.pk,
        stage=ReturnStage[1], begun_at=stage.at, moved_at=stage.at,
    )  # fmt: skip
