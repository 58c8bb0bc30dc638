"""What the desk does with a case it asked a partner: ending the links its letters carried."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.cases.core import protocols
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.queues import links
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import StaffRequest, marketplace


@require_POST
@marketplace
def revoke_links(request: StaffRequest, protocol: str) -> HttpResponse:
    """Ends the links to this child case; whoever is in by one is out at the next click."""
    case = scoped_get.case(request.actor, protocol)
    try:
        count = links.revoke(case, by=request.actor, at=request.at)
    except NotAllowed as no:
        notices.error(request, str(no))
    else:
        said = _("Links revogados. O próximo e-mail ao parceiro leva um novo.")
        notices.success(request, said if count else _("Nenhum link estava em uso."))
    return redirect("case", protocol=protocols.show(case.protocol))
