"""Middleware: who acts, pages that must not be kept, and a page in words while the database is away."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from tratativa.accounts import clock, reach
from tratativa.accounts.absence import AWAY
from tratativa.accounts.audit.disclosures import TooMuch
from tratativa.accounts.models import Marketplace
from tratativa.cases.core import rulebook_versions
from tratativa.cases.files import attachments, room
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.web.frame import errors, recognising, typed, ways_back

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponseBase]
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
ANSWERED = {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS}
HOUR = 3600


def outages(get_response: Handler) -> Handler:
    """Answers 503 in words when the database cannot be reached, 507 when a disk is full; no page needs either.

    And 429 where somebody had as much of people's data shown or exported as an hour takes, 410 for a file whose bytes
    are not those that were sent.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, problem: Exception) -> HttpResponseBase | None:
        if isinstance(problem, TooMuch):
            return errors.too_much(request, problem)
        if isinstance(problem, attachments.Altered):
            return errors.altered(request)
        if room.is_full(problem):
            log.error("the disk is full: %s", problem)
            return errors.no_room(request)
        if errors.lacks_tables(problem):
            log.error("the tables are not up to date: %s", problem)
            return errors.unready(request)
        if isinstance(problem, AWAY):
            log.warning("the database cannot be reached: %s", problem)
            return errors.away(request)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def acting(get_response: Handler) -> Handler:
    """Gives the request its moment (`at`) and who acts in it: staff, a partner, a customer, or nobody."""

    def middleware(request: Any) -> HttpResponseBase:
        request.at = clock.now()
        with reach.within():
            recognising.recognise(request)
        owners = request.actor.owners if request.actor else ()
        with reach.within(*owners):
            book = _book(request.marketplace)
            _speak(request, book)
            with timezone.override(book.clock.zone if book else None):
                return get_response(request)

    return middleware


def _speak(request: Any, book: Rulebook | None) -> None:
    """The marketplace's language, its rulebook's where it chose none, to whoever has chosen none here."""
    if book and not _asked_for_a_language(request):
        translation.activate(request.marketplace.language or rulebook_versions.site_language(book.language))
        request.LANGUAGE_CODE = translation.get_language()


def _book(marketplace: Marketplace | None) -> Rulebook | None:
    """Its rulebook: every time on a page is told by the clock that judges it."""
    try:
        return rulebook_versions.in_force(marketplace.pk) if marketplace else None
    except rulebook_versions.NoRulebook:
        return None


def _asked_for_a_language(request: HttpRequest) -> bool:
    """Whether the reader or their browser asked for one that the pages speak."""
    spoken = {code for code, _name in settings.LANGUAGES}
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in spoken:
        return True
    bases = {code.partition("-")[0] for code in spoken}
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return any(code.partition("-")[0] in bases for code, _weight in wanted)


def private(get_response: Handler) -> Handler:
    """Keeps signed-in pages out of every cache, and of search engines: the next person must not find them.

    A response that `may_be_kept` says itself how long: it is nobody's data, and its name changes with its content.
    """

    def middleware(request: Any) -> HttpResponseBase:
        response = get_response(request)
        if getattr(response, "may_be_kept", False):
            return response
        if getattr(request, "actor", None) or request.path.startswith(
            (recognising.CUSTOMERS, recognising.PARTNERS, "/accounts/")
        ):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
            response["X-Robots-Tag"] = "noindex, nofollow"  # a link somebody posted leads a crawler here
        return response

    return middleware


def pages(get_response: Handler) -> Handler:
    """Leads whoever opens an address that only takes a form to the page the form stands on; no page says 405."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.resolver_match is None:
            return response
        looks = request.method in {"GET", "HEAD"}
        return redirect(ways_back.elsewhere(request)) if looks else errors.takes_no_form(request)

    return middleware


def receipts(get_response: Handler) -> Handler:
    """Tells the page that follows which form was received: until then its words stay in the browser.

    A form that came back with what was wrong was received too; one that met a fault or a shut door was not.
    """

    def middleware(request: Any) -> HttpResponseBase:
        response = get_response(request)
        form = request.method == "POST" and request.content_type in FORMS and getattr(request, "actor", None)
        if form and (response.status_code < HTTPStatus.BAD_REQUEST or response.status_code in ANSWERED):
            slip = typed.key(request.POST.get("slip", ""))
            if slip:
                name = f"slip-{slip}"
                # The page's script reads it and takes it away, so it is not HttpOnly; it holds nothing worth hiding.
                response.set_cookie(name, "1", max_age=HOUR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
        return response

    return middleware
