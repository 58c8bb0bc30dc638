"""The channels a case can come in by, and the stages of an order, as people read them."""

from django.utils.translation import gettext as _

from tratativa.cases.requests import answering_for

OWN = "page"  # nobody came: the team, or the customer's own page, began it


def came() -> list[tuple[str, str]]:
    """The ways an agent can say that a customer came by, the first where none did (K01-11, A-38)."""
    ways = ("phone", "whatsapp", "email", "redes-sociais", "reclame-aqui")
    return [(OWN, _("não entrou: a equipe abre o atendimento")), *((way, label(way)) for way in ways)]


def heard() -> list[tuple[str, str]]:
    """The ways an answer can have come that an agent takes down."""
    return [(way, label(way)) for way in answering_for.WAYS]


def label(channel: str) -> str:
    """The channel's name."""
    names = {
        "page": _("mensagens"),
        "phone": _("telefone"),
        "email": _("e-mail"),
        "whatsapp": "WhatsApp",
        "api": _("integração"),
        "in-person": _("pessoalmente"),
        "reclame-aqui": "Reclame Aqui",
        "redes-sociais": _("redes sociais"),
    }
    return names.get(channel, channel)


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
