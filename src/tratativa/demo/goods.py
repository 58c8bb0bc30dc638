"""What was bought in the demo: orders with products, prices and carriers."""

from datetime import datetime, timedelta

from tratativa.accounts.models import Customer, Marketplace, Seller
from tratativa.orders.models import Line, Order

# title, price in cents, stage, days since it was ordered
GOODS = (
    ("Luminária de piso Arco, preta", 28990, "shipped", 9),
    ("Cafeteira elétrica 30 xícaras", 18990, "delivered", 7),
    ("Kit 3 nichos de madeira", 14990, "delivered", 10),
    ("Tapete felpudo 2,00 x 2,50 m, cinza", 34990, "delivered", 12),
    ("Ventilador de mesa 40 cm", 15990, "paid", 12),
    ("Espelho redondo 60 cm", 12990, "delivered", 20),
    ("Cadeira de escritório ergonômica", 74990, "delivered", 6),
    ("Jogo de lençóis queen, 4 peças", 19990, "delivered", 8),
    ("Estante industrial 5 prateleiras", 45990, "shipped", 4),
    ("Mesa lateral pé palito", 16990, "invoiced", 3),
    ("Fritadeira sem óleo 4 L", 39990, "delivered", 11),
    ("Cortina blackout 2,60 m", 11990, "delivered", 5),
    ("Sofá-cama casal, linho", 129990, "shipped", 6),
    ("Aparador com espelho", 52990, "received", 0),
)


def sell(marketplace: Marketplace, seller: Seller, buyer: Customer, number: str, index: int, *, now: datetime) -> Order:
    """One order of one product, as old as its goods say."""
    title, price, stage, days = GOODS[index % len(GOODS)]
    ordered_at = now - timedelta(days=days, hours=index % 7)
    order, made = Order.objects.get_or_create(
        marketplace=marketplace, number=number,
        defaults={
            "seller": seller, "customer": buyer, "stage": stage, "total_cents": price,
            "payment_method": ("pix", "cartao", "boleto_antecipado")[index % 3],
            "ordered_at": ordered_at, "promised_at": (ordered_at + timedelta(days=7)).date(),
            "delivered_at": ordered_at + timedelta(days=4) if stage == "delivered" else None,
            "external_id": f"AUR-{70000 + index}", "platform": ("site", "app")[index % 2],
            "carrier": "Correios" if index % 3 else "Transportadora Rápida",
            "tracking": f"BR{900000000 + index}BR", "invoice": f"NF-e {12000 + index}",
            "address": "Rua das Acácias, 120, São Paulo, SP",
        },
    )  # fmt: skip
    if made:
        Line.objects.create(order=order, sku=f"SKU-{1000 + index}", title=title, quantity=1, price_cents=price)
    return order
