"""Following a procedure: it begins, its step is answered by a key or a click, and its picture says where it stands."""

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import text
from tratativa.cases import books, protocols
from tratativa.cases.models import Case
from tratativa.cases.refusals import Invalid, NotAllowed
from tratativa.playbooks import running
from tratativa.rulebook import diagram
from tratativa.web import finding
from tratativa.web.gates import StaffRequest, marketplace

LIMIT = 120


@require_POST
@marketplace
def run(request: StaffRequest, protocol: str) -> HttpResponse:
    """Starts a procedure, or answers the step the page showed."""
    case = finding.case(request.actor, protocol)
    try:
        _move(request, case)
    except (Invalid, NotAllowed) as no:
        notices.error(request, str(no))
    return redirect("case", protocols.show(case.protocol))


@require_GET
@marketplace
def playbook(request: StaffRequest, name: str) -> HttpResponse:
    """A procedure's picture, with the step of a case lit when it is looked at from one."""
    case = finding.case(request.actor, request.GET["case"][:40]) if "case" in request.GET else None
    book = books.of(case) if case else books.of_version(books.current(request.actor.marketplace_id).pk)
    found = book.playbook(name[:LIMIT])
    if found is None:
        raise Http404
    under_way = running.of(case) if case else None
    here = under_way.step if under_way and under_way.at_playbook == found.id and not under_way.finished_at else ""
    done = {str(went[1]) for went in under_way.path if went[0] == found.id} if under_way else set()
    # The picture is made of the rulebook's own words, each escaped where it is drawn.
    picture = mark_safe(diagram.svg(found, current=here, done=frozenset(done)))  # noqa: S308
    context = {"playbook": found, "picture": picture, "shown": protocols.show(case.protocol) if case else ""}
    return render(request, "desk/playbook.html", context)


def _move(request: StaffRequest, case: Case) -> None:
    step, by, at = text.line(request.POST.get("step", ""))[:LIMIT], request.actor, request.at
    if "playbook" in request.POST:
        running.start(case, text.line(request.POST["playbook"])[:LIMIT], by=by, at=at)
    elif "answer" in request.POST:
        running.choose(case, text.line(request.POST["answer"])[:LIMIT], by=by, at=at, step=step)
    elif "reached" in request.POST:
        running.call(case, reached=request.POST["reached"] == "yes", by=by, at=at, step=step)
    elif "checks" in request.POST:
        checks = [text.line(one)[:LIMIT] for one in request.POST.getlist("checks")]
        passed = {text.line(one)[:LIMIT] for one in request.POST.getlist("passed")}
        running.verify(case, {one: one in passed for one in checks}, by=by, at=at, step=step)
    else:
        raise Invalid({"": _("Escolha o que fazer.")})
