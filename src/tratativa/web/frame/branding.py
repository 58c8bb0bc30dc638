"""A marketplace's picture, for the pages that wear it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tratativa.accounts.models import Logo

YEAR = 365 * 24 * 3600


@require_GET
def logo(_request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The picture of this content; its address changes with it, so that browsers may keep it."""
    found = Logo.objects.filter(marketplace__slug=slug, marketplace__logo=digest).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'"
    response.may_be_kept = True  # type: ignore[attr-defined]  # nobody's data
    return response
