"""The customers' door: a number and a document, then a code by e-mail; or the link a letter brought."""

import uuid
from datetime import timedelta

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tratativa.accounts import clock, documents, keys, reach, signing_in, text
from tratativa.accounts.access import customer_access, sign_in_log, whence
from tratativa.accounts.models import Customer, Key, Marketplace
from tratativa.cases.core import protocols, rulebook_versions, work
from tratativa.cases.models import Case
from tratativa.orders import numbers
from tratativa.orders.models import Order
from tratativa.web.customer import coming_back
from tratativa.web.frame import gates

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)


@require_GET
def doors(request: HttpRequest) -> HttpResponse:
    """Where did you buy? With one marketplace there is nothing to ask."""
    found = list(Marketplace.objects.order_by("name")[:50])
    if len(found) == 1:
        return redirect(coming_back.onwards(request, "customer_door", found[0]))
    tiles = [{"name": one.name, "url": coming_back.onwards(request, "customer_door", one)} for one in found]
    return render(request, "customer/doors.html", {"found": tiles})


@require_http_methods(["GET", "POST"])
def knock(request: HttpRequest, marketplace: str) -> HttpResponse:
    """Takes an order's or a protocol's number and the buyer's document; sends a code if they belong together.

    The answer is the same either way: the door must not tell a stranger who bought what.
    """
    place = get_object_or_404(Marketplace, slug=marketplace)
    form = {"number": text.line(request.POST.get("number", ""))[:60], "document": request.POST.get("document", "")[:40]}
    if request.method != "POST":
        return _door(request, place, form)
    errors, document = _checked(form, place)
    if errors:
        return _door(request, place, form, errors, status=422)
    if not _slowly(request, document):
        return _door(request, place, form, {"": _too_many()}, status=429)
    with reach.within(place.pk):
        customer = _who(place, form["number"], document)
    # Whoever is not found is somebody else's number: each step that follows is the same, and takes the same time.
    knocking = customer or keys.new()
    work.ask("mail.send_code", customer_id=knocking)
    request.session["knocking"] = str(knocking)
    return redirect(coming_back.onwards(request, "customer_code", place))


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, marketplace: str) -> HttpResponse:
    """Takes the code; a wrong one gets five tries in all."""
    place = get_object_or_404(Marketplace, slug=marketplace)
    if request.method != "POST":
        return _code(request, place)
    at, knocking = clock.now(), request.session.get("knocking") or str(keys.new())
    try:
        place_asked = whence.network(request)
        signing_in.slow_down("code", place_asked, limit=300, within=QUARTER, at=at)
        signing_in.slow_down("knocking", f"{knocking} {place_asked}", limit=10, within=QUARTER, at=at)
    except signing_in.TooManyTries:
        return _code(request, place, _too_many(), status=429)
    with reach.within(place.pk):
        customer = Customer.objects.filter(pk=knocking, marketplace=place).first()
    typed = text.digits(request.POST.get("code", "")[:40])
    if not signing_in.open_code(knocking, typed, at=at) or customer is None:
        sign_in_log.wrong_code(request)
        wrong = _("O código não confere ou venceu. Confira o e-mail mais recente ou peça outro código.")
        return _code(request, place, wrong, status=422)
    _let_in(request, customer)
    return redirect(coming_back.page(request, customer))


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Shows whose link a letter's is, and lets in, to the case it is about, once its button is pressed.

    Who opens an address somebody sent them must not act in another's name without having seen whose it is. Whoever is
    in already as the same customer changes nothing by it and is led on.
    """
    key = signing_in.open_link(secret[:100], at=clock.now())
    if key is None:
        return render(request, "customer/expired.html", status=410)
    onwards = _customers_own(request.GET.get("next", "")) or "my_cases"
    here = getattr(request, "customer", None)
    only = request.session.get("only_case")
    if here is not None and here.pk == key.customer_id and only in (None, str(key.case_id)):
        return redirect(onwards)  # also whoever came in by a code, whose reach is wider
    if request.method != "POST":
        place = key.customer.marketplace
        context = {"marketplace": place, "accent": place.accent, "who": key.customer.name}
        return render(request, "customer/link.html", context)
    enter_by(request, key)
    return redirect(onwards)


def enter_by(request: HttpRequest, key: Key) -> None:
    """Lets the customer of a letter's link in, to the case it is about; whoever is in by a code, and reaches more,
    stays as they are."""
    here, only = getattr(request, "customer", None), request.session.get("only_case")
    if here is not None and here.pk == key.customer_id and only in (None, str(key.case_id)):
        return
    _let_in(request, key.customer)
    request.session["link"] = str(key.pk)
    if key.case_id:
        request.session["only_case"] = str(key.case_id)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Lets the customer out on this device."""
    _forget(request)
    request.session.cycle_key()  # pages that are still open hear nothing more
    return redirect("customer_doors")


