"""The draft an address names: one of the acting marketplace's, or none."""

import uuid

from django.shortcuts import get_object_or_404

from tratativa.studio import drafts
from tratativa.studio.models import Draft
from tratativa.web.frame.gates import StaffRequest


def find(request: StaffRequest, key: uuid.UUID) -> Draft:
    """Raises Http404 for another marketplace's, and for one that was thrown away."""
    return get_object_or_404(drafts.of(request.marketplace).select_related("marketplace"), pk=key)
