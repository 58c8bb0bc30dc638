"""Telling: what is done to people, their rights and their team, on the audit log."""

from django.conf import settings
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tratativa.accounts import audit
from tratativa.accounts.audit.recording import Values
from tratativa.accounts.models import Membership, Person, Role
from tratativa.accounts.people.team import Doer, Team, of
from tratativa.rulebook.terms.parties import Party

_ROLE = {"role": _("Papel"), "cases_to": _("Atendimentos para"), "roles": _("Papéis")}

# A role of a team, as `access.second_factor.key` writes it.
_TEAMS = {Party.MARKETPLACE: _("na equipe"), Party.SELLER: _("nos lojistas"), Party.PARTNER: _("nos parceiros")}
_ROLES = {
    "role": {str(role): role.label for role in Role},
    "roles": {
        f"{party}:{role}": format_lazy("{role} {where}", role=role.label, where=where)
        for party, where in _TEAMS.items()
        for role in Role
    },
}

INVITED = audit.register("people.invited", _("Convidou uma pessoa"), _ROLE, _ROLES)
INVITED_AGAIN = audit.register("people.invited_again", _("Mandou um convite de novo"))
WITHDRAWN = audit.register("people.invitation_withdrawn", _("Retirou um convite"))
JOINED = audit.register("people.joined", _("Entrou na equipe"), _ROLE, _ROLES)
ROLE_CHANGED = audit.register("people.role_changed", _("Mudou o papel de uma pessoa"), _ROLE, _ROLES)
LEFT = audit.register("people.left", _("Desativou uma pessoa"), _ROLE, _ROLES)
FACTOR_RESET = audit.register("people.second_factor_reset", _("Tirou a verificação em duas etapas de uma pessoa"))
REGAINED = audit.register("people.password_by_letter", _("Definiu uma senha nova por carta"))
SIGNED_OUT = audit.register("people.signed_out", _("Encerrou as sessões de uma pessoa"))
FACTOR_DEMANDED = audit.register("people.second_factor_demanded", _("Mudou quem precisa de duas etapas"), _ROLE, _ROLES)
FOUNDED = audit.register("marketplace.founded", _("Criou o marketplace"))
READDRESSED = audit.register(
    "marketplace.address_changed", _("Mudou o nome nos endereços"), {"address": _("Endereço")}
)  # fmt: skip
SPOKEN = audit.register("marketplace.language_changed", _("Mudou a língua"), {"language": _("Língua")})
SELLER_ADDED = audit.register("seller.added", _("Criou um lojista"))
SELLER_MOVED = audit.register("seller.moved", _("Mudou o endereço de um lojista"), {"address": _("Endereço")})
PUBLISHED = audit.register(
    "rulebook.published",
    _("Publicou as regras"),
    {"version": _("Impressão digital das regras"), "from": _("Vale desde"), "second": _("Segunda pessoa")},
)


def tell(
    team: Team,
    what: str,
    *,
    by: Doer,
    about: str = "",
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """One line about this team, in the transaction of what it tells. Raises as `audit.record`."""
    audit.record(
        team.marketplace, what=what, who=by.person, by_command="" if by.person else by.command, whence=by.whence,
        about=about, before=_spoken(team, before), after=_spoken(team, after), organisation=team.organisation,
    )  # fmt: skip


def tell_everywhere(person: Person, what: str, *, whence: str, **values: Values) -> None:
    """A line for each team the person belongs to, of what they did to their own account: each reads its own log."""
    places = Membership.objects.select_related("marketplace", "seller", "partner").filter(person=person)
    for place in places.order_by("pk"):
        tell(of(place), what, by=Doer(person, whence), about=person.email, **values)


def _spoken(team: Team, values: Values | None) -> Values:
    """With a role called as the company calls it: the log is read for years, and codes are nobody's words."""
    said = dict(values or {})
    if "role" in said and said["role"] in Role.values:
        with translation.override(team.marketplace.language or settings.LANGUAGE_CODE):
            said["role"] = str(Role(str(said["role"])).label)
    return said
