"""Where the pages' styles, scripts and pictures are served: each was joined from many sources under a new name."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static


def url(name: str) -> str:
    """The address of an asset by its app and the name of its source, as in `web/desk.css`.

    Raises ImproperlyConfigured where the assets were never built, KeyError when there is no such source.
    """
    app, _, source = name.partition("/")
    # A developer's are built anew while the desk is served.
    names = _read(app) if settings.DEBUG else _known(app)
    return static(f"{app}/{names[source]}")


def _read(app: str) -> dict[str, str]:
    found = finders.find(f"{app}/assets.json")
    if not found:
        raise ImproperlyConfigured(f"The styles and scripts of {app} were not built: make assets")
    names: dict[str, str] = json.loads(Path(found).read_text())["names"]
    return names


_known = cache(_read)
