"""What a form begins with because it is known: from the order, from what was answered, from what was done before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.core.filled import addresses
from tratativa.cases.models import Case, Request
from tratativa.orders.models import Order
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms import sources
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party

# What of an order not every party's pages show; the rest stands on the case's page for whoever sees it.
_KNOWN_TO: Mapping[str, Collection[Party]] = {
    "order.address": (Party.CUSTOMER, Party.MARKETPLACE), "order.shortage": (Party.MARKETPLACE,),
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What a field begins with, as somebody would type it, and where it is from."""

    value: Any
    whence: str


def of(case: Case, fields: Sequence[FormField], actor: Actor, *, at: datetime) -> dict[str, Known]:
    """By field id, what this actor may know already; a query for the answers and one for the actions, where asked."""
    wanting = [one for one in fields if one.known_from]
    if not wanting:
        return {}
    book = rulebook_versions.of(case)
    today = at.astimezone(book.clock.zone).date().isoformat()
    forms = _of_forms(case, [source for one in wanting for source in one.known_from], actor, book)
    found: dict[str, Known] = {}
    for one in wanting:
        said = (_typed(one, _value(case, source, actor, forms, book), book) for source in one.known_from)
        known = next((each for each in said if each and not _is_past(one, each, today)), None)
        if known:
            found[one.id] = known
    return found


def _is_past(field: FormField, known: Known, today: str) -> bool:
    return bool(field.not_before) and str(known.value)[:10] < today


def _value(case: Case, source: str, actor: Actor, forms: Mapping[str, Known], book: Rulebook) -> Known | None:
    if source in forms:
        return forms[source]
    if case.order is None or source not in sources.OF_ORDER:
        return None
    if actor.party not in _KNOWN_TO.get(source, Party):
        return None
    value = _of_order(case.order, source.removeprefix("order."), book.clock.zone)
    return Known(value, _("Do pedido %(number)s.") % {"number": case.order.number}) if value else None


def _of_order(order: Order, name: str, zone: tzinfo) -> Any:
    if name in {"total", "shortage"}:
        return getattr(order, f"{name}_cents")
    value = getattr(order, name)
    if isinstance(value, datetime):
        value = value.astimezone(zone).date()
    return value.isoformat() if isinstance(value, date) else value


def _typed(field: FormField, known: Known | None, book: Rulebook) -> Known | None:
    """As somebody would type it into this field; None where nothing of it is sure."""
    if known is None:
        return None
    value = known.value
    if field.type == "money":
        value = book.money.cell(value)
    elif field.type == "address" and isinstance(value, str):
        value = addresses.told(value, book.land)
    elif field.type not in {"tick", "address"}:
        value = str(value)
    return Known(value, known.whence) if value else None


def _of_forms(case: Case, named: Sequence[str], actor: Actor, book: Rulebook) -> dict[str, Known]:
    """What the case's forms say by each source that names one."""
    wanted = {source: parts for source in named if (parts := sources.parts(source))}
    found: dict[str, Known] = {}
    for family, look in (("answer", _answered), ("action", _done)):
        if asked := {source: (form, name) for source, (kind, form, name) in wanted.items() if kind == family}:
            found |= look(case, asked, actor, book)
    return found


def _answered(case: Case, asked: Mapping[str, tuple[str, str]], actor: Actor, book: Rulebook) -> dict[str, Known]:
    read = visibility.visible_entries(case, actor).filter(event=events.Answered.name)
    keys = [data["request"] for data in read.values_list("data", flat=True)]
    answered = Request.objects.filter(case=case, answered_at__isnull=False, pk__in=keys)
    found: dict[str, Known] = {}
    for request in answered.order_by("answered_at"):
        form = [FormField.model_validate(one) for one in request.form]
        for source, (name, wanted) in asked.items():
            field = next((one for one in form if one.is_called(wanted)), None)
            if slug(name) not in {slug(request.ask), slug(request.label)}:
                continue
            found.pop(source, None)  # left empty the last time, it is empty
            if value := request.answers.get(field.id) if field and not field.sealed else None:
                whence = _("Respondido em «%(form)s».") % {"form": book.say(request.label)}
                found[source] = Known(value, whence)
    return found


def _done(case: Case, asked: Mapping[str, tuple[str, str]], actor: Actor, book: Rulebook) -> dict[str, Known]:
    done = visibility.visible_entries(case, actor).filter(event=events.ActionDone.name).values_list("data", flat=True)
    found: dict[str, Known] = {}
    for data in done:
        for source, (name, wanted) in asked.items():
            action = book.action(name)
            field = next((one for one in action.fields if one.is_called(wanted)), None) if action else None
            if action is None or field is None or action.id != data["action"]:
                continue
            found.pop(source, None)  # likewise
            if value := data["fields"].get(field.id):
                found[source] = Known(value, _("Como em «%(action)s».") % {"action": action.label})
    return found
