"""The ways an agent can say that somebody came, or answered."""

from django.utils.translation import gettext as _

from tratativa.cases.requests import answering_for
from tratativa.cases.sentences import labels

OWN = "page"  # nobody came: the team, or the customer's own page, began it


def came() -> list[tuple[str, str]]:
    """The ways an agent can say that a customer came by, the first where none did (K01-11, A-38)."""
    ways = ("phone", "whatsapp", "email", "redes-sociais", "reclame-aqui")
    return [(OWN, _("não entrou: a equipe abre o atendimento")), *((way, labels.channel(way)) for way in ways)]


def heard() -> list[tuple[str, str]]:
    """The ways an answer can have come that an agent takes down."""
    return [(way, labels.channel(way)) for way in answering_for.WAYS]
