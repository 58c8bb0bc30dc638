"""A form nobody has touched yet: it begins with what is known already, and says where that is from."""

from collections.abc import Mapping, Sequence
from typing import Any

from tratativa.cases.models import Case
from tratativa.cases.reading import known
from tratativa.rulebook.terms.forms import FormField
from tratativa.web.forms.inputs import Filling
from tratativa.web.frame.gates import ActingRequest


def of(
    request: ActingRequest, case: Case, fields: Sequence[FormField], suggested: Mapping[str, Any] | None = None
) -> Filling:
    """The form as it opens; what is `suggested` stands before what is known."""
    found = known.of(case, fields, request.actor, at=request.at)
    filling = Filling({name: one.value for name, one in found.items()} | dict(suggested or {}))
    filling.whence = {name: one.whence for name, one in found.items() if name not in (suggested or {})}
    return filling
