"""The room: what applies, what applied before, what people are drafting; a draft is begun here."""

from collections.abc import Mapping
from typing import BinaryIO, cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import text
from tratativa.accounts.people.refusals import Refused
from tratativa.cases.core import rulebook_versions
from tratativa.founding import zips
from tratativa.rulebook import folders
from tratativa.rulebook.reading import BadRulebook
from tratativa.studio import demanding, drafts, publications
from tratativa.studio.everyday import holidays, hours
from tratativa.studio.models import Draft
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.rules import signing

_SHOWN = 20  # publications; the rest behind «todas»


@require_GET
@administration
def rules(request: StaffRequest) -> HttpResponse:
    """What applies, what did, and the drafts."""
    return _page(request, {}, {})


@require_POST
@administration
def begin(request: StaffRequest) -> HttpResponse:
    """Begins a draft of what applies now."""
    name, to = _named(request), request.POST.get("to", "")
    from_calendar = to in {hours.KEY, holidays.KEY}
    try:
        draft = (from_calendar and _own(request, name)) or drafts.begin(
            request.marketplace, name, by=doer(request), at=request.at
        )
    except Refused as no:
        return _page(request, {"name": name}, {"name": str(no)}, status=422)
    if from_calendar:
        return redirect("rules_change", draft.pk, to, to)
    return redirect("rules_draft", draft.pk)


def _own(request: StaffRequest, name: str) -> Draft | None:
    """The draft one began for it before, where it is not behind: hours and holidays are changed in one."""
    found = drafts.of(request.marketplace).filter(name=name, made_by=request.membership.person_id)
    return next((one for one in found if not drafts.is_behind(one, at=request.at)), None)


@require_POST
@administration
def take_zip(request: StaffRequest) -> HttpResponse:
    """Begins a draft of the files of a ZIP, whatever the linter says of them."""
    sent, name = request.FILES.get("zip"), _named(request)
    if sent is None:
        return _page(request, {}, {"zip": _("Escolha um arquivo ZIP.")}, status=422)
    if sent.size is None or sent.size > zips.LARGEST:
        return _page(request, {}, {"zip": _("O ZIP passa de 5 MB.")}, status=422)
    name = name or text.line((sent.name or "").removesuffix(".zip")) or _("De um ZIP")
    try:
        with zips.unpacked(cast(BinaryIO, sent.file)) as folder:
            files = folders.read(folder)
        draft = drafts.begin_from(
            request.marketplace, files, name[: drafts.LONGEST_NAME], by=doer(request), at=request.at
        )
    except (zips.BadZip, Refused) as no:
        return _page(request, {}, {"zip": str(no)}, status=422)
    except BadRulebook as bad:
        return _page(request, {}, {"zip": "; ".join(str(one) for one in bad.problems[:3])}, status=422)
    return redirect("rules_draft", draft.pk)


def _named(request: StaffRequest) -> str:
    return text.line(request.POST.get("name", ""))[: drafts.LONGEST_NAME + 1]


def _page(
    request: StaffRequest, given: Mapping[str, str], errors: Mapping[str, str], *, status: int = 200
) -> HttpResponse:
    history = publications.history(request.marketplace, at=request.at)
    now = publications.applying(history)
    every, two = request.GET.get("all") == "yes", demanding.of(request.marketplace)
    before = [one for one in history if one.state in {"over", "never"}]
    context = {
        "published": signing.row(now) if now else None,
        "former": bool(now and publications.before(history, now.adoption)),
        "title": rulebook_versions.of_version(now.adoption.version_id).title if now else "",
        "waiting": [signing.row(one) for one in publications.waiting(history)],
        "before": [signing.row(one) for one in (before if every else before[:_SHOWN])],
        "others": 0 if every else max(0, len(before) - _SHOWN),
        "two": two,
        "two_seen": demanding.state(two),
        "alone": request.membership.person_id,
        "drafts": list(drafts.of(request.marketplace)),
        "today": request.at,
        "name": Field("name", _("Nome do rascunho"), given.get("name", ""), errors.get("name", ""),
                      autocomplete="off", help=_("Para quem o abrir depois, como «Prazos de dezembro».")),
        "zip_trouble": errors.get("zip", ""),
    }  # fmt: skip
    return render(request, "settings/rules/room.html", context, status=status)
