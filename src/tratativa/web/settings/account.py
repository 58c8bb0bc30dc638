"""Minha conta: one's own sessions, password and second factor."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages as notices
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts.access import second_factor, sessions, whence
from tratativa.accounts.people import leaving
from tratativa.accounts.rights import Right
from tratativa.cases.acting import at_once
from tratativa.web.frame.gates import StaffRequest, member, staff
from tratativa.web.settings import absences_room
from tratativa.web.settings.own import email
from tratativa.web.settings.own_team import team


@require_GET
@member
def account(request: StaffRequest) -> HttpResponse:
    """Where somebody is signed in, and what guards the account."""
    context = {
        "team": team(request),
        "sessions": [_row(one, request) for one in _sessions(request)],
        "second_factor": second_factor.has_one(request.membership),
        "absences": None if request.membership.partner_id else absences_room.of_oneself(request),
        "email_change": email.waiting(request),
        "undoes": _undoes(request),
        "passkeys": second_factor.passkeys(request.membership.person_id),
    }
    return render(request, "settings/account.html", context)


@require_POST
@staff
def sending(request: StaffRequest) -> HttpResponse:
    """Whether what one sends can be taken back for ten seconds, or is said at once."""
    person = request.membership.person_id
    if request.POST.get("undo") == "no":
        at_once.keep(person)
        notices.success(request, _("Guardado: o que você enviar sai na hora."))
    else:
        at_once.drop(person)
        notices.success(request, _("Guardado: o que você enviar pode ser desfeito por dez segundos."))
    return redirect("account")


@require_POST
@member
def end_session(request: StaffRequest, key: int) -> HttpResponse:
    """Ends one of one's own sessions."""
    found = get_object_or_404(_sessions(request), pk=key)
    leaving.end_session(found)
    notices.success(request, _("A sessão terminou."))
    return redirect("account")


@require_POST
@member
def end_others(request: StaffRequest) -> HttpResponse:
    """Ends every session but this one."""
    leaving.end_sessions(request.membership.person, but=sessions.name(request))
    notices.success(request, _("Só esta sessão continua aberta."))
    return redirect("account")


def _undoes(request: StaffRequest) -> bool | None:
    """Whether what one sends can be taken back; None for those of no team that sends so."""
    if request.membership.partner_id or not request.actor.may(Right.ANSWER):
        return None
    return not at_once.wants(request.membership.person_id)


def _sessions(request: StaffRequest) -> Any:
    alive = Session.objects.filter(expire_date__gt=request.at).values("session_key")
    mine = UserSession.objects.filter(user=request.membership.person_id, session_key__in=alive)
    return mine.order_by("-created_at")


def _row(one: UserSession, request: StaffRequest) -> dict[str, Any]:
    return {
        "key": one.pk, "ip": "" if one.ip == whence.UNKNOWN else one.ip, "browser": browser(one.user_agent),
        "since": one.created_at, "current": one.session_key == sessions.name(request),
    }  # fmt: skip


def browser(agent: str) -> str:
    """What a browser calls itself, in two words; what names none is said so."""
    names = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
               ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip
    name = next((said for mark, said in names if mark in agent), "")
    system = next((said for mark, said in systems if mark in agent), "")
    return " · ".join(part for part in (name, system) if part) or _("Outro programa")
