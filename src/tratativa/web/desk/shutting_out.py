"""The customer's accesses, ended from the case they are served in."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tratativa.cases.acting import shutting_out
from tratativa.cases.core import protocols
from tratativa.cases.core.refusals import NotAllowed
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import StaffRequest, marketplace


@require_POST
@marketplace
def shut_out(request: StaffRequest, protocol: str) -> HttpResponse:
    """Ends the sessions and links of this case's customer; whoever is in by one is out at once."""
    case = scoped_get.case(request.actor, protocol)
    try:
        links = shutting_out.shut_out(case, by=request.actor, at=request.at)
    except NotAllowed as no:
        notices.error(request, str(no))
    else:
        told = ngettext(
            "Acessos encerrados: as sessões do cliente e %(count)s link que ainda abria.",
            "Acessos encerrados: as sessões do cliente e %(count)s links que ainda abriam.",
            links,
        )
        notices.success(request, told % {"count": links})
    return redirect("case", protocol=protocols.show(case.protocol))
