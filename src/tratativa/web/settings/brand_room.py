"""Marca: what the marketplace is called and looks like, and its own words to customers."""

from collections.abc import Mapping

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts.people.refusals import Refused
from tratativa.founding import branding
from tratativa.founding.branding import Brand
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.own_team import doer

_LONGEST = 2000  # letters taken from the form; what is too long is told


@require_http_methods(["GET", "POST"])
@administration
def brand(request: StaffRequest) -> HttpResponse:
    """What it wears; with the form, what it wears from now on."""
    if request.method == "GET":
        return _page(request, branding.of(request.marketplace), {})
    names = ("name", "accent", "door_text", "letter_footer")
    given = Brand(**{name: request.POST.get(name, "")[:_LONGEST] for name in names})
    try:
        picture = branding.read(request.FILES.get("logo"))
        bare = request.POST.get("bare") == "yes"
        changed = branding.change(request.marketplace, given, picture=picture, bare=bare, by=doer(request))
    except Refused as no:
        return _page(request, given, {no.field: str(no)}, status=422)
    if changed:
        notices.success(request, _("A marca foi guardada: as páginas e as próximas cartas já a usam."))
    return redirect("brand")


def _page(request: StaffRequest, given: Brand, errors: Mapping[str, str], *, status: int = 200) -> HttpResponse:
    place, wrong = request.marketplace, errors.get
    context = {
        "fields": [
            Field("name", _("Nome"), given.name, wrong("name", ""), autocomplete="organization"),
            Field("accent", _("Cor"), given.accent, wrong("accent", ""), type="choice",
                  options=tuple((code, str(name), "") for code, name in branding.ACCENTS),
                  help=_("Com qualquer delas o texto se lê, no claro e no escuro.")),
        ],
        "logo": Field("logo", _("Logotipo"), "", wrong("logo", ""), type="file", required=False,
                      help=_("PNG, JPEG ou WebP; fica quadrado, pequeno, ao lado do nome.")),
        "bare": Field("bare", _("Ficar sem logotipo"), "", type="tick") if place.logo else None,
        "picture": reverse("logo", args=[place.slug, place.logo]) if place.logo else "",
        "words": [
            Field("door_text", _("Texto da porta dos clientes"), given.door_text, wrong("door_text", ""),
                  type="long_text", required=False,
                  help=_("Lido por quem chega para acompanhar uma compra, antes de se identificar.")),
            Field("letter_footer", _("Rodapé das cartas"), given.letter_footer, wrong("letter_footer", ""),
                  type="long_text", required=False,
                  help=_("No fim das cartas aos clientes: quem é a empresa, onde fica, como é encontrada.")),
        ],
        "door": reverse("customer_door", args=[place.slug]),
    }  # fmt: skip
    return render(request, "settings/brand.html", context, status=status)
