"""The company: what it is called, where its customers find it, what it looks like, its clock, tongue and money."""

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import available_timezones

from babel.core import get_global
from babel.numbers import get_territory_currencies
from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from tratativa.accounts.models import Marketplace
from tratativa.accounts.people.refusals import Refused
from tratativa.founding import beginnings, branding, companies, first_run
from tratativa.web.first_run.entrance import SetupRequest
from tratativa.web.first_run.step import GOES_ON, Answer
from tratativa.web.forms.plain_fields import Field

# What is tendered somewhere today, and what is where the desk's own language is spoken.
CURRENCIES = tuple(
    sorted({code for land in get_global("territory_currencies") for code in get_territory_currencies(land)})
)
USUAL = get_territory_currencies(to_locale(settings.LANGUAGE_CODE).rpartition("_")[2])[0]
_NAMES = ("name", "slug", "accent", "zone", "language", "currency")


def get(request: SetupRequest) -> Answer:
    """What is known of it."""
    return _page(_known(request.company), {})


def post(request: SetupRequest) -> Answer:
    """Keeps it; before there are rules and people the name in addresses may still change."""
    given = {name: request.POST.get(name, "")[:200] for name in _NAMES}
    try:
        _check(given)
        picture = branding.read(request.FILES.get("logo"))
        with transaction.atomic():
            place = _keep(request, given, picture)
            beginnings.say(place, zone=given["zone"], currency=given["currency"])
    except Refused as no:
        return _page(given, {no.field: str(no)}, status=422)
    return GOES_ON


def _keep(request: SetupRequest, given: Mapping[str, str], picture: bytes) -> Marketplace:
    slug, name = companies.slug_of(given["slug"] or companies.suggest(given["name"])), companies.name_of(given["name"])
    there = beginnings.current_in_turn()
    if request.company and not first_run.is_open():
        slug = request.company.slug  # letters and links have it by now
    place = beginnings.locked(request.company or there) or companies.found(slug, name, by=request.doer)[0]
    worn = replace(branding.of(place), name=name, accent=given["accent"])
    branding.change(place, worn, picture=picture, by=request.doer)
    place = companies.speak(place, given["language"], by=request.doer)
    place = companies.rename(place, slug, name, by=request.doer)
    beginnings.begin(place)
    return place


def _check(given: Mapping[str, str]) -> None:
    companies.name_of(given["name"])
    if given["accent"] not in dict(branding.ACCENTS):
        raise Refused(_("Escolha uma cor."), "accent")
    if given["zone"] not in available_timezones():
        raise Refused(_("Escolha um fuso da lista."), "zone")
    if given["currency"] not in CURRENCIES:
        raise Refused(_("Escolha uma moeda da lista."), "currency")


def _known(place: Marketplace | None) -> dict[str, str]:
    if place is None:
        return {"accent": "blue", "zone": "America/Sao_Paulo", "language": "pt-br", "currency": USUAL}
    said = place.beginning or {}
    return {
        "name": place.name, "slug": place.slug, "accent": place.accent, "language": place.language or "pt-br",
        "zone": said.get("zone", "America/Sao_Paulo"), "currency": said.get("currency", USUAL),
    }  # fmt: skip


def _page(given: Mapping[str, str] | QueryDict, errors: Mapping[str, str], *, status: int = 200) -> Answer:
    value, wrong = given.get, errors.get
    zones = tuple((zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone)
    languages = tuple((code, str(name), "") for code, name in settings.LANGUAGES)
    fields = [
        Field("name", _("Nome da empresa"), value("name", ""), wrong("name", ""), autocomplete="organization"),
        Field("slug", _("Nome nos endereços"), value("slug", ""), wrong("slug", ""), required=False,
              help=_("A porta dos clientes será /my/nome/. Vazio, vem do nome da empresa.")),
        Field("accent", _("Cor"), value("accent", ""), wrong("accent", ""), type="choice",
              options=tuple((code, str(name), "") for code, name in branding.ACCENTS)),
        Field("logo", _("Logotipo"), "", wrong("logo", ""), type="file", required=False,
              help=_("PNG, JPEG ou WebP; fica quadrado, pequeno, ao lado do nome.")),
        Field("zone", _("Fuso horário"), value("zone", ""), wrong("zone", ""), type="person", choices=zones,
              help=_("Os prazos e o horário de atendimento são contados nele.")),
        Field("language", _("Língua"), value("language", ""), wrong("language", ""), type="choice", options=languages,
              help=_("De quem não escolheu outra.")),
        Field("currency", _("Moeda"), value("currency", ""), wrong("currency", ""), type="person",
              choices=tuple((code, code) for code in CURRENCIES)),
    ]  # fmt: skip
    return Answer({"fields": fields}, status)
