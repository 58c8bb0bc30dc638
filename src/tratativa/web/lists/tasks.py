"""Tarefas: what an agent left for later, overdue first, and ticking it off; nothing that arrives touches them."""

import uuid

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts.rights import Right
from tratativa.cases.acting import follow_ups
from tratativa.cases.core import protocols, rulebook_versions, stuck
from tratativa.web.frame.gates import StaffRequest, marketplace


@require_GET
@marketplace
def tasks(request: StaffRequest) -> HttpResponse:
    """One's own open tasks; an administrator may look at everybody's."""
    everybody = request.actor.may(Right.ASSIGN) and request.GET.get("whose") == "all"
    found = follow_ups.mine(request.actor, everybody=everybody)
    rows = [
        {
            "key": task.pk,
            "text": rulebook_versions.of(task.case).say(task.text),
            "due": task.due_at,
            "late": task.due_at < request.at,
            "owner": task.owner.name if task.owner else _("ninguém ainda"),
            "shown": protocols.show(task.case.protocol),
            "url": reverse("case", args=[protocols.show(task.case.protocol)]),
            "subject": rulebook_versions.subject(task.case),
            "customer": task.case.customer.name if task.case.customer else "",
        }
        for task in found
    ]
    held_up = [
        {"shown": protocols.show(one.case.protocol), "tries": one.tries, "since": one.since, "trouble": one.trouble}
        for one in stuck.seen_by(request.actor)
    ]
    return render(request, "desk/tasks.html", {"rows": rows, "everybody": everybody, "stuck": held_up})


@require_POST
@marketplace
def finish(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Ticks a task off; twice is once."""
    task = follow_ups.find(request.actor, key)
    if task is None:
        raise Http404
    follow_ups.done(task, by=request.actor, at=request.at)
    notices.success(request, _("Tarefa concluída."))
    return redirect("tasks")
