"""What somebody gets of a queue: kinds, reasons, sellers; of what nothing is ticked, everything."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tratativa.accounts import documents
from tratativa.accounts.models import Seller
from tratativa.accounts.people.refusals import Refused
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import QueueMember
from tratativa.cases.queues import assignment
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.lists import named_queues
from tratativa.web.lists.named_queues import Named
from tratativa.web.settings.own_team import doer, team

MOST_SELLERS = 500


@require_http_methods(["GET", "POST"])
@staff
def skills(request: StaffRequest, name: str, key: uuid.UUID) -> HttpResponse:
    """What somebody gets; with the form, what they get from now on."""
    found, mine = named_queues.find(request, name), team(request)
    member = assignment.members(assignment.of(mine, found.id)).get(key)
    if member is None:
        raise Http404
    book = rulebook_versions.in_force(mine.marketplace.pk)
    if request.method == "GET":
        return _page(
            request, found, member, book, dict(member.skills), _documents(member.skills.get("seller", ()), book)
        )
    given = {part: _known(request.POST.getlist(part), _rules(book, part)) for part in ("kind", "reason")}
    written = request.POST.get("seller", "")[:20_000]
    try:
        given["seller"] = [] if mine.seller else _sellers(request, written)
    except Refused as no:
        return _page(request, found, member, book, given, written, str(no))
    assignment.keep_skills(mine, member, given, by=doer(request))
    notices.success(request, _("Guardado: %(name)s recebe o que está marcado aqui.") % {"name": member.person.name})
    return redirect("queue_setting", found.id)


def told(member: QueueMember, book: Rulebook) -> str:
    """What somebody gets, in a few words."""
    has = member.skills
    parts = [label for part in ("kind", "reason") for key, label in _rules(book, part) if key in has.get(part, ())]
    if count := len(has.get("seller", ())):
        parts.append(ngettext("%(count)d lojista", "%(count)d lojistas", count) % {"count": count})
    return ", ".join(parts[:3]) + (f" +{len(parts) - 3}" if len(parts) > 3 else "") or _("Tudo")


def _rules(book: Rulebook, part: str) -> list[tuple[str, str]]:
    if part == "kind":
        return [(key, kind.label) for key, kind in book.kinds.items()]
    return [(reason.id, reason.label) for reason in book.reasons]


def _known(given: Sequence[str], rules: Sequence[tuple[str, str]]) -> list[str]:
    ids = {key for key, _label in rules}
    return [one for one in given if one in ids]


def _sellers(request: StaffRequest, written: str) -> list[str]:
    """The keys of the sellers whose documents stand there, one a line. Raises Refused."""
    typed = ((number, documents.plain(line)) for number, line in enumerate(written.splitlines(), start=1))
    said = {number: plain for number, plain in typed if plain}
    if len(said) > MOST_SELLERS:
        raise Refused(_("São no máximo %(most)d lojistas.") % {"most": MOST_SELLERS}, "seller")
    rows = Seller.objects.filter(marketplace=request.actor.marketplace_id, document__in=said.values())
    known = dict(rows.values_list("document", "pk"))
    for number, plain in said.items():
        if plain not in known:
            raise Refused(_("Linha %(number)d: nenhum lojista tem este documento.") % {"number": number}, "seller")
    return [str(known[plain]) for plain in said.values()]


def _documents(keys: Sequence[str], book: Rulebook) -> str:
    rows = Seller.objects.filter(pk__in=keys).order_by("name").values_list("document", flat=True)
    return "\n".join(documents.show(one, book.land.documents) for one in rows)


def _page(
    request: StaffRequest, found: Named, member: QueueMember, book: Rulebook, given: dict[str, Any],
    written: str, error: str = "",
) -> HttpResponse:  # fmt: skip
    fields = [
        Field(part, label, value=given.get(part, ()), type="lines", required=False,
              options=tuple((key, label, "") for key, label in _rules(book, part)))
        for part, label in (("kind", _("Tipos")), ("reason", _("Motivos")))
    ]  # fmt: skip
    if not request.membership.seller_id:
        fields.append(
            Field("seller", _("Lojistas"), written, error, type="long_text", required=False,
                  help=_("O documento de cada um, um por linha."))
        )  # fmt: skip
    context = {"found": found, "member": member, "fields": fields, "room_address": "queue_settings"}
    return render(request, "settings/queues/skills.html", context, status=422 if error else 200)
