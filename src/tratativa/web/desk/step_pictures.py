"""The pictures beside a procedure's steps, for the team of the marketplace whose rulebook has them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from tratativa.cases.models import StepPicture
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.harmless import harmless

# Kept by this person's browser alone, for as long as a shift: the address changes when the picture does.
KEPT = "private, max-age=28800, immutable"


@require_GET
@staff
def picture(request: StaffRequest, digest: str) -> HttpResponse:
    """One picture, as a browser draws it and nothing in it runs; for anybody else it does not exist."""
    if request.actor.party is not Party.MARKETPLACE:
        raise Http404
    found = get_object_or_404(StepPicture, marketplace_id=request.actor.marketplace_id, digest=digest)
    response = HttpResponse(bytes(found.content), content_type=found.type)
    response["Cache-Control"] = KEPT
    response.may_be_kept = True  # type: ignore[attr-defined]
    patch_vary_headers(response, ["Cookie"])  # whoever signs in next does not get it from the cache
    return harmless(response)
