"""Files put up while a form is still being filled in: each goes up as it is chosen and waits for its form.

Which gate these stand behind is said where their addresses are: staff's, the customer's, the partner's.
"""

import uuid

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from tratativa.cases.core import rulebook_versions
from tratativa.cases.files import attachments
from tratativa.rulebook.terms.parties import Party
from tratativa.web.forms import uploads
from tratativa.web.frame import bodies
from tratativa.web.frame.gates import ActingRequest
from tratativa.web.frame.harmless import harmless


@bodies.takes_files
@require_POST
def put_up(request: ActingRequest) -> HttpResponse:
    """Answers with the waiting files' lines, or with what was wrong (422). An asked-for form draws pictures anew."""
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    keep = uploads.keep_photographs if request.POST.get("asked") else uploads.keep
    kept = keep(request, book)
    if kept.errors:
        return JsonResponse({"error": " ".join(kept.errors)}, status=422)
    previews = request.actor.party in {Party.MARKETPLACE, Party.SELLER}
    return render(request, "parts/waiting_files.html", {"files": kept.files, "previews": previews})


@require_GET
def picture(request: ActingRequest, key: uuid.UUID) -> HttpResponseBase:
    """The preview of one's own waiting file; 204 while it is not drawn, and for what never will be."""
    found = attachments.waiting([str(key)], request.actor)
    if not found:
        raise Http404
    if not found[0].picture:
        return HttpResponse(status=204)
    try:
        stored = default_storage.open(found[0].picture)
    except FileNotFoundError:
        raise Http404 from None
    return harmless(FileResponse(stored, content_type="image/webp"))


@require_POST
def take_down(request: ActingRequest, key: uuid.UUID) -> HttpResponse:
    """Throws away a waiting file."""
    uploads.discard(request, str(key))
    return HttpResponse(status=204)
