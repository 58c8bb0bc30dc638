"""Frames: a letter shown as a mail program would show it, where nothing in it runs."""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

View = Callable[..., Any]


def around(view: View) -> View:
    """The page that holds the frame."""
    return csp_update({"frame-src": [SELF]})(view)


def inside(view: View) -> View:
    """The letter's HTML alone: no script, no picture but those inside it; its links open in the page around it."""
    policy = {
        "default-src": [NONE],
        "img-src": ["data:"],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": [SELF],
        "script-src": [NONE],
        "sandbox": ["allow-top-navigation-by-user-activation"],
    }
    return xframe_options_sameorigin(csp_replace(policy)(view))


def letter(html: str) -> HttpResponse:
    """The letter as it was sent."""
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
