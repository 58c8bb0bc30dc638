"""Caixas e remetente: the mailboxes letters come to, and the server they leave by."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.mail.filing import inbox
from tratativa.mail.outgoing import servers
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings import mail_server
from tratativa.web.settings.mail_server import Form
from tratativa.web.settings.own_team import doer
from tratativa.web.timeline import arrivals


@require_http_methods(["GET", "POST"])
@administration
def mail(request: StaffRequest) -> HttpResponse:
    """Both; with the server's form, it is kept or tried out."""
    if request.method == "GET":
        return _page(request, mail_server.shown())
    form = mail_server.taken(request, request.marketplace, by=doer(request))
    if not form.kept:
        return _page(request, form)
    if not servers.by_environment():
        notices.success(request, _("O servidor foi guardado: as cartas saem por ele."))
    return redirect("mail_settings")


def _page(request: StaffRequest, form: Form) -> HttpResponse:
    context = {
        "boxes": [arrivals.box(one, request.actor, at=request.at) for one in inbox.mailboxes(request.actor)],
        "fields": form.fields,
        "trouble": form.trouble,
        "by_environment": servers.by_environment(),
        "shared": mail_server.is_shared(),
    }
    return render(request, "settings/mail.html", context, status=form.status)
