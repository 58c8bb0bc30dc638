"""Branding: a marketplace's colour and its picture, which is redrawn here whatever was sent."""

import hashlib
from typing import Any

from django.utils.translation import gettext_lazy as _

from tratativa.accounts.models import Logo, Marketplace
from tratativa.accounts.people.refusals import Refused
from tratativa.bounded import drawing

ACCENTS = (
    ("blue", _("Azul")), ("teal", _("Turquesa")), ("green", _("Verde")), ("amber", _("Âmbar")),
    ("orange", _("Laranja")), ("red", _("Vermelho")), ("pink", _("Rosa")), ("violet", _("Violeta")),
)  # fmt: skip
LARGEST = 5 * 1024 * 1024  # bytes


def read(sent: Any) -> bytes:
    """The picture that was sent, drawn anew and small; nothing where none was. Raises Refused."""
    if not sent:
        return b""
    if sent.size > LARGEST:
        raise Refused(str(_("O logotipo passa de 5 MB.")), "logo")
    try:
        return drawing.preview(sent.read()).data
    except drawing.NotDrawn:
        raise Refused(str(_("Este arquivo não é uma imagem que se possa abrir.")), "logo") from None


def wear(marketplace: Marketplace, picture: bytes) -> None:
    """Shows the picture from now on."""
    Logo.objects.update_or_create(marketplace=marketplace, defaults={"content": picture})
    marketplace.logo = hashlib.sha256(picture).hexdigest()[:16]
    marketplace.save(update_fields=["logo"])
