"""Entering: how a session of one's own begins, whichever door opened it: a second factor that is there is asked for."""

import uuid

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tratativa.accounts.access import second_factor
from tratativa.accounts.models import Person


def enter(request: HttpRequest, person: Person, *, to: str, place: uuid.UUID) -> HttpResponse:
    """Signs in whoever just said the password of this account, and leads to the page of the address `to`, by `place`.

    Whoever was in before leaves. Where the account has a second factor it is asked for first, and nobody is in before.
    """
    _alone(request, person)
    request.session["membership"] = str(place)
    record_authentication(request, person, method="password", email=person.email, reauthenticated=True)
    return _perform(request, person, to)


def enter_by_provider(request: HttpRequest, person: Person, *, to: str) -> HttpResponse:
    """Signs in whom the site's provider speaks of. Its second factor counts as ours only where the site says so."""
    _alone(request, person)
    request.session[second_factor.BY_PROVIDER] = True
    record_authentication(request, person, method="socialaccount", provider="oidc")
    if not settings.OIDC_TWO_FACTOR:
        return _perform(request, person, to)
    get_adapter(request).login(request, person)
    return redirect(to)


def _alone(request: HttpRequest, person: Person) -> None:
    if request.user.is_authenticated and request.user.pk != person.pk:
        logout(request)


def _perform(request: HttpRequest, person: Person, to: str) -> HttpResponse:
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=to))
    return response
