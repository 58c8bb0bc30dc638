"""Channels: by which ways a case may come in, and what they are called."""

from django.utils.translation import gettext as _


def all_named() -> dict[str, str]:
    """The ways the desk knows, each with its name."""
    return {
        "page": _("mensagens"),
        "phone": _("telefone"),
        "email": _("e-mail"),
        "whatsapp": "WhatsApp",
        "api": _("integração"),
        "in-person": _("pessoalmente"),
        "reclame-aqui": "Reclame Aqui",
        "redes-sociais": _("redes sociais"),
    }


def named(name: str) -> str:
    """The channel's name; a way nobody named is called as it is written."""
    return all_named().get(name, name)
