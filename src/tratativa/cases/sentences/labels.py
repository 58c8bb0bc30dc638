"""What channels, stages and reasons are called where people read them."""

from django.utils.translation import gettext as _

from tratativa.accounts import documents
from tratativa.accounts.models import Seller
from tratativa.cases.reading import channels
from tratativa.rulebook.language.rulebook import Rulebook


def channel(name: str) -> str:
    """The channel's name."""
    return channels.named(name)


def seller(who: Seller, book: Rulebook) -> str:
    """Who sold, as a consumer is told it: name, registration and address (in Brazil by Dec. 7.962/2013, art. 2)."""
    known = (who.name, documents.with_its_kind(who.document, book.land.documents), who.address)
    return " · ".join(part for part in known if part)


def stage(name: str) -> str:
    """The name of an order's stage."""
    names = {
        "received": _("Recebido"),
        "paid": _("Pago"),
        "invoiced": _("Faturado"),
        "shipped": _("Enviado"),
        "delivered": _("Entregue"),
        "cancelled": _("Cancelado"),
    }
    return names.get(name, name)


def return_stage(name: str) -> str:
    """What a return's stage means for whoever follows it."""
    names = {
        "code_given": _("Código de postagem enviado."),
        "collection": _("Coleta agendada."),
        "posted": _("Produto postado para devolução."),
        "received": _("Devolução confirmada: o produto voltou."),
        "refused": _("Devolução recusada."),
    }
    return names.get(name, name)


def report_reason(name: str) -> str:
    """What a message was denounced for, as the customer chose it."""
    names = {
        "charge": _("Cobrou um valor fora da compra"),
        "contact": _("Quis me levar para outro canal, como WhatsApp"),
        "offence": _("Foi ofensiva ou desrespeitosa"),
        "fraud": _("Parece golpe ou pediu dados que não devia"),
        "other": _("Outro motivo"),
    }
    return names.get(name, name)
