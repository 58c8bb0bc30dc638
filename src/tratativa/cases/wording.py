"""Filling the rulebook's texts: plain gaps, no expressions, nothing a person wrote is ever executed."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tratativa.cases import books, fields, protocols
from tratativa.cases.models import Case

if TYPE_CHECKING:
    from tratativa.cases.changing import Change

_GAP = re.compile(r"{{\s*([a-z_]+(?:\.[a-z0-9-]+)?)\s*}}")
_FIELD = re.compile(r"{{\s*(campo\.[a-z0-9-]+)\s*}}")


def fill(change: "Change", template: str) -> str:
    """The text with its gaps filled from the case; a line about a field left empty is left out."""
    known = _known(change.case)
    for field in change.action.fields if change.action else ():
        known[f"campo.{field.id}"] = fields.show(field, change.fields.get(field.id))
    return _filled(template, known)


def of_case(case: Case, template: str) -> str:
    """The text with its gaps filled from the case alone: as an agent reads it in a procedure."""
    return _filled(template, _known(case))


def _known(case: Case) -> dict[str, str]:
    return {
        "protocol": protocols.show(case.protocol),
        "reason": books.subject(case),
        "order": case.order_number,
        "customer": case.customer.name if case.customer else "",
        "seller": case.seller.name if case.seller else "",
        "marketplace": case.marketplace.name,
        "shortage": fields.reais(case.order.shortage_cents) if case.order and case.order.shortage_cents else "",
    }


def _filled(template: str, known: Mapping[str, str]) -> str:
    told = [line for line in template.splitlines() if all(known.get(gap) for gap in _FIELD.findall(line))]
    text = _GAP.sub(lambda gap: known.get(gap.group(1), ""), "\n".join(told))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
