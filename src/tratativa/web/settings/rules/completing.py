"""What the editor completes from: the JSON Schema of a rulebook's part, as `tratativa rulebook schema` prints it."""

import json
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tratativa.rulebook.language import schema
from tratativa.web.frame.gates import administration

_HOUR = 3600


@require_GET
@administration
def part(_request: HttpRequest, part: str) -> HttpResponse:
    """The schema of one kind of file."""
    if part != "rulebook" and part not in schema.FILES:
        raise Http404
    answer = HttpResponse(_schema("" if part == "rulebook" else part), content_type="application/json")
    answer.headers["Cache-Control"] = f"private, max-age={_HOUR}"
    return answer


@lru_cache(maxsize=16)
def _schema(part: str) -> str:
    return json.dumps(schema.schema(part), ensure_ascii=False, separators=(",", ":"))
