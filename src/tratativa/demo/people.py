"""Who plays in the demo: made-up people, shops and documents."""

from dataclasses import dataclass

from tratativa.accounts.models import Customer, Marketplace, Membership, Partner, Person, Role, Seller

PASSWORD = "aurora-e-tempestade"  # noqa: S105 - the demo's, shown on its page


@dataclass(frozen=True)
class Shop:
    """A seller and its staff: name, e-mail and role of each."""

    name: str
    document: str
    staff: tuple[tuple[str, str, Role], ...]
    delivery: str = "own"


@dataclass(frozen=True)
class Desk:
    """A team that answers a queue: name, queue, e-mail, its people; `document` is the seller's whose queue it is."""

    queue: str
    name: str
    email: str
    staff: tuple[tuple[str, str, Role], ...]
    document: str = ""


SHOPS = (
    Shop(
        "Casa Aurora", "11222333000181",
        (("Ana Lima", "ana@casaaurora.example", Role.AGENT), ("Célia Duarte", "celia@casaaurora.example", Role.ADMIN)),
    ),
    Shop("Tempo Bom Eletro", "11444777000161", (("Rui Barros", "rui@tempobom.example", Role.ADMIN),)),
    Shop("Galpão do Esporte", "45997418000153", (("Dora Nunes", "dora@galpao.example", Role.AGENT),), "marketplace"),
)  # fmt: skip

TEAM = (
    ("Marta Queiroz", "marta@americanas.example", Role.MEDIATOR),
    ("Otávio Sá", "otavio@americanas.example", Role.ADMIN),
)

BUYERS = (
    ("Joana Prado", "52998224725"),
    ("Caio Bezerra", "11144477735"),
    ("Lúcia Ferraz", "39053344705"),
    ("Igor Moraes", "86288366757"),
    ("Tereza Cunha", "71428793860"),
    ("Bento Salgado", "15350946056"),
)


def hire(
    marketplace: Marketplace,
    seller: Seller | None,
    name: str,
    email: str,
    role: Role,
    *,
    partner: Partner | None = None,
) -> Membership:
    """A member of staff, made once."""
    person = Person.objects.filter(email=email).first()
    if person is None:
        person = Person.objects.create_user(email=email, password=PASSWORD, name=name)
    membership, _made = Membership.objects.get_or_create(
        person=person, marketplace=marketplace, seller=seller, partner=partner, defaults={"role": role}
    )
    return membership


def open_desk(marketplace: Marketplace, desk: Desk) -> Partner:
    """A partner with its people."""
    seller = Seller.objects.get(marketplace=marketplace, document=desk.document) if desk.document else None
    partner, _made = Partner.objects.get_or_create(
        marketplace=marketplace, queue=desk.queue, seller=seller, defaults={"name": desk.name, "email": desk.email}
    )
    for name, email, role in desk.staff:
        hire(marketplace, None, name, email, role, partner=partner)
    return partner


def open_shop(marketplace: Marketplace, shop: Shop) -> Seller:
    """A seller with its staff."""
    seller, _made = Seller.objects.get_or_create(
        marketplace=marketplace, document=shop.document, defaults={"name": shop.name, "delivery": shop.delivery}
    )
    for name, email, role in shop.staff:
        hire(marketplace, seller, name, email, role)
    return seller


def register(marketplace: Marketplace, name: str, document: str) -> Customer:
    """A customer with an e-mail of the demo's."""
    first = name.split()[0].lower().replace("ú", "u")
    customer, _made = Customer.objects.get_or_create(
        marketplace=marketplace, document=document,
        defaults={"name": name, "email": f"{first}@cliente.example", "phone": "+55 11 99999-0000"},
    )  # fmt: skip
    return customer
