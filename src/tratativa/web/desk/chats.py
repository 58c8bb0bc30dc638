"""Mensageria: the seller's conversations with customers, a list beside the one that is open, live on both sides."""

from dataclasses import replace
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import text
from tratativa.cases.core import live, protocols, rulebook_versions, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages import addressing, blanks, drafts
from tratativa.cases.models import Case
from tratativa.cases.reading import chats as conversations
from tratativa.cases.reading import open_cases
from tratativa.notices import reading as noticed
from tratativa.rulebook.terms.parties import Party
from tratativa.web.case import drawing, presence
from tratativa.web.desk import replying
from tratativa.web.forms import uploads
from tratativa.web.frame import bodies, scoped_get, typed
from tratativa.web.frame.gates import StaffRequest, seller
from tratativa.web.frame.home import asks_fragment, asks_json
from tratativa.web.frame.typed import Writing
from tratativa.web.lists import rows


@require_GET
@seller
def chats(request: StaffRequest) -> HttpResponse:
    """The conversations; a script gets the list alone, with the open one marked."""
    context = _listed(request, protocols.parse(request.GET.get("open", "")[:40]) or "")
    return render(request, "desk/conversations.html" if asks_fragment(request) else "desk/chats.html", context)


@require_GET
@seller
def new_chat(request: StaffRequest) -> HttpResponse:
    """From an order's number to the form that begins a conversation about it, with its subject (M-04)."""
    number = text.line(request.GET.get("order", ""))[:60]
    kind = next(iter(conversations.kinds(rulebook_versions.in_force(request.actor.marketplace_id))), None)
    if kind is None:
        raise Http404
    if not visibility.visible_orders(request.actor).filter(number=number).exists():
        notices.error(request, _("Não achei o pedido «%(number)s». Confira o número.") % {"number": number})
        return redirect("chats")
    return redirect(f"{reverse('open', args=[number])}?{urlencode({'kind': kind.id})}")


@require_GET
@seller
def chat(request: StaffRequest, protocol: str) -> HttpResponse:
    """One conversation, the list beside it."""
    case = _found(request, protocol)
    kept = drafts.of(case, request.actor)
    files = list(kept.files.filter(entry=None)) if kept else []
    return _page(request, case, typed.of_draft(kept, files, to=Party.CUSTOMER))


@require_GET
@seller
def talk(request: StaffRequest, protocol: str) -> HttpResponse:
    """The bubbles, and what else changes while one writes."""
    case = _found(request, protocol)
    _see(request, case)
    view = drawing.view(case, request.actor, at=request.at)
    return render(request, "desk/chat_fragment.html", {"view": view, "fragment": True})


@bodies.takes_files
@require_POST
@seller
def send(request: StaffRequest, protocol: str) -> HttpResponse:
    """Sends a message to the customer: a script gets JSON, a form without scripts the page."""
    case = _found(request, protocol)
    # In a conversation everything written goes to the customer, and news while one types outdate nothing.
    writing = replace(
        typed.read(request.POST, asks=False), to=str(Party.CUSTOMER), customer_reads=True, confirmed=True, seen=None
    )
    replying.keep(request, case, rulebook_versions.of(case), writing)
    writing.text = addressing.or_files(writing.text, writing.files)
    if blank := blanks.error(writing.text):
        writing.errors["text"] = blank
    if "remove" in request.POST:
        uploads.discard(request, request.POST["remove"])
        return redirect("chat", protocol=protocols.show(case.protocol))
    status = 422
    if not writing.errors:
        try:
            landed, told = replying.post(request, case, writing)
            replying.tag(request, landed, writing)
            return _sent(request, case, landed, told)
        except Invalid as bad:
            writing.errors = bad.errors
        except NotAllowed as no:
            writing.errors, status = {"": str(no)}, 409
    if asks_json(request):
        return JsonResponse({"errors": writing.errors}, status=status)
    return _page(request, case, writing, status=status)


def _sent(request: StaffRequest, case: Case, landed: Case, told: str) -> HttpResponse:
    place = reverse("chat", args=[protocols.show(landed.protocol)])
    if asks_json(request):
        held = len(landed.held) > len(case.held)
        return JsonResponse({"told": told if held else "", "moved": place if landed.pk != case.pk else ""})
    return redirect(place)


def _page(request: StaffRequest, case: Case, writing: Writing, *, status: int = 200) -> HttpResponse:
    _see(request, case)
    kind = rulebook_versions.in_force(request.actor.marketplace_id).kind(case.kind)
    context = _listed(request, case.protocol) | {
        "view": drawing.view(case, request.actor, at=request.at),
        "form": writing,
        "guidance": kind.guidance if kind else (),
        "presence": presence.of(case, request.actor),
        "case_token": live.chat_token(request.actor, case, session=request.session.session_key, at=request.at),
        "case_id": case.pk,
    }
    return render(request, "desk/chat.html", context, status=status)


def _see(request: StaffRequest, case: Case) -> None:
    """A conversation is read where it is shown, though it stands in no strip of open cases."""
    open_cases.read(case, by=request.actor, at=request.at)
    noticed.see(case, request.actor, at=request.at)


def _listed(request: StaffRequest, current: str) -> dict[str, Any]:
    after = request.GET.get("after", "")
    page = conversations.page(request.actor, at=request.at, after=after)
    return {
        "conversations": rows.of_conversations(page.conversations, request.actor, request.at, current),
        "shown": protocols.show(current) if current else "",
        "older_url": f"{reverse('chats')}?{urlencode({'after': page.after})}" if page.after else "",
        "paged": bool(after),
        "label": next(
            (kind.label for kind in conversations.kinds(rulebook_versions.in_force(request.actor.marketplace_id))), ""
        ),
    }


def _found(request: StaffRequest, protocol: str) -> Case:
    """The conversation with this protocol. Raises Http404, for a case of another kind too."""
    case = scoped_get.case(request.actor, protocol)
    if case.kind not in {
        kind.id for kind in conversations.kinds(rulebook_versions.in_force(request.actor.marketplace_id))
    }:
        raise Http404
    return case
