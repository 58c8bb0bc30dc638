"""Following a procedure on the case page: starting it, answering its step, verifying, calling."""

from collections.abc import Callable, Mapping

from django.contrib import messages as notices
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts import text
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.files import attachments
from tratativa.cases.messages import drafts
from tratativa.cases.models import Case
from tratativa.cases.queues import passing_on
from tratativa.playbooks import reading, running, silence, stepping
from tratativa.playbooks.reading import Answer
from tratativa.rulebook.language.step_kinds import Verify
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame import scoped_get, typed
from tratativa.web.frame.gates import StaffRequest, marketplace
from tratativa.web.timeline import what_changed


@require_POST
@marketplace
def run(request: StaffRequest, protocol: str) -> HttpResponse:
    """Does what the panel's form asks, and shows the case again; a refusal says why."""
    case = scoped_get.case(request.actor, protocol)
    move = _MOVES.get(request.POST.get("do", ""))
    try:
        if move is None:
            raise Invalid({"": _("Escolha uma das respostas.")})
        move(request, case)
    except (Invalid, NotAllowed) as no:
        notices.error(request, str(no))
    place = "#composer" if request.POST.get("do") == "pass_on" else "#run"
    return redirect(reverse("case", args=[protocols.show(case.protocol)]) + place)


def _start(request: StaffRequest, case: Case) -> None:
    running.start(case, _said(request, "playbook"), by=request.actor, at=request.at)


def _choose(request: StaffRequest, case: Case) -> None:
    sure = _said(request, "sure")
    answer = sure or _said(request, "answer")
    chosen = _weighed(request, case, answer)
    if chosen and chosen.for_good and not sure:
        gaps = {"answer": chosen.choice.label, "steps": ", ".join(chosen.for_good)}
        raise NotAllowed(_("Confirme antes: «%(answer)s» faz isto, sem volta: %(steps)s.") % gaps)
    if chosen and chosen.for_good:
        _as_seen(request, case)
    if chosen and chosen.finishes and passing_on.owed(case, request.actor):
        passing_on.keep(case, _why(request), by=request.actor, at=request.at)
    running.choose(case, answer, by=request.actor, at=request.at, step=_said(request, "step"))


def _as_seen(request: StaffRequest, case: Case) -> None:
    """What has no way back is done to the case the page showed, not over what came since. Raises NotAllowed."""
    if typed.number(request.POST.get("seen", "")) != case.row_version:
        changed = what_changed.told(case, request.actor, at=request.at)
        raise NotAllowed(_("%(changed)s Confira e confirme de novo.") % {"changed": changed})


def _weighed(request: StaffRequest, case: Case, answer: str) -> Answer | None:
    """The answer with what it does for good, which the page asks about once."""
    under_way = running.of(case)
    if under_way is None or under_way.finished_at is not None:
        return None
    offered = reading.weighed(case, under_way, by=request.actor, at=request.at)
    return next((one for one in offered if answer in {one.choice.key, one.choice.label}), None)


def _pass_on(request: StaffRequest, case: Case) -> None:
    """Puts what the queue answered into the agent's draft to the customer, below what they had written."""
    found = passing_on.answer(case, request.actor)
    if found is None:
        raise NotAllowed(_("Nenhuma fila respondeu ainda."))
    old = drafts.of(case, request.actor)
    words = "\n\n".join(filter(None, [old.body if old else "", found.words]))
    draft = drafts.keep(
        case, by=request.actor, at=request.at, words=words, to=str(Party.CUSTOMER), customer_reads=True,
        tags=old.tags if old else (), wait_for_answer=bool(old and old.wait_for_answer),
    )  # fmt: skip
    limit = rulebook_versions.of(case).attachments.max_size
    for file in found.files:
        # A copy of its own: what is thrown away from a draft is thrown away from the disk.
        with attachments.open_file(file) as stored:
            upload = SimpleUploadedFile(file.name, stored.read())
        attachments.receive(upload, by=request.actor, at=request.at, limit=limit, draft=draft)


def _give_up(request: StaffRequest, case: Case) -> None:
    running.give_up(case, by=request.actor, at=request.at, step=_said(request, "step"))


def _no_answer(request: StaffRequest, case: Case) -> None:
    under_way = running.of(case)
    found = reading.silence(case, under_way, by=request.actor, at=request.at) if under_way else None
    if found and found.for_good and not _said(request, "sure"):
        gaps = {"answer": found.choice.label, "steps": ", ".join(found.for_good)}
        raise NotAllowed(_("Confirme antes: «%(answer)s» faz isto, sem volta: %(steps)s.") % gaps)
    if found and found.for_good:
        _as_seen(request, case)
    silence.say(case, by=request.actor, at=request.at, step=_said(request, "step"))


def _back(request: StaffRequest, case: Case) -> None:
    stepping.back(case, by=request.actor, at=request.at, step=_said(request, "step"), why=_why(request))


def _abandon(request: StaffRequest, case: Case) -> None:
    stepping.abandon(case, _why(request), by=request.actor, at=request.at)


def _restart(request: StaffRequest, case: Case) -> None:
    stepping.restart(case, _why(request), by=request.actor, at=request.at)


def _why(request: StaffRequest) -> str:
    return text.line(request.POST.get("why", "")[: stepping.LIMIT])


def _call(request: StaffRequest, case: Case) -> None:
    reached = request.POST.get("reached") == "yes"
    running.call(case, reached=reached, by=request.actor, at=request.at, step=_said(request, "step"))


def _verify(request: StaffRequest, case: Case) -> None:
    under_way = running.of(case)
    step = reading.step(case, under_way) if under_way else None
    checks = step.verify if isinstance(step, Verify) else ()
    given = {label: request.POST.get(f"check-{place}", "") for place, label in enumerate(checks)}
    results = {label: said == "ok" for label, said in given.items() if said in {"ok", "fail"}}
    running.verify(case, results, by=request.actor, at=request.at, step=_said(request, "step"))


def _said(request: StaffRequest, name: str) -> str:
    return text.line(request.POST.get(name, "")[:120])


_MOVES: Mapping[str, Callable[[StaffRequest, Case], None]] = {
    "start": _start,
    "choose": _choose,
    "call": _call,
    "verify": _verify,
    "pass_on": _pass_on,
    "give_up": _give_up,
    "no_answer": _no_answer,
    "back": _back,
    "abandon": _abandon,
    "restart": _restart,
}
