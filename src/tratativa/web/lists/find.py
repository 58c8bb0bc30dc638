"""Procurar: from whatever somebody has at hand to a case, an order, a person, a seller or a page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tratativa.accounts import documents, telephones, text
from tratativa.accounts.models import Customer, Seller
from tratativa.cases.core import protocols, rulebook_versions, visibility
from tratativa.cases.reading import finding
from tratativa.cases.reading.finding import Found
from tratativa.cases.reading.operators import asking
from tratativa.cases.reading.operators.asked import Asking
from tratativa.cases.reading.operators.asking import Asked
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame.gates import StaffRequest, marketplace, staff
from tratativa.web.frame.home import asks_fragment
from tratativa.web.frame.shell import places
from tratativa.web.lists import rows

LONGEST = 200  # characters


@require_GET
@staff
def find(request: StaffRequest) -> HttpResponse:
    """What was found, by kind; for the palette, the first of each."""
    typed = text.line(request.GET.get("q", ""))[:LONGEST]
    whole = request.GET.get("history") == "all"
    asked = asking.read(typed, _asking(request))
    found = _found(request, asked, whole=whole)
    everywhere = {"tab": "all", "sort": "activity", "q": typed} | ({"history": "all"} if whole else {})
    bounded = bool(finding.read(asked.words)) and request.actor.party is Party.MARKETPLACE and not whole
    context = {
        "typed": typed,
        "asked": asked.narrowed or bool(finding.read(typed)),
        "troubles": asked.troubles,
        "whole_url": reverse("find", query={"q": typed, "history": "all"}) if bounded else "",
        "all_url": reverse("find", query={"q": typed}),
        "everywhere_url": reverse("cases", query=everywhere),
        **_shown(request, found),
    }
    if asks_fragment(request):
        context["suggested"] = asking.suggest(request.GET.get("q", ""), _asking(request))
        return render(request, "desk/find_first.html", context)
    return render(request, "desk/find.html", context)


@require_GET
@staff
def suggest(request: StaffRequest) -> HttpResponse:
    """How what is being typed can go on: operators and their values, for a box that completes them."""
    line = request.GET.get("q", "")[:LONGEST]
    return render(request, "desk/find_suggested.html", {"suggested": asking.suggest(line, _asking(request))})


def _asking(request: StaffRequest) -> Asking:
    return Asking(request.actor, rulebook_versions.in_force(request.actor.marketplace_id), request.at)


def _found(request: StaffRequest, asked: Asked, *, whole: bool) -> Found:
    """By words alone whatever they may mean; with operators the cases they leave; nothing of what is not clear."""
    if asked.troubles:
        return Found()
    if asked.narrowed:
        return finding.cases_among(request.actor, asked.wanted, asked.words, at=request.at, whole=whole)
    return finding.find(request.actor, asked.words, at=request.at, whole=whole)


@require_GET
@staff
def go(request: StaffRequest) -> HttpResponse:
    """From what was typed into the palette to a case, an order, a page, or whatever is found."""
    wanted = text.line(request.GET.get("q", ""))[:LONGEST]
    protocol = protocols.parse(wanted)
    if protocol and visibility.visible_cases(request.actor).filter(protocol=protocol).exists():
        return redirect("case", protocol=protocols.show(protocol))
    if wanted and visibility.visible_orders(request.actor).filter(number=wanted).exists():
        return redirect("order", number=wanted)
    for place in places(request.actor):
        if wanted and place.label.lower().startswith(wanted.lower()):
            return redirect(place.url)
    return redirect(reverse("find", query={"q": wanted}))


@require_GET
@marketplace
def by_phone(request: StaffRequest) -> HttpResponse:
    """What a telephone system opens as it rings: the one customer with this number, or all it may be."""
    digits = telephones.dialled(request.GET.get("phone", "")[:200])
    known = finding.callers(request.actor, digits)
    if len(known) == 1:
        book = rulebook_versions.in_force(request.actor.marketplace_id)
        return redirect(_address(Customer(pk=known[0]), book))
    return redirect(reverse("find", query={"q": digits}))


def _shown(request: StaffRequest, found: Found) -> dict[str, Any]:
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    team = request.actor.party is Party.MARKETPLACE
    return {
        "cases": rows.of_cases(found.cases, request.actor, request.at),
        "orders": rows.of_orders(found.orders, request.at, book.money, sellers=team),
        "people": [_person(one, book) for one in found.people],
        "sellers": [_seller(one, book) for one in found.sellers],
        "unshown": found.more,
        "nothing": not any((found.cases, found.orders, found.people, found.sellers)),
    }


def _person(one: Customer, book: Rulebook) -> dict[str, str]:
    document = documents.mask(one.document, book.land.documents) if one.document else ""
    return {"name": one.name, "document": document, "url": _address(one, book)}


def _address(one: Customer, book: Rulebook) -> str:
    if book.customers == "companies":
        return reverse("retailer", args=[one.pk])
    return reverse("cases", query={"tab": "all", "sort": "activity", "customer": str(one.pk)})


def _seller(one: Seller, book: Rulebook) -> dict[str, str]:
    document = documents.show(one.document, book.land.documents)
    return {"name": one.name, "document": document, "url": reverse("seller", args=[one.pk])}
