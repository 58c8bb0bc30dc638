"""The demo's marketplaces: each with its rulebook, its accent, its shops, its team and its stories."""

from dataclasses import dataclass

from tratativa.accounts.models import Role
from tratativa.demo import people
from tratativa.demo.people import Shop
from tratativa.demo.stories import Story, americanas, casas_bahia, madeiramadeira, troque_e_devolva

Staff = tuple[str, str, Role]


@dataclass(frozen=True)
class Place:
    """One marketplace. `first_order` begins its order numbers, `orders` is how many there are, of which the first
    `main` belong to its first shop; `daily` fills that shop's day with small talk."""

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


PINE = Shop(
    "Marcenaria Pinheiro", "60746948000112",
    (("Gil Pinheiro", "gil@pinheiro.example", Role.ADMIN), ("Nara Melo", "nara@pinheiro.example", Role.AGENT)),
)  # fmt: skip
VERTEX = Shop("Vértice Calçados", "33000167000101", ())

PLACES = (
    Place(
        "americanas", "Americanas", "red", people.SHOPS, people.TEAM, americanas.STORIES,
        first_order=830_100, orders=42, main=30, daily=True,
    ),
    Place(
        "casas-bahia", "Casas Bahia", "blue", people.SHOPS[:1],
        (("Ivo Prates", "ivo@casasbahia.example", Role.AGENT), ("Sônia Leme", "sonia@casasbahia.example", Role.ADMIN)),
        casas_bahia.STORIES, first_order=510_200,
    ),
    Place(
        "madeiramadeira", "MadeiraMadeira", "orange", (PINE,),
        (
            ("Lia Torres", "lia@madeiramadeira.example", Role.AGENT),
            ("Rafael Moura", "rafael@madeiramadeira.example", Role.ADMIN),
        ),
        madeiramadeira.STORIES, first_order=270_400,
    ),
    Place(
        "troque-e-devolva", "Vértice Calçados", "teal", (VERTEX,),
        (("Bia Rocha", "bia@vertice.example", Role.AGENT), ("Davi Leal", "davi@vertice.example", Role.ADMIN)),
        troque_e_devolva.STORIES, first_order=90_300,
    ),
)  # fmt: skip
