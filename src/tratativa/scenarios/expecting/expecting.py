"""Checking one `expect`: every key it names against the case, the lists and what each party's page shows."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tratativa.cases import events
from tratativa.cases.core import facts
from tratativa.cases.models import Case, Deadline, Held, Mark, Survey
from tratativa.orders import commands
from tratativa.orders.models import Command
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.terms.parties import Party
from tratativa.scenarios import cast, moments, returning
from tratativa.scenarios.cast import BadCast
from tratativa.scenarios.expecting import hearing, lists, procedure_expectations, viewing
from tratativa.scenarios.misses import Miss, show, told
from tratativa.scenarios.scripts import PARTIES, Step, nearest
from tratativa.scenarios.stage import Stage, Unplayable


def check(stage: Stage, step: Step) -> Iterator[Miss]:
    """Everything the step expects and does not find. Raises Unplayable for a key that is not known (yet)."""
    if not isinstance(step.says, Mapping):
        raise Unplayable("`expect` leva um mapa, como {status: Encerrado}")
    for key, wanted in step.says.items():
        if key == "partner" or stage.book.queue(key):
            yield from procedure_expectations.queue(stage, step.case, key, wanted)
        elif key in PARTIES:
            yield from viewing.check(stage, step.case, Party(key), wanted)
        elif key in CHECKS:
            yield from CHECKS[key](stage, step.case, wanted)
        else:
            raise Unplayable(f"`expect` não conhece `{key}`{nearest(key, (*CHECKS, *PARTIES))}")
    hearing.look_away(stage)


def _plain(key: str, actual: Callable[[Stage, Case], Any]) -> Callable[[Stage, str, Any], Iterator[Miss]]:
    """A key whose value is simply compared."""

    def compare(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
        found = actual(stage, stage.case(name))
        if found != wanted:
            yield Miss((key,), f"`{key}` é outro", show(wanted), show(found))

    return compare


def _status(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    found = verdicts.status(stage.book, facts.of_case(stage.case(name)))
    labels = (found.label, *found.labels.values()) if found else ()
    known = [status.label for status in stage.book.statuses]
    if str(wanted) not in labels:
        hint = "" if str(wanted) in known else nearest(wanted, known)
        yield Miss(("status",), f"o status é outro{hint}", show(wanted), found.label if found else "nenhum")


def _due(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    due = stage.case(name).due_at
    local = due.astimezone(stage.book.clock.zone) if due else None
    if str(wanted) == "none" or local is None:
        met = str(wanted) == "none" and local is None
    else:
        met = moments.same(local, str(wanted))
    if not met:
        gives = moments.show(local) if local and str(wanted)[:1].isdigit() else ""
        yield Miss(("due",), "o prazo mais próximo é outro", show(wanted), moments.show(local), gives)


def _deadlines(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    case = stage.case(name)
    for label, state in wanted.items():
        row = _last(case, _rules(stage, str(label)))
        found = _state(stage, row)
        met, gives = found == state, ""
        if not met and row is not None and found == "due" and str(state)[:1].isdigit():
            met = moments.same(row.due_at.astimezone(stage.book.clock.zone), str(state))
            gives = moments.show(row.due_at.astimezone(stage.book.clock.zone))
            found = f"due {gives}"
        if not met:
            title = next(rule.label for rule in stage.book.deadlines if rule.is_called(str(label)))
            yield Miss(("deadlines", label), f"o prazo «{title}» é outro", show(state), found, gives)


def _rules(stage: Stage, name: str) -> list[str]:
    """The ids of the deadlines of this label or id: stricter and looser ones may share a label."""
    found = [rule.id for rule in stage.book.deadlines if rule.is_called(name)]
    if not found:
        labels = [one.label for one in stage.book.deadlines]
        raise Unplayable(f"não existe o prazo `{name}`{nearest(name, labels)}")
    return found


def _last(case: Case, rules: list[str]) -> Deadline | None:
    """The clock started last, one that was replaced only where there is no other."""
    rows = Deadline.objects.filter(case=case, rule__in=rules).order_by("-started_at", "-id")
    return rows.exclude(state="released").first() or rows.first()


def _state(stage: Stage, row: Deadline | None) -> str:
    if row is None or row.state == "released":
        return "none"
    if row.state == "running":
        return "due" if stage.at <= row.due_at else "missed"
    return row.state


def _kind(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    kind, found = stage.book.kind(str(wanted)), stage.case(name).kind
    if kind is None or kind.id != found:
        yield Miss(("kind",), "o tipo é outro", show(wanted), found)


def _order(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    order = stage.case(name).order
    if order is None:
        yield Miss(("order",), "o atendimento não tem pedido", show(wanted), "nenhum")
        return
    for key, value in wanted.items():
        if key not in cast.ORDER_KEYS:
            raise Unplayable(f"`order` ainda não sabe `{key}`{nearest(key, cast.ORDER_KEYS)}")
        try:
            expected = cast.order_value(key, value, zone_of=stage.at)
        except BadCast as bad:
            raise Unplayable(str(bad)) from None
        found = cast.column(order, key)
        if found != expected:
            yield Miss(("order", key), f"`{key}` do pedido é outro", show(expected), show(found))


def _score(stage: Stage, _name: str, wanted: Any) -> Iterator[Miss]:
    for metric, count in wanted.items():
        found = Mark.objects.filter(seller=stage.seller, metric=metric).count()
        if found != count:
            yield Miss(("score", metric), f"a contagem de `{metric}` é outra", show(count), show(found))


def _survey(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    found = "sent" if Survey.objects.filter(case=stage.case(name)).exists() else "none"
    if found != wanted:
        yield Miss(("survey",), "a pesquisa é outra", show(wanted), found)


def _cases_of_order(stage: Stage, _name: str, wanted: Any) -> Iterator[Miss]:
    found = Case.objects.filter(marketplace=stage.marketplace, order=stage.order).count()
    if found != wanted:
        yield Miss(("cases_of_order",), "o pedido tem outro número de atendimentos", show(wanted), show(found))


def _commands(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    """What was asked about order and money; that the issuer be told of a withdrawal belongs to the withdrawal."""
    rows = Command.objects.filter(case_id=stage.case(name).pk).exclude(verb=commands.ISSUER).order_by("asked_at", "id")
    found = list(rows.values_list("verb", flat=True))
    if found != wanted:
        yield Miss(("commands",), "pediu-se outra coisa ao sistema de pedidos", show(wanted), show(found))


def _withdrawn(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    entry = stage.case(name).entries.filter(event=events.Withdrawn.name).first()
    found = ("after_arrival" if entry.data["arrived"] else "before_arrival") if entry else "no"
    if found != wanted:
        yield Miss(("withdrawn",), "a desistência é outra", show(wanted), found)


def _refunds(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    case = stage.case(name)
    given = Command.objects.filter(order__number=case.order_number, verb="refund", state="confirmed")
    rows = given.filter(marketplace=stage.marketplace).order_by("asked_at", "id")
    found = [int(data["amount_cents"]) for data in rows.values_list("data", flat=True)]
    yield from lists.amounts(("refunds",), "devolveu-se outro valor", wanted, found)


def _assignee(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    case = stage.case(name)
    person = case.assignee or case.seller_assignee
    found = person.name if person else "nobody"
    if found != wanted:
        yield Miss(("assignee",), "o responsável é outro", show(wanted), found)


def _held(stage: Stage, name: str, wanted: Any) -> Iterator[Miss]:
    found = Held.objects.filter(case=stage.case(name), decided_at=None).count()
    if found != wanted:
        yield Miss(("held",), "espera decisão outro número de mensagens e ações", show(wanted), show(found))


def _emailed(stage: Stage, _name: str, wanted: Any) -> Iterator[Miss]:
    yield from told("emailed", wanted, hearing.emailed(stage))


def _notified(stage: Stage, _name: str, wanted: Any) -> Iterator[Miss]:
    yield from told("notified", wanted, hearing.notified(stage))


CHECKS: Mapping[str, Callable[[Stage, str, Any], Iterator[Miss]]] = {
    "status": _status,
    "waiting_on": _plain("waiting_on", lambda stage, case: case.waiting_on),
    "due": _due,
    "deadlines": _deadlines,
    "overdue": _plain("overdue", lambda stage, case: case.overdue_since is not None),
    "mediated": _plain("mediated", lambda stage, case: case.mediation in {"asked", "ruled"}),
    "critical": _plain("critical", lambda stage, case: case.critical),
    "closed": _plain("closed", lambda stage, case: not case.is_open),
    "kind": _kind,
    "order": _order,
    "return": returning.check,
    "refunds": _refunds,
    "emailed": _emailed,
    "notified": _notified,
    "score": _score,
    "survey": _survey,
    "cases_of_order": _cases_of_order,
    "inbox": lists.check,
    "assignee": _assignee,
    "commands": _commands,
    "withdrawn": _withdrawn,
    "held": _held,
    **procedure_expectations.CHECKS,
}
