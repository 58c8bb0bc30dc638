"""The page of the post: mailboxes, letters that wait or were put aside, and letters of ours that did not arrive."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.cases.acting import eligibility
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case
from tratativa.mail.filing import adopting, aside, inbox
from tratativa.mail.intake import fetching, mailboxes
from tratativa.mail.intake.fetching import Unreachable
from tratativa.mail.models import Arrival
from tratativa.mail.outgoing import outbox
from tratativa.mail.reading import guarded
from tratativa.mail.reading.mime.parts import Unreadable
from tratativa.web.frame import revealing
from tratativa.web.frame.gates import StaffRequest, marketplace
from tratativa.web.frame.harmless import harmless
from tratativa.web.frame.home import came_from
from tratativa.web.post import frames, inline_pictures
from tratativa.web.timeline import arrivals

SIZE = 100


@require_GET
@marketplace
def post(request: StaffRequest) -> HttpResponse:
    """The mailboxes and what needs somebody's eyes, newest first."""
    letters = inbox.visible(request.actor).select_related("case", "entry", "offered")
    lost = outbox.lost(request.actor).select_related("case")
    boxes = [arrivals.box(one, request.actor, at=request.at) for one in inbox.mailboxes(request.actor)]
    context = {
        "boxes": boxes,
        "all_well": all(one.well for one in boxes),
        "waiting": [arrivals.row(one) for one in letters.filter(state="waiting").order_by("at")[:SIZE]],
        "aside": [arrivals.row(one) for one in letters.filter(state="quarantined").order_by("-at")[:SIZE]],
        "unmatched": [arrivals.row(one) for one in letters.filter(state="unmatched").order_by("-at")[:SIZE]],
        "lost": [arrivals.unsent(one) for one in lost.order_by("-at")[:SIZE]],
    }
    return render(request, "desk/post.html", context)


@require_POST
@marketplace
def probe(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Tries a mailbox's server, and says how it went."""
    mailbox = get_object_or_404(inbox.mailboxes(request.actor).filter(kind="imap"), pk=key)
    try:
        count = fetching.probe(mailbox, at=request.at)
        messages.success(request, mailboxes.opened(count))
    except Unreachable as no:
        messages.error(request, _("A caixa não abriu. %(why)s") % {"why": no})
    return redirect(came_from(request, reverse("post")))


@require_POST
@marketplace
def again(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Opens a letter again that was put aside."""
    aside.again(_find(request, key))
    messages.success(request, _("O e-mail será aberto de novo em instantes."))
    return redirect("post")


@require_POST
@marketplace
def send_again(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Sends a letter of ours again that did not arrive."""
    letter = get_object_or_404(outbox.lost(request.actor), pk=key)
    if outbox.again(letter):
        messages.success(request, _("O e-mail será enviado de novo em instantes."))
    return redirect("post")


@require_POST
@marketplace
def settle(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Takes a letter somebody dealt with by hand off the lists; it stays where it lies and opens again."""
    if aside.settle(_find(request, key), by=request.actor, at=request.at):
        messages.success(request, _("O e-mail saiu da lista. Nada foi apagado."))
    return redirect("post")


@require_POST
@marketplace
def adopt(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Takes a letter as the customer's word, as of when it came."""
    return _taken(request, _find(request, key), adopting.adopt)


@require_POST
@marketplace
def admit(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Takes a letter as the customer's word, and from now on whatever comes from its address on this case."""
    return _taken(request, _find(request, key), adopting.admit)


def _taken(request: StaffRequest, found: Arrival, take: Callable[..., Case]) -> HttpResponse:
    try:
        case = take(found, by=request.actor, at=request.at)
    except (NotAllowed, Invalid, Unreadable, FileNotFoundError) as no:
        messages.error(request, _("O e-mail ficou onde estava. %(why)s") % {"why": no})
        return redirect("arrival", key=found.pk)
    messages.success(request, _("O e-mail é agora uma mensagem do cliente, do momento em que chegou."))
    return redirect("case", protocol=protocols.show(case.protocol))


@frames.around
@require_GET
@marketplace
def arrival(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """A letter that came in: from whom, about what, and as it came."""
    found = _find(request, key)
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    may_open = (
        found.state in aside.STATES
        and found.case is None
        and eligibility.opens_alone(book, request.actor, at=request.at)
    )
    context = {"letter": arrivals.row(found), "erased": found.erased_at, "may_open": may_open}
    return render(request, "desk/arrival.html", context)


@frames.inside
@require_GET
@marketplace
def arrival_body(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The letter itself, made inert, for the frame of its page."""
    found = _find(request, key)
    if found.erased_at:
        return render(request, "desk/arrival_body.html", {"erased": True})
    try:
        with default_storage.open(found.path) as stored:
            read = guarded.READER.read(stored.read())
    except (Unreadable, FileNotFoundError):
        return render(request, "desk/arrival_body.html", {"unreadable": True})
    whole = "\n\n".join(part for part in (read.visible, read.folded) if part)
    return render(
        request, "desk/arrival_body.html", {"page": inline_pictures.page(read) if read.page else "", "text": whole}
    )


@require_GET
@marketplace
def arrival_raw(request: StaffRequest, key: uuid.UUID) -> FileResponse:
    """The letter's bytes, to be saved."""
    found = _find(request, key)
    if found.erased_at:
        raise Http404
    try:
        stored = default_storage.open(found.path)
    except FileNotFoundError:
        raise Http404 from None
    protocol = protocols.show(found.case.protocol) if found.case else ""
    revealing.told(request, revealing.LETTER, about=found.subject, case=protocol)
    response = FileResponse(stored, as_attachment=True, filename=f"{key}.eml", content_type="application/octet-stream")
    return harmless(response)


def _find(request: StaffRequest, key: uuid.UUID) -> Arrival:
    return get_object_or_404(
        inbox.visible(request.actor).select_related("case", "entry", "offered", "task", "mailbox", "settled_by"), pk=key
    )
