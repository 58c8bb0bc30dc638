"""Saved replies the demo's people keep, so that `/` finds something."""

from datetime import datetime

from tratativa.accounts import actors
from tratativa.accounts.models import Marketplace, Membership
from tratativa.accounts.people import team as teams
from tratativa.accounts.people.team import Doer
from tratativa.accounts.rights import Right
from tratativa.saved_replies import keeping, shelf
from tratativa.saved_replies.keeping import Writing
from tratativa.saved_replies.models import Reach

OF_A_TEAM = (
    Writing(
        "Primeira resposta", "oi",
        "Olá, {{primeiro nome}}! Recebi a sua mensagem sobre o pedido {{pedido}} e já estou verificando.", Reach.TEAM,
    ),
    Writing(
        "Pedido em rota", "rota",
        "{{primeiro nome}}, o pedido {{pedido}} está com a transportadora {{transportadora}}. "
        "**Rastreio**: {{rastreio}}.",
        Reach.TEAM, tags="atraso",
    ),
)  # fmt: skip
FOR_SELLERS = (
    Writing(
        "Pedido de fotos", "fotos",
        "{{primeiro nome}}, para resolver mais rápido, envie por aqui fotos do produto ({{produto}}) e da embalagem.",
        Reach.SELLERS,
    ),
)  # fmt: skip


def keep(marketplace: Marketplace, *, at: datetime) -> None:
    """Gives each team a few; whoever leads it wrote them, and a team nobody leads has none."""
    places = Membership.objects.filter(marketplace=marketplace, partner=None)
    written = set()
    for place in places.select_related("person", "marketplace", "seller", "partner").order_by("pk"):
        actor = actors.of_membership(place)
        if place.seller_id in written or not actor.may(Right.REPLIES):
            continue
        written.add(place.seller_id)
        for writing in (*OF_A_TEAM, *FOR_SELLERS):
            if writing.reach in shelf.reaches(actor):
                keeping.write(teams.of(place), writing, actor=actor, by=Doer(place.person), at=at)
