"""Avisos in the browser: switched on by whoever sits at it, off from anywhere, and the worker that shows them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import text
from tratativa.accounts.access import sessions
from tratativa.cases.core.refusals import Invalid
from tratativa.notices.models import PushKey
from tratativa.notices.push import subscriptions
from tratativa.notices.push.subscriptions import Given
from tratativa.web.frame.gates import StaffRequest, member
from tratativa.web.settings.account import browser


@require_POST
@member
def begin(request: StaffRequest) -> HttpResponse:
    """Keeps what the browser gave the page's script, for this session; 422 with what is wrong with it."""
    form = request.POST
    key = PushKey.objects.filter(public=text.line(form.get("key", ""))[:88]).first()
    given = Given(form.get("endpoint", ""), form.get("p256dh", "")[:200], form.get("auth", "")[:100])
    try:
        if key is None:
            raise Invalid({"": _("A chave da mesa mudou. Recarregue a página e ligue de novo.")})
        subscriptions.begin(
            request.membership.person_id, sessions.name(request), given, key,
            browser=browser(request.META.get("HTTP_USER_AGENT", "")), at=request.at,
        )  # fmt: skip
    except Invalid as bad:
        return JsonResponse({"error": bad.errors.get("", "")}, status=422)
    messages.success(request, _("Os avisos aparecem agora também neste navegador."))
    return JsonResponse({"kept": True})


@require_POST
@member
def end(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Switches one of one's own browsers off."""
    if not subscriptions.end(request.membership.person_id, key):
        raise Http404
    messages.success(request, _("O navegador não recebe mais avisos."))
    return redirect("notice_settings")


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows what is pushed. It looks at no page, and keeps none: it hears of no request at all."""
    said = {"unreadable": _("Há um aviso novo na mesa.")}
    return render(request, "notices/worker.js", said, content_type="text/javascript; charset=utf-8")
