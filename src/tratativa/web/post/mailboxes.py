"""Mailboxes on the page of the post: whoever administers the marketplace adds, changes and pauses them."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.accounts.access import whence
from tratativa.accounts.people.team import Doer
from tratativa.cases.core.refusals import Invalid
from tratativa.mail import tokens
from tratativa.mail.filing import inbox
from tratativa.mail.intake import mailboxes, mailboxes_told
from tratativa.mail.intake.mailboxes import Given
from tratativa.mail.models import Mailbox
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.post.mailbox_form import draw, read


@require_http_methods(["GET", "POST"])
@administration
def new_mailbox(request: StaffRequest) -> HttpResponse:
    """A form for a mailbox that is not known yet."""
    if request.method == "GET":
        return _form(request, None, Given(""))
    given = read(request.POST)
    try:
        with transaction.atomic():
            mailbox = mailboxes.add(request.actor.marketplace_id, given)
            mailboxes_told.added(mailbox, password=bool(given.password), by=_doer(request))
    except Invalid as no:
        return _form(request, None, given, no.errors, status=422)
    if mailbox.kind != "imap":
        made = _("A caixa %(address)s foi criada. O endereço abaixo é o que o provedor usa.")
        notices.success(request, made % {"address": mailbox.address})
        return redirect("mailbox", mailbox.pk)
    notices.success(request, _("A caixa %(address)s foi criada. Teste a conexão.") % {"address": mailbox.address})
    return redirect("mail_settings")


@require_http_methods(["GET", "POST"])
@administration
def mailbox(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """What is known of a mailbox, to be changed."""
    found = _find(request, key)
    if request.method == "GET":
        return _form(request, found, mailboxes.of(found))
    given = read(request.POST)
    try:
        with transaction.atomic():
            before = mailboxes.of(found)
            now = mailboxes.change(found, given)
            mailboxes_told.changed(before, now, password=bool(given.password), by=_doer(request))
    except Invalid as no:
        return _form(request, found, given, no.errors, status=422)
    kept = _("A caixa foi guardada. Teste a conexão.") if now.kind == "imap" else _("A caixa foi guardada.")
    notices.success(request, kept)
    return redirect("mail_settings")


@require_POST
@administration
def pause_mailbox(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Stops fetching."""
    found = _find(request, key)
    with transaction.atomic():
        if mailboxes.pause(found, at=request.at):
            mailboxes_told.done(mailboxes_told.PAUSED, found, by=_doer(request))
    notices.success(request, _("A caixa está parada: nada é buscado nela até você retomar."))
    return redirect("mail_settings")


@require_POST
@administration
def resume_mailbox(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Fetches again."""
    found = _find(request, key)
    with transaction.atomic():
        if mailboxes.resume(found):
            mailboxes_told.done(mailboxes_told.RESUMED, found, by=_doer(request))
    notices.success(request, _("A caixa volta a ser buscada."))
    return redirect("mail_settings")


@require_POST
@administration
def change_mailbox_secret(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Another address for the provider; the one of before takes nothing in any more."""
    found = _find(request, key)
    with transaction.atomic():
        mailboxes.change_secret(found)
        mailboxes_told.done(mailboxes_told.READDRESSED, found, by=_doer(request))
    notices.success(request, _("O endereço de entrega mudou: dê o novo ao provedor. O antigo já não recebe nada."))
    return redirect("mailbox", found.pk)


def _find(request: StaffRequest, key: uuid.UUID) -> Mailbox:
    return get_object_or_404(inbox.mailboxes(request.actor), pk=key)


def _doer(request: StaffRequest) -> Doer:
    return Doer(request.membership.person, whence.address(request))


def _form(
    request: StaffRequest, found: Mailbox | None, given: Given, errors: Any = None, *, status: int = 200
) -> HttpResponse:
    context = {"mailbox": found, "fields": draw(found, given, errors or {}), "address": _posted_to(found)}
    return render(request, "desk/mailbox.html", context, status=status)


def _posted_to(found: Mailbox | None) -> str:
    """Where a provider posts letters of this mailbox to."""
    if found is None:
        return ""
    return settings.SITE_URL + reverse("hand_in", args=[found.pk, tokens.secret(found.pk, found.handed_in_turn)])
