"""The design's pieces on one page, drawn by the templates and styles the desk itself is drawn by."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tratativa.demo import samples

THEMES = ("light", "dark")


@require_GET
def design(request: HttpRequest) -> HttpResponse:
    """Every piece in every state; `theme` shows them light or dark, `accent` in a marketplace's colour."""
    now = timezone.now()
    theme = request.GET.get("theme", "")
    accents = ("blue", "red", "orange", "amber", "green", "teal", "violet", "pink")
    accent = request.GET.get("accent", "")
    context = {
        "now": now,
        "shown_theme": theme if theme in THEMES else "",
        "shown_accent": accent if accent in accents else "blue",
        "accents": accents,
        "colours": samples.COLOURS,
        "sizes": samples.SIZES,
        "tones": samples.TONES,
        "notices_shown": samples.notices(),
        "tabs": samples.tabs(),
        "fields": samples.fields(),
        "groups": [{"name": "all", "label": "", "count": "", "rows": samples.rows()}],
        "sorts": [{"label": "Prazo", "url": "#lists", "current": True}],
        "view": {
            "shown": "20261130-0000001-0",
            "lines": samples.lines(now),
            "reply": samples.composer(),
            "actions": samples.actions(),
            "customer": True,
            "limit": 10 * 1024 * 1024,
            "most": 10,
        },
        "form": {"to": "customer", "customer_reads": True, "text": "", "errors": {}},
        "sending": samples.sending(now),
        "files": samples.files(),
        "empties": samples.empties(),
    }
    return render(request, "demo/design.html", context)
