"""Companies: a marketplace is made with the rules it begins under; one that is there stays as it is."""

import re
import unicodedata

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.models import Marketplace, Membership, Seller
from tratativa.accounts.people import telling
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.core import once

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?")
# Each is a first part of an address of the customers' pages already.
_TAKEN = frozenset({"cases", "enter", "files", "leave", "link", "orders"})


def slug_of(raw: str) -> str:
    """The name a marketplace has in addresses. Raises Refused."""
    cleaned = text.line(raw).lower()
    if not _SLUG.fullmatch(cleaned) or cleaned in _TAKEN:
        raise Refused(
            _("«%(slug)s» não serve de endereço: até 48 letras sem acento, algarismos e hífens, como loja-exemplo.")
            % {"slug": cleaned[:60]},
            "slug",
        )
    return cleaned


def name_of(raw: str) -> str:
    """What a marketplace is called. Raises Refused."""
    cleaned = text.line(raw)
    if not cleaned or len(cleaned) > 120:
        raise Refused(_("Diga o nome da empresa, com até 120 letras."), "name")
    return cleaned


@transaction.atomic
def found(slug: str, name: str, *, by: Doer) -> tuple[Marketplace, bool]:
    """The marketplace of this slug, and whether it was made now. Raises Refused where one has it by another name."""
    slug, name = slug_of(slug), name_of(name)
    there, made = once.locked(Marketplace, {"slug": slug}, {"name": name, "rulebook": ""})
    if there.name != name:
        raise Refused(
            _("«%(slug)s» já existe e se chama «%(name)s».") % {"slug": slug, "name": there.name},
            "slug",
        )
    if made:
        telling.tell(Team(there), telling.FOUNDED, by=by, about=name)
    return there, made


def suggest(name: str) -> str:
    """A name for addresses made of the company's."""
    plain = unicodedata.normalize("NFKD", text.line(name)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-")


@transaction.atomic
def rename(marketplace: Marketplace, slug: str, name: str, *, by: Doer) -> Marketplace:
    """Calls it otherwise, while it is being set up. Raises Refused where another has the name in addresses.

    Of two who take the same name at once one is told so: the index decides, not a look before.
    """
    locked = Marketplace.objects.select_for_update().get(pk=marketplace.pk)
    before, locked.slug, locked.name = locked.slug, slug, name
    try:
        with transaction.atomic():
            locked.save(update_fields=["slug", "name"])
    except IntegrityError:
        raise Refused(_("«%(slug)s» já é de outro marketplace.") % {"slug": slug}, "slug") from None
    if before != slug:
        telling.tell(Team(locked), telling.READDRESSED, by=by, before={"address": before}, after={"address": slug})
    return locked


@transaction.atomic
def speak(marketplace: Marketplace, language: str, *, by: Doer) -> Marketplace:
    """Speaks this language, by its code, to whoever has chosen none. Raises Refused for one the desk does not speak."""
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Escolha uma língua."), "language")
    locked = Marketplace.objects.select_for_update().get(pk=marketplace.pk)
    before, locked.language = locked.language, language
    locked.save(update_fields=["language"])
    if before != language:
        was, is_ = ({"language": str(dict(settings.LANGUAGES).get(one, ""))} for one in (before, language))
        telling.tell(Team(locked), telling.SPOKEN, by=by, before=was, after=is_)
    return locked


@transaction.atomic
def add_seller(
    marketplace: Marketplace, document: str, name: str, *, address: str = "", by: Doer
) -> tuple[Seller, bool]:
    """The seller with this document, checked and plain, and whether it was made now. An address that is given becomes
    its address. Raises Refused."""
    cleaned = text.line(name)
    if not cleaned or len(cleaned) > 160:
        raise Refused(_("Diga o nome do lojista, com até 160 letras."), "name")
    seller, made = Seller.objects.get_or_create(marketplace=marketplace, document=document, defaults={"name": cleaned})
    if made:
        telling.tell(Team(marketplace, seller), telling.SELLER_ADDED, by=by, about=cleaned)
    if address:
        move_seller(seller, address, by=by)
    return seller, made


@transaction.atomic
def move_seller(seller: Seller, address: str, *, by: Doer) -> bool:
    """Gives a seller the address consumers are told (L-19); whether it was another. Raises Refused."""
    cleaned = text.line(address)
    if len(cleaned) > 300:
        raise Refused(_("O endereço tem até 300 letras."), "address")
    locked = Seller.objects.select_for_update(of=("self",)).select_related("marketplace").get(pk=seller.pk)
    before, locked.address = locked.address, cleaned
    if before == cleaned:
        return False
    locked.save(update_fields=["address"])
    seller.address = cleaned
    telling.tell(
        Team(locked.marketplace, locked), telling.SELLER_MOVED, by=by, about=locked.name,
        before={"address": before}, after={"address": cleaned},
    )  # fmt: skip
    return True


def has_people() -> bool:
    """Whether anybody belongs to a marketplace's team: before that there is nobody to sign in."""
    return Membership.objects.filter(seller=None, partner=None).exists()


def has_administrator() -> bool:
    """Whether somebody administers a marketplace."""
    return Membership.objects.filter(seller=None, partner=None, role="admin", person__is_active=True).exists()
