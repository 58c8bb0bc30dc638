"""Saúde: what `tratativa doctor` says of the installation, on a page; what is not well comes first."""

from collections.abc import Callable, Iterable
from typing import Protocol

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from tratativa.web.frame.gates import StaffRequest, administration


class Found(Protocol):
    """One thing that was looked at: well or not, and a sentence with the remedy where there is one."""

    @property
    def well(self) -> bool:
        """Whether nothing is to be done."""

    @property
    def sentence(self) -> str:
        """What was found."""

    @property
    def url(self) -> str:
        """The page where it is seen to, or nothing."""


@require_http_methods(["GET", "POST"])
@administration
def health(request: StaffRequest) -> HttpResponse:
    """How it is; with the form, also what takes a connection to the mail server, which may take a while."""
    examine: Callable[..., Iterable[Found]] = import_string(settings.EXAMINED_BY)
    outward = request.method == "POST"
    found = list(examine(outward=outward))
    context = {
        "ill": [one for one in found if not one.well],
        "well": [one for one in found if one.well],
        "outward": outward,
    }
    return render(request, "settings/health.html", context)
