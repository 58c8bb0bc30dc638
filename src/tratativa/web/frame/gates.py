"""Who may come in: the gate each view stands behind, and the request it then receives."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages as notices
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.access import second_factor
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Marketplace, Membership, Partner
from tratativa.cases.models import OpenCase
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame import address_rights, signed_out, ways_back

P = ParamSpec("P")
Answer = HttpResponseBase


class ActingRequest(HttpRequest):
    """A request of someone acting for a party: `at` is the one moment its page speaks of."""

    at: datetime
    actor: Actor
    marketplace: Marketplace


class StaffRequest(ActingRequest):
    """A request of staff, acting by one of its memberships; `opened` is the strip where the page opened a case."""

    membership: Membership
    opened: list[OpenCase]


class CustomerRequest(ActingRequest):
    """A request of a customer who came in by a link or a code."""

    customer: Customer


class PartnerRequest(ActingRequest):
    """A request of a partner: one of its people, or whoever holds the link to one child case."""

    partner: Partner
    membership: Membership | None


def member(view: Callable[Concatenate[StaffRequest, P], Answer]) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """Lets in whoever signed in and belongs to a team, a partner's too; strangers are led to the sign-in page and
    come back to where they wanted to go. Who sends a form, or a script of another's page, is told that it was not
    taken."""

    @wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if not request.user.is_authenticated or signed_out.is_somebody_elses(request, request.user.pk):
            back = ways_back.page(request)
            return redirect_to_login(back) if _only_looks(request) else signed_out.refuse(request)
        if _acting(request).membership is None:
            raise PermissionDenied(
                _("Sua conta ainda não pertence a nenhuma equipe. Peça o acesso a quem a administra.")
            )
        if second := _second_factor(request):
            return second
        _check_role(request)
        return view(cast(StaffRequest, request), *args, **kwargs)

    return gate


def staff(view: Callable[Concatenate[StaffRequest, P], Answer]) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """Lets the marketplace's and the sellers' teams in; partners are told that the page is not theirs."""

    @wraps(view)
    def gate(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if request.actor.party is Party.PARTNER:
            raise PermissionDenied(_("Esta página não é dos parceiros. Os seus chamados estão no início."))
        return view(request, *args, **kwargs)

    return member(gate)


def marketplace(
    view: Callable[Concatenate[StaffRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """Lets the marketplace's team in; sellers are told that the page is not theirs."""

    @wraps(view)
    def gate(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if request.actor.party is not Party.MARKETPLACE:
            raise PermissionDenied(_("Esta página é da equipe do marketplace."))
        return view(request, *args, **kwargs)

    return staff(gate)


def administration(
    view: Callable[Concatenate[StaffRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """Lets those in who administer the marketplace; its agents are told that the page is not theirs."""

    @wraps(view)
    def gate(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if not request.actor.is_admin:
            raise PermissionDenied(_("Esta página é de quem administra o marketplace."))
        return view(request, *args, **kwargs)

    return marketplace(gate)


def administering(
    view: Callable[Concatenate[StaffRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """Lets those in who administer the marketplace or one of its sellers; agents are told that it is not theirs."""

    @wraps(view)
    def gate(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if not request.actor.is_admin:
            raise PermissionDenied(_("Esta página é de quem administra a equipe."))
        return view(request, *args, **kwargs)

    return staff(gate)


def seller(
    view: Callable[Concatenate[StaffRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """Lets a seller's team in; the marketplace's is told that the page is not its own."""

    @wraps(view)
    def gate(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if request.actor.party is not Party.SELLER:
            raise PermissionDenied(_("Esta página é da equipe do lojista."))
        return view(request, *args, **kwargs)

    return staff(gate)


def customer(
    view: Callable[Concatenate[CustomerRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """Lets a customer in; others are led to the customers' door."""

    @wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        who = _acting(request).customer
        if who is None or signed_out.is_somebody_elses(request, who.pk):
            door = reverse("customer_doors", query={"next": ways_back.page(request)})
            return redirect(door) if _only_looks(request) else signed_out.refuse(request, door)
        return view(cast(CustomerRequest, request), *args, **kwargs)

    return gate


def partner(
    view: Callable[Concatenate[PartnerRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """Lets a partner in, by login or by a letter's link; strangers are led to the partners' door."""

    @wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        partner = _acting(request).partner
        if partner is None and request.user.is_authenticated:
            raise PermissionDenied(_("Esta página é dos parceiros a quem a equipe pergunta."))
        if partner is None or signed_out.is_somebody_elses(request, _acting(request).actor.person_id):
            door = reverse("partner_door", query={"next": ways_back.page(request)})
            return redirect(door) if _only_looks(request) else signed_out.refuse(request, door)
        if second := _second_factor(request):
            return second
        _check_role(request)
        return view(cast(PartnerRequest, request), *args, **kwargs)

    return gate


def _check_role(request: HttpRequest) -> None:
    """Raises PermissionDenied where the role of whoever acts has no right to this address."""
    address = request.resolver_match.url_name if request.resolver_match else None
    if not address_rights.may(_acting(request).actor, address or ""):
        raise PermissionDenied(_("O seu papel na equipe não dá acesso a isto. Peça a quem a administra."))


def _second_factor(request: HttpRequest) -> Answer | None:
    """The way to the page where a second factor is chosen and made, for whose role demands one they do not have."""
    membership = _acting(request).membership
    if membership is None or not second_factor.is_missing(membership):
        return None
    if second_factor.is_the_providers(request.session):
        return None
    if not _only_looks(request):
        return signed_out.refuse(request)
    notices.warning(request, _("O seu papel pede a verificação em duas etapas. Escolha uma para continuar."))
    return redirect("mfa_index")


def _only_looks(request: HttpRequest) -> bool:
    """Whether somebody opens a page, and not a script or a form."""
    return request.method in {"GET", "HEAD"} and not signed_out.asks_in_script(request)


def _acting(request: HttpRequest) -> Any:
    return request
