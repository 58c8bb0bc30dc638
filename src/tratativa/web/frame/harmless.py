"""Harmless: strangers' bytes as a browser must take them."""

from typing import TypeVar

from django.http import HttpResponseBase

R = TypeVar("R", bound=HttpResponseBase)
SANDBOX = "default-src 'none'; sandbox"


def harmless(response: R) -> R:
    """The response as a browser must take it: to be saved or drawn, never run."""
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
