"""Answering in a case: nothing the customer can read leaves without a yes, and nothing typed is ever lost."""

from django.contrib import messages as notices
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.cases.acting import pressing, replying
from tratativa.cases.acting.tags import tagging
from tratativa.cases.core import audience, protocols, rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed, Outdated
from tratativa.cases.messages import addressing, blanks, drafts
from tratativa.cases.messages import conduct as conduct_rules
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.web.case import drawing
from tratativa.web.desk import case as pages
from tratativa.web.desk import noting
from tratativa.web.desk.answers import onward
from tratativa.web.forms import uploads
from tratativa.web.frame import bodies, scoped_get, typed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.typed import Writing


@bodies.takes_files
@require_POST
@staff
def reply(request: StaffRequest, protocol: str) -> HttpResponse:
    """Sends the message, or asks first whether the customer may read it (A-10), or says what is wrong."""
    case = scoped_get.case(request.actor, protocol)
    book = rulebook_versions.of(case)
    asks = book.replies.asks(request.actor.party)
    writing = typed.read(request.POST, asks=asks)
    keep(request, case, book, writing)
    if "remove" in request.POST:
        uploads.discard(request, request.POST["remove"])
        return redirect(pages.address(case))
    if request.POST.get("save") == "draft":
        return redirect(pages.address(case)) if writing.saved_at else _not_kept(request, case, writing)
    if not writing.errors:
        writing.errors = _errors(request, book, writing)
    if writing.errors:
        return pages.page(request, case, writing, status=422)
    if asks and writing.must_confirm:
        view = drawing.view(case, request.actor, at=request.at)
        return render(request, "desk/confirm.html", {"view": view, "form": writing})
    return _send(request, case, writing)


@require_POST
@staff
def conduct(request: StaffRequest, protocol: str) -> HttpResponse:
    """What the rulebook's conduct says of a message being written, as sentences: `{"texts": [...]}`."""
    case = scoped_get.case(request.actor, protocol)
    writing = typed.read(request.POST, asks=False)
    book = rulebook_versions.of(case)
    told = conduct_rules.foretold(book, writing.text, by=request.actor, readers=_readers(request, book, writing))
    return JsonResponse({"texts": told})


def post(request: StaffRequest, case: Case, writing: Writing) -> tuple[Case, str]:
    """Sends what was written; the case it landed in, and what to tell its author. Raises what `replying.reply` does."""
    pressing.say_own(case, by=request.actor, at=request.at)
    landed = replying.reply(
        case,
        _message(writing),
        by=request.actor,
        at=request.at,
        warned=writing.warned,
        seen=writing.seen,
    )
    if len(landed.held) > len(case.held):
        return landed, noting.held_back()
    if noting.is_note(request.actor, rulebook_versions.of(landed), writing):
        return landed, noting.told(landed, request.actor, at=request.at)
    return landed, _("Resposta enviada.")


def _message(writing: Writing) -> Message:
    return Message(
        writing.text,
        to=writing.to,
        customer_reads=writing.customer_reads,
        files=writing.files,
        wait_for_answer=writing.wait_for_answer,
        rich=writing.rich,
    )


def _press(request: StaffRequest, case: Case, writing: Writing) -> HttpResponse | None:
    """Sends what can be taken back for ten seconds; None for what is said at once. Raises what `post` does."""
    message = _message(writing)
    if not writing.undo or not pressing.waits(case, message, by=request.actor):
        return None
    pressed = pressing.press(
        case,
        message,
        by=request.actor,
        at=request.at,
        warned=writing.warned,
        seen=writing.seen,
        tags=writing.tags,
    )
    then = onward.address(request.actor, writing.then)
    if then and pressed:
        then = f"{then}?{urlencode({'sending': str(pressed.pk)})}"
    return redirect(then or reverse("case", args=[protocols.show(case.protocol)]))


def _send(request: StaffRequest, case: Case, writing: Writing) -> HttpResponse:
    try:
        if waiting := _press(request, case, writing):
            return waiting
        landed, told = post(request, case, writing)
    except Invalid as bad:
        writing.errors = bad.errors
        return pages.page(request, case, writing, status=422)
    except NotAllowed as no:
        trouble = {"tone": "error", "text": str(no)}
        return pages.page(request, _again(request, case), writing, status=409, trouble=trouble)
    except Outdated:
        if replying.repeated(case, writing.text, by=request.actor, at=request.at):
            drafts.sent(case, writing.text, request.actor)  # the same form again: what it said is on the page already
            return redirect(pages.address(case))
        said = _("Chegou novidade enquanto você escrevia. Leia a conversa e envie de novo: o seu texto está guardado.")
        trouble = {"tone": "warning", "text": said}
        return pages.page(request, _again(request, case), writing, status=409, trouble=trouble)
    tag(request, landed, writing)
    is_note = noting.is_note(request.actor, rulebook_versions.of(landed), writing)
    place = noting.address(landed, request.actor) if is_note and not landed.held else ""
    notices.success(request, told, extra_tags=place)
    return redirect(
        onward.address(request.actor, writing.then) or reverse("case", args=[protocols.show(landed.protocol)])
    )


def tag(request: StaffRequest, landed: Case, writing: Writing) -> None:
    """Puts on the case what the saved replies in the message bring along; the message went, whatever becomes of it."""
    if not writing.tags:
        return
    try:
        tagging.add(landed, writing.tags, by=request.actor, at=request.at)
    except Invalid as bad:
        notices.warning(request, _("Etiqueta não posta: %(why)s") % {"why": bad.errors["tag"]})


def _not_kept(request: StaffRequest, case: Case, writing: Writing) -> HttpResponse:
    said = _("Não guardado: outra página sua guardou outras palavras neste rascunho. As daqui só estão nesta tela.")
    return pages.page(request, case, writing, status=409, trouble={"tone": "warning", "text": said})


def keep(request: StaffRequest, case: Case, book: Rulebook, writing: Writing) -> None:
    """Keeps what was written in the draft, with its files, before anything else can go wrong.

    Where another page of theirs kept other words, those stay the draft, and what this page carries can be sent.
    """
    draft = None
    try:
        draft = pages.keep_draft(request, case, writing)
        writing.draft, writing.saved_at = draft.version, draft.saved_at
    except drafts.WrittenElsewhere:
        writing.saved_at = None
    kept = uploads.keep(request, book, draft=draft)
    writing.files = kept.files
    writing.errors |= kept.error


def _errors(request: StaffRequest, book: Rulebook, writing: Writing) -> dict[str, str]:
    if blank := blanks.error(writing.text):
        return {"text": blank}
    return addressing.errors_of(book, writing.text, writing.files) or misconduct(request, book, writing)


def misconduct(request: StaffRequest, book: Rulebook, writing: Writing) -> dict[str, str]:
    """What conduct says of a message, before anybody is asked whether the customer may read it."""
    readers = _readers(request, book, writing)
    return conduct_rules.errors_of(book, writing.text, by=request.actor, readers=readers, warned=writing.warned)


def _readers(request: StaffRequest, book: Rulebook, writing: Writing) -> int:
    try:
        return addressing.address(book, request.actor, writing.to, writing.customer_reads).readers
    except Invalid:
        return audience.TEAM_AND_SELLER  # to nobody yet: the reply itself says what is wrong


def _again(request: StaffRequest, case: Case) -> Case:
    return scoped_get.case(request.actor, case.protocol)
