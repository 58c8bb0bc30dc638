"""Files put up while a form is still being filled in: each goes up as it is chosen and waits for its form.

Which gate these stand behind is said where their addresses are: staff's, the customer's, the partner's.
"""

import uuid

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tratativa.cases.core import rulebook_versions
from tratativa.web.forms import uploads
from tratativa.web.frame import bodies
from tratativa.web.frame.gates import ActingRequest


@bodies.takes_files
@require_POST
def put_up(request: ActingRequest) -> HttpResponse:
    """Answers with the waiting files' lines, or with what was wrong (422). An asked-for form draws pictures anew."""
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    keep = uploads.keep_photographs if request.POST.get("asked") else uploads.keep
    kept = keep(request, book)
    if kept.errors:
        return JsonResponse({"error": " ".join(kept.errors)}, status=422)
    return render(request, "parts/waiting_files.html", {"files": kept.files})


@require_POST
def take_down(request: ActingRequest, key: uuid.UUID) -> HttpResponse:
    """Throws away a waiting file."""
    uploads.discard(request, str(key))
    return HttpResponse(status=204)
