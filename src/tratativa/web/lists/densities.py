"""How close the rows of a list stand: comfortable or compact, remembered in this browser."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.home import came_from, remember

NAMES = ("comfortable", "compact")


@require_POST
@staff
def density(request: StaffRequest) -> HttpResponse:
    """Remembers how close the rows stand, for a year."""
    response = redirect(came_from(request, reverse("cases")))
    if request.POST.get("density") in NAMES:
        remember(response, "density", request.POST["density"])
    return response


def shown(request: StaffRequest) -> dict[str, Any]:
    """The chosen one, and both to choose from, as a list draws them."""
    labels = {"comfortable": _("Confortável"), "compact": _("Compacta")}
    kept = request.COOKIES.get("density", "")
    chosen = kept if kept in NAMES else NAMES[0]
    return {"density": chosen, "densities": [(name, labels[name], name == chosen) for name in NAMES]}