@require_POST
@gates.customer
def leave_everywhere(request: gates.CustomerRequest) -> HttpResponse:
    """Lets the customer out on every device, and makes the links of all letters so far open nothing."""
    customer_access.shut_out(request.customer.pk, at=request.at)
    _forget(request)
    request.session.cycle_key()
    notices.success(request, _("Você saiu em todos os aparelhos, e os links dos e-mails anteriores não abrem mais."))
    return redirect("customer_doors")


def _customers_own(wanted: str) -> str:
    """The address, when it is a customer's page of a case as it would be written; anything else is nowhere."""
    try:
        found = resolve(wanted)
    except Resolver404:
        return ""
    return wanted if found.view_name == "my_case" and wanted == reverse("my_case", kwargs=found.kwargs) else ""


def _let_in(request: HttpRequest, customer: Customer) -> None:
    if request.session.get("customer") != str(customer.pk):
        rotate_token(request)  # a page of whoever was here before sends nothing in this customer's name
    request.session.cycle_key()
    _forget(request)
    request.session["customer"] = str(customer.pk)
    request.session["entered"] = clock.now().timestamp()


def _forget(request: HttpRequest) -> None:
    for name in ("customer", "only_case", "link", "entered", "knocking"):
        request.session.pop(name, None)


def _documents(place: Marketplace) -> tuple[str, ...]:
    """The kinds of document the marketplace's customers have."""
    with reach.within(place.pk):
        return rulebook_versions.land(place.pk).documents


def _checked(form: dict[str, str], place: Marketplace) -> tuple[dict[str, str], str]:
    errors: dict[str, str] = {}
    document = ""
    if not form["number"]:
        errors["number"] = _("Escreva o número do pedido ou do protocolo.")
    try:
        document = documents.parse(form["document"], _documents(place))
    except documents.BadDocument as bad:
        errors["document"] = str(bad)
    return errors, document


def _slowly(request: HttpRequest, document: str) -> bool:
    """By document and address together, so that knowing a document shuts nobody out; by address alone very widely,
    because a carrier's customers share one."""
    at, place = clock.now(), whence.network(request)
    try:
        signing_in.slow_down("door", place, limit=300, within=QUARTER, at=at)
        signing_in.slow_down("document", f"{document} {place}", limit=6, within=HOUR, at=at)
    except signing_in.TooManyTries:
        return False
    return True


def _who(place: Marketplace, number: str, document: str) -> uuid.UUID | None:
    """The customer's key; found or not by the same one query."""
    buyers = Customer.objects.filter(marketplace=place, document=document)
    protocol = protocols.parse(number)
    if protocol:
        cases = Case.objects.filter(marketplace=place, protocol=protocol, customer__in=buyers)
        return cases.values_list("customer_id", flat=True).first()
    orders = numbers.spelt(Order.objects.filter(marketplace=place, customer__in=buyers), number)
    return orders.values_list("customer_id", flat=True).first()


def _door(
    request: HttpRequest,
    place: Marketplace,
    form: dict[str, str],
    errors: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"marketplace": place, "accent": place.accent, "form": form, "errors": errors or {}}
    context["trouble"] = (errors or {}).get("", "")
    context["kinds"] = documents.kinds_named(_documents(place))
    return render(request, "customer/door.html", context, status=status)


def _code(request: HttpRequest, place: Marketplace, error: str = "", *, status: int = 200) -> HttpResponse:
    door_url = coming_back.onwards(request, "customer_door", place)
    context = {"marketplace": place, "accent": place.accent, "error": error, "door_url": door_url}
    return render(request, "customer/code.html", context, status=status)


def _too_many() -> str:
    return _("Foram muitas tentativas seguidas. Espere alguns minutos e tente de novo.")
