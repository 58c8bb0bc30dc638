"""Procedures, child cases, tasks and vouchers, as a scenario expects them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tratativa.cases.acting import follow_ups
from tratativa.cases.core import facts
from tratativa.cases.models import Case, Escalation
from tratativa.orders.models import Voucher
from tratativa.playbooks import reading, running
from tratativa.playbooks.models import Run
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.scenarios import moments
from tratativa.scenarios.expecting import lists, viewing
from tratativa.scenarios.folded_text import fold
from tratativa.scenarios.misses import Miss, show
from tratativa.scenarios.scripts import nearest
from tratativa.scenarios.stage import Stage, Unplayable

_CHILD = ("to", "status", "due")


def queue(stage: Stage, name: str, key: str, wanted: Any) -> Iterator[Miss]:
    """What a queue's people see of the child case sent to them; without one they see nothing."""
    asked = stage.asked("" if key == "partner" else slug(key), name)
    if asked is None:
        if isinstance(wanted, Mapping) and {"sees", "can", "must"} & set(wanted):
            yield Miss((key,), f"nada foi perguntado a `{key}`", show(list(wanted)), "nada")
        return
    for miss in viewing.check(stage, asked[0], Party.PARTNER, wanted, asked[1]):
        yield Miss((key, *miss.path[1:]), miss.what.replace("partner", key), miss.expected, miss.actual)


def _children(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    rows = list(Escalation.objects.filter(parent=stage.case(name)).select_related("child").order_by("asked_at", "id"))
    found = [_child(stage, row.child) for row in rows]
    expected = wanted if isinstance(wanted, list) else [wanted]
    if len(found) != len(expected):
        yield Miss(("children",), "há outro número de chamados filhos", show(expected), show(found))
        return
    for index, (child, wants) in enumerate(zip(found, expected, strict=True)):
        for key, value in wants.items():
            if key not in _CHILD:
                raise Unplayable(f"`children` não conhece `{key}`{nearest(key, _CHILD)}")
            if not _same(stage, rows[index].child, key, child[key], value):
                yield Miss(("children", index, key), f"`{key}` do chamado filho é outro", show(value), child[key])


def _child(stage: Stage, child: Case) -> dict[str, str]:
    status = verdicts.status(stage.book, facts.of_columns(child))
    known = stage.book.queue(child.queue)
    due = child.due_at.astimezone(stage.book.clock.zone) if child.due_at else None
    return {
        "to": known.label if known else child.queue,
        "status": status.label if status else "nenhum",
        "due": moments.show(due) if due else "none",
    }


def _same(stage: Stage, child: Case, key: str, found: str, wanted: Any) -> bool:
    if key != "due" or str(wanted) == "none" or child.due_at is None:
        return slug(found) == slug(str(wanted))
    return moments.same(child.due_at.astimezone(stage.book.clock.zone), str(wanted))


def _run(stage: Stage, name: str) -> tuple[Case, Run]:
    case = stage.case(name)
    run = running.of(case)
    if run is None:
        raise Unplayable("nenhum roteiro foi iniciado neste chamado")
    return case, run


def _step(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    case, run = _run(stage, name)
    here = reading.step(case, run)
    names = {"none"} if run.finished_at else {slug(run.step), slug(here.label()), slug(here.title)}
    if slug(str(wanted)) not in names:
        yield Miss(("step",), "o roteiro está em outro passo", show(wanted), f"{run.step} ({here.label()})")


def _guide(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    case, run = _run(stage, name)
    said = [one.text for one in reading.said(case, run)]
    for words in wanted if isinstance(wanted, list) else [wanted]:
        if not any(fold(str(words)) in fold(text) for text in said):
            yield Miss(("guide",), "o roteiro não diz isto desde a última parada", show(words), show(said))


def _pictures(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    """What the pictures shown since the last stop show, and that each has its bytes; `none` where nothing is shown."""
    case, run = _run(stage, name)
    figures = [figure for one in reading.said(case, run) for figure in one.figures]
    shown = [figure.alt for figure in figures if figure.digest]
    if wanted == "none" or len(shown) != len(figures):
        if figures:
            yield Miss(("pictures",), "as figuras são outras, ou faltam", show(wanted), show(shown))
        return
    for words in wanted if isinstance(wanted, list) else [wanted]:
        if not any(fold(str(words)) in fold(alt) for alt in shown):
            yield Miss(("pictures",), "nenhuma figura mostra isto desde a última parada", show(words), show(shown))


def _choices(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    case, run = _run(stage, name)
    found = [one.choice.label for one in reading.answers(case, run)]
    expected = [str(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
    if [slug(one) for one in found] != [slug(one) for one in expected]:
        yield Miss(("choices",), "as respostas são outras", show(expected), show(found))


def _tasks(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    found = len(follow_ups.of_case(stage.case(name)))
    if found != wanted:
        yield Miss(("tasks",), "há outro número de tarefas abertas", show(wanted), show(found))


def _follow_up(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    first = next(iter(follow_ups.of_case(stage.case(name))), None)
    local = first.due_at.astimezone(stage.book.clock.zone) if first else None
    met = moments.same(local, str(wanted)) if local else str(wanted) == "none"
    if not met:
        yield Miss(("follow_up",), "a próxima tarefa é em outro momento", show(wanted), moments.show(local))


def _vouchers(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    rows = Voucher.objects.filter(marketplace=stage.marketplace, customer=stage.customer, kind="voucher")
    found = list(rows.order_by("issued_at", "id").values_list("amount_cents", flat=True))
    yield from lists.amounts(("vouchers",), "os vouchers são outros", wanted, found)


CHECKS: Mapping[str, Callable[[Stage, str, Any], Iterator[Miss]]] = {
    "children": _children,
    "step": _step,
    "guide": _guide,
    "pictures": _pictures,
    "choices": _choices,
    "tasks": _tasks,
    "follow_up": _follow_up,
    "vouchers": _vouchers,
}
