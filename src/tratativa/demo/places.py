"""The demo's marketplaces: each with its rulebook, its accent, its shops, its team and its stories."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tratativa.accounts.models import Role
from tratativa.demo import agora, people
from tratativa.demo.people import Desk, Shop
from tratativa.demo.stories import Story, americanas, casas_bahia, compra_agora, madeiramadeira, troque_e_devolva
from tratativa.orders.models import Order

Staff = tuple[str, str, Role]


@dataclass(frozen=True)
class Place:
    """One marketplace. `first_order` begins its order numbers, `orders` is how many there are, of which the first
    `main` belong to its first shop; `daily` fills that shop's day with small talk. Where `tells` is given, customers
    and orders are what it takes in, in its order. `desks` answer queues, `tries` says what to try."""

    rulebook: str
    name: str
    accent: str
    shops: tuple[Shop, ...]
    team: tuple[Staff, ...]
    stories: tuple[Story, ...]
    first_order: int
    orders: int = 14
    main: int = 14
    daily: bool = False
    desks: tuple[Desk, ...] = ()
    tells: Callable[..., list[Order]] | None = None
    tries: tuple[Promise, ...] = ()


PINE = Shop(
    "Marcenaria Pinheiro", "60746948000112",
    (("Gil Pinheiro", "gil@pinheiro.example", Role.ADMIN), ("Nara Melo", "nara@pinheiro.example", Role.AGENT)),
)  # fmt: skip
ALLIANCE = Shop("Distribuidora Aliança", "83816205000177", ())
RIVER = Shop("Atacado Rio Doce", "19406772000156", ())
DESKS = (
    Desk(
        "distribuidor", "Distribuidora Aliança", "sac@alianca.example",
        (("Vera Aliança", "vera@alianca.example", Role.AGENT),), ALLIANCE.document,
    ),
    Desk(
        "distribuidor", "Atacado Rio Doce", "sac@riodoce.example",
        (("Nilo Rio Doce", "nilo@riodoce.example", Role.AGENT),), RIVER.document,
    ),
    Desk(
        "trademaster", "Trademaster", "credito@trademaster.example",
        (("Tadeu Mestre", "tadeu@trademaster.example", Role.AGENT),),
    ),
    Desk("ka", "KA", "suporte@ka.example", (("Kátia Alves", "katia@ka.example", Role.AGENT),)),
    Desk(
        "financeiro", "Financeiro", "financeiro@compraagora.example",
        (("Flora Neves", "flora@compraagora.example", Role.AGENT),),
    ),
)  # fmt: skip
TRIES = (
    _("Como Iara: faça a terceira ligação da ruptura do Mercadinho Flor de Maio; a mesa diz quando ela conta."),
    _("Como Iara: no chamado de endereço da Padaria Sol da Serra, consulte a Receita e veja o roteiro seguir sozinho."),
    _("Como Flora, do Financeiro: leia a conta da Adega Rio Claro, confirme o pagamento, e os dados da conta somem."),
    _("Como Tadeu, da Trademaster: responda ao pedido de crédito; o chamado volta para quem o atende."),
    _("Como Iara: no chamado de status do Flor de Maio Centro, veja onde o cadastro parou e empurre a etapa."),
)
VERTEX = Shop("Vértice Calçados", "33000167000101", ())

PLACES = (
    Place(
        "americanas", "Americanas", "red", people.SHOPS, people.TEAM, americanas.STORIES,
        first_order=830_100, orders=42, main=30, daily=True,
    ),
    Place(
        "casas-bahia", "Casas Bahia", "blue", people.SHOPS[:1],
        (
            ("Ivo Prates", "ivo@casasbahia.example", Role.MEDIATOR),
            ("Sônia Leme", "sonia@casasbahia.example", Role.ADMIN),
        ),
        casas_bahia.STORIES, first_order=510_200,
    ),
    Place(
        "madeiramadeira", "MadeiraMadeira", "orange", (PINE,),
        (
            ("Lia Torres", "lia@madeiramadeira.example", Role.MEDIATOR),
            ("Rafael Moura", "rafael@madeiramadeira.example", Role.ADMIN),
        ),
        madeiramadeira.STORIES, first_order=270_400,
    ),
    Place(
        "troque-e-devolva", "Vértice Calçados", "teal", (VERTEX,),
        (("Bia Rocha", "bia@vertice.example", Role.MEDIATOR), ("Davi Leal", "davi@vertice.example", Role.ADMIN)),
        troque_e_devolva.STORIES, first_order=90_300,
    ),
    Place(
        "compra-agora", "Compra Agora", "green", (ALLIANCE, RIVER),
        (
            ("Iara Campos", "iara@compraagora.example", Role.MEDIATOR),
            ("Jonas Prado", "jonas@compraagora.example", Role.MEDIATOR),
            ("Olga Reis", "olga@compraagora.example", Role.ADMIN),
        ),
        compra_agora.STORIES, first_order=0, desks=DESKS, tells=agora.tell, tries=TRIES,
    ),
)  # fmt: skip
