"""`de:` and `responsavel:`: who opened a case, whose it is, and who of the team sees to it."""

from collections.abc import Sequence

from django.db.models import F, Func, Q, TextField, Value
from django.utils.translation import gettext as _

from tratativa.accounts import teams
from tratativa.cases.core import visibility
from tratativa.cases.reading import filters, finding
from tratativa.cases.reading.operators.asked import Asking
from tratativa.cases.reading.operators.choosing import Choice, Unclear, choose
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party

_KNOWN_AS = {
    Party.CUSTOMER: ("cliente", "consumidor", "customer", "buyer"),
    Party.SELLER: ("vendedor", "lojista", "loja", "parceiro", "seller"),
    Party.MARKETPLACE: ("marketplace", "equipe", "team"),
}


def parties(asking: Asking) -> Sequence[Choice]:
    """The parties that open cases, by what the rulebook calls them."""
    return [
        Choice(str(party), asking.book.parties[party], also)
        for party, also in _KNOWN_AS.items()
        if party in asking.book.parties
    ]


def opened_by(asking: Asking, value: str) -> Q:
    """Cases a party opened, where the value is a party's name; else those of a customer or seller of this name."""
    party = [one.key for one in parties(asking) if slug(value) in one.names]
    if party:
        return Q(origin__in=party)
    return of_customer(asking, value) | of_seller(asking, value)


def of_customer(asking: Asking, value: str) -> Q:
    """Cases of customers found by this name, document, e-mail or telephone."""
    return Q(customer__in=finding.customers_of(asking.actor, _typed(value)))


def of_seller(asking: Asking, value: str) -> Q:
    """Cases of sellers with these words in their name, for whoever may choose among sellers."""
    folded = Func(F("name"), function="folded", output_field=TextField())
    words = [Func(Value(word), function="folded", output_field=TextField()) for word in value.split()]
    sellers = visibility.visible_sellers(asking.actor).annotate(folded=folded)
    for word in words:
        sellers = sellers.filter(folded__contains=word)
    found = list(sellers.values_list("pk", flat=True)[: finding.MOST]) if words else []
    return Q(seller__in=found)


def responsible(asking: Asking) -> Sequence[Choice]:
    """Oneself, nobody, and everybody of one's team."""
    return (
        Choice("me", _("eu"), ("eu", "me", "mim", "meu", "meus", "mine")),
        Choice("nobody", _("ninguém"), ("ninguem", "sem", "nobody", "none", "sem-responsavel")),
        *(Choice(str(one.id), one.name) for one in teams.others(asking.actor)),
    )


def assigned_to(asking: Asking, value: str) -> Q:
    """Cases somebody of one's own team is responsible for. Raises Unclear."""
    own = [Choice("me", asking.actor.name)] if slug(value) and slug(asking.actor.name).startswith(slug(value)) else []
    keys = choose(value, [*responsible(asking), *own])
    wanted = Q()
    for key in keys:
        wanted |= filters.assigned(key, asking.actor)
    return wanted


def _typed(value: str) -> finding.Typed:
    typed = finding.read(value)
    if not typed:
        raise Unclear(_("«%(value)s» é pouco para procurar alguém: escreva mais letras do nome.") % {"value": value})
    return typed
