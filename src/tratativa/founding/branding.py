"""Branding: a marketplace's name, colour and words, and its picture, which is redrawn here whatever was sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tratativa.accounts import audit, text
from tratativa.accounts.models import Logo, Marketplace
from tratativa.accounts.people import telling
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.bounded import drawing
from tratativa.founding import companies

ACCENTS = (
    ("blue", _("Azul")), ("teal", _("Turquesa")), ("green", _("Verde")), ("amber", _("Âmbar")),
    ("orange", _("Laranja")), ("red", _("Vermelho")), ("pink", _("Rosa")), ("violet", _("Violeta")),
)  # fmt: skip
LARGEST = 5 * 1024 * 1024  # bytes
WORDS = 600  # letters of the door's text, and of the letters' footer
CHANGED = audit.register(
    "marketplace.brand_changed", _("Mudou a marca"),
    {"name": _("Nome"), "accent": _("Cor"), "logo": _("Logotipo"), "door_text": _("Texto da porta dos clientes"),
     "letter_footer": _("Rodapé das cartas")},
)  # fmt: skip


@dataclass(frozen=True)
class Brand:
    """What a marketplace wears; `logo` names its picture by content."""

    name: str
    accent: str
    door_text: str = ""
    letter_footer: str = ""
    logo: str = ""


def of(marketplace: Marketplace) -> Brand:
    """What it wears now."""
    return Brand(
        marketplace.name, marketplace.accent, marketplace.door_text, marketplace.letter_footer, marketplace.logo
    )


@transaction.atomic
def change(marketplace: Marketplace, given: Brand, *, picture: bytes = b"", bare: bool = False, by: Doer) -> bool:
    """Wears this from now on, with a new `picture` where there is one, without any where `bare`; whether it differs.

    `given.logo` counts for nothing. Raises Refused.
    """
    tidy = _clean(given)
    locked = Marketplace.objects.select_for_update().get(pk=marketplace.pk)
    before = of(locked)
    locked.name, locked.accent = tidy.name, tidy.accent
    locked.door_text, locked.letter_footer = tidy.door_text, tidy.letter_footer
    locked.save(update_fields=["name", "accent", "door_text", "letter_footer"])
    if picture:
        wear(locked, picture)
    elif bare and locked.logo:
        _undress(locked)
    was, became = _told(locked, before), _told(locked, of(locked))
    names = [name for name in became if was[name] != became[name]]
    if names:
        old, new = ({name: side[name] for name in names} for side in (was, became))
        telling.tell(Team(locked), CHANGED, by=by, before=old, after=new)
    return bool(names)


def _clean(given: Brand) -> Brand:
    if given.accent not in dict(ACCENTS):
        raise Refused(str(_("Escolha uma cor.")), "accent")
    words = {name: text.paragraph(getattr(given, name)) for name in ("door_text", "letter_footer")}
    for name, said in words.items():
        if len(said) > WORDS:
            raise Refused(str(_("O texto passa de %(most)d letras.") % {"most": WORDS}), name)
    return Brand(companies.name_of(given.name), given.accent, **words)


def _told(marketplace: Marketplace, brand: Brand) -> Mapping[str, str]:
    """As the log says it: the colour called as the company calls it."""
    with translation.override(marketplace.language or settings.LANGUAGE_CODE):
        return asdict(brand) | {"accent": str(dict(ACCENTS).get(brand.accent, brand.accent))}


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


def _undress(marketplace: Marketplace) -> None:
    Logo.objects.filter(marketplace=marketplace).delete()
    marketplace.logo = ""
    marketplace.save(update_fields=["logo"])
