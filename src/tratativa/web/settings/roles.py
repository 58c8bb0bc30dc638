"""Papéis: the table of rights as the gates ask it, and which roles may not work without a second factor."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts import rights
from tratativa.accounts.access import second_factor
from tratativa.accounts.people import guarding
from tratativa.accounts.rights import Right
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame.gates import StaffRequest, member
from tratativa.web.settings.own_team import doer, team


@require_http_methods(["GET", "POST"])
@member
def roles(request: StaffRequest) -> HttpResponse:
    """The table; with the marketplace's form, who needs a second factor."""
    shown = _parties(request)
    if request.method == "POST":
        if not request.actor.may(Right.SETTINGS):
            notices.error(request, _("Quem administra o marketplace diz quem precisa de duas etapas."))
            return redirect("roles")
        known = [second_factor.key(party, role) for party in shown for role in rights.ROLES[party]]
        chosen = [key for key in known if key in request.POST.getlist("demanded")]
        if guarding.demand_second_factor(request.membership, chosen, by=doer(request)):
            notices.success(request, _("Guardado. Quem ainda não tem duas etapas é levado a ativá-las."))
        return redirect("roles")
    demanded = request.marketplace.two_factor_roles
    tables = [_table(party, demanded) for party in shown]
    return render(request, "settings/roles.html", {"team": team(request), "tables": tables})


def _parties(request: StaffRequest) -> list[Party]:
    """The marketplace's people see every team's roles, others their own."""
    own = request.actor.party
    return [Party.MARKETPLACE, Party.SELLER, Party.PARTNER] if own is Party.MARKETPLACE else [own]


def _table(party: Party, demanded: list[str]) -> dict[str, Any]:
    titles = {
        Party.MARKETPLACE: _("Equipe do marketplace"), Party.SELLER: _("Equipes dos lojistas"),
        Party.PARTNER: _("Equipes dos parceiros"),
    }  # fmt: skip
    columns = rights.ROLES[party]
    return {
        "title": titles[party],
        "columns": [
            {"label": role.label, "key": second_factor.key(party, role),
             "demanded": second_factor.key(party, role) in demanded}
            for role in columns
        ],
        "rows": [
            {"sentence": rights.SENTENCES[right], "has": [rights.may(party, role, right) for role in columns]}
            for right in Right if any(rights.may(party, role, right) for role in columns)
        ],
    }  # fmt: skip
