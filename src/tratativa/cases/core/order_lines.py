"""Lines of an order in a form: what may be chosen, by title, and what the chosen ones cost."""

from collections.abc import Sequence

from tratativa.cases.models import Case
from tratativa.orders.models import Line, Order
from tratativa.rulebook.terms.forms import FormField


def offered(case: Case, fields: Sequence[FormField]) -> tuple[FormField, ...]:
    """The fields, those of lines with the order's own to choose from; one query where there is such a field."""
    if not any(field.type == "lines" for field in fields):
        return tuple(fields)
    titles = {str(line.pk): _title(line) for line in _lines(case.order)}
    return tuple(field.model_copy(update={"choices": titles}) if field.type == "lines" else field for field in fields)


def worth(order: Order, chosen: Sequence[str]) -> int:
    """What these lines were sold for, all pieces of them, in cents."""
    return sum(line.price_cents * line.quantity for line in _lines(order) if str(line.pk) in chosen)


def titles(order: Order, chosen: Sequence[str]) -> list[str]:
    """What these lines are called."""
    return [_title(line) for line in _lines(order) if str(line.pk) in chosen]


def _lines(order: Order | None) -> list[Line]:
    return list(Line.objects.filter(order=order).order_by("pk")) if order else []


def _title(line: Line) -> str:
    return f"{line.quantity} × {line.title}" if line.quantity > 1 else line.title
