"""The draft an address names, one of the acting marketplace's or none; and which of its revisions a form has seen."""

import uuid

from django.shortcuts import get_object_or_404

from tratativa.studio import drafts
from tratativa.studio.models import Draft
from tratativa.web.frame.gates import StaffRequest


def find(request: StaffRequest, key: uuid.UUID) -> Draft:
    """Raises Http404 for another marketplace's, and for one that was thrown away."""
    return get_object_or_404(drafts.of(request.marketplace).select_related("marketplace"), pk=key)


def number(raw: str) -> int:
    """A whole number of an address or a form; 0, which is no revision and no line, for anything else."""
    return int(raw) if raw.isdecimal() and len(raw) < 10 else 0


def known(request: StaffRequest) -> int:
    """The revision the form that was sent has seen."""
    return number(request.POST.get("revision", ""))
