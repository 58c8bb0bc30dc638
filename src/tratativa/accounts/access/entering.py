"""Entering: how a session of one's own begins, whichever door opened it: a second factor that is there is asked for."""

import uuid

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from tratativa.accounts.models import Person


def enter(request: HttpRequest, person: Person, *, to: str, place: uuid.UUID) -> HttpResponse:
    """Signs in whoever just said the password of this account, and leads to the page of the address `to`, by `place`.

    Whoever was in before leaves. Where the account has a second factor it is asked for first, and nobody is in before.
    """
    if request.user.is_authenticated and request.user.pk != person.pk:
        logout(request)
    request.session["membership"] = str(place)
    record_authentication(request, person, method="password", email=person.email, reauthenticated=True)
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=to))
    return response
