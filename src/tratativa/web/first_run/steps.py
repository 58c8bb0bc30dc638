"""The steps: which there are, which one is next, and the page around each."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tratativa.founding import beginnings
from tratativa.web.first_run import administrator, company, data, letters, mailbox, rules
from tratativa.web.first_run.entrance import SetupRequest, setting_up
from tratativa.web.first_run.step import Answer
from tratativa.web.frame import bodies

_STEPS = {
    "company": company, "rules": rules, "administrator": administrator, "letters": letters, "mailbox": mailbox,
    "data": data,
}  # fmt: skip
_NEEDS = {"rules": "company", "administrator": "rules", "letters": "administrator", "mailbox": "administrator",
          "data": "administrator"}  # fmt: skip


@require_GET
@setting_up
def setup(request: SetupRequest) -> HttpResponseBase:
    """The first step that does not stand yet; the desk when all do."""
    return _next(request)


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@setting_up
def step(request: SetupRequest, name: str) -> HttpResponseBase:
    """One step: its page, or what its form said; a step before its time leads to the one that comes first."""
    if name not in _STEPS:
        raise Http404
    done = beginnings.done(request.company)
    if name in _NEEDS and _NEEDS[name] not in done:
        return _next(request)
    if name == "administrator" and "administrator" in done:
        return redirect("setup_step", "letters")
    answer: Answer = _STEPS[name].post(request) if request.method == "POST" else _STEPS[name].get(request)
    if answer.leads:
        return answer.leads
    if answer.goes_on:
        return _next(request)
    return _page(request, name, answer, done)


@require_POST
@setting_up
def later(request: SetupRequest, name: str) -> HttpResponseBase:
    """Leaves a step for another day; from the desk's list, says that it is not needed."""
    if name not in beginnings.LISTED or request.company is None:
        raise Http404
    if request.POST.get("from") == "desk":
        beginnings.dismiss(request.company, name)
        return redirect("home")
    beginnings.leave_for_later(request.company, name)
    return _next(request)


def _next(request: SetupRequest) -> HttpResponse:
    request.session.pop(administrator.GOING_ON, None)
    done = beginnings.done(request.company or beginnings.current())
    if missing := [name for name in beginnings.STEPS if name not in done]:
        return redirect("setup_step", missing[0])
    return redirect("home")


def _page(request: SetupRequest, name: str, answer: Answer, done: set[str]) -> HttpResponse:
    titles = {
        "company": _("A empresa"), "rules": _("As regras"), "administrator": _("Quem administra"),
        "letters": _("Cartas que saem"), "mailbox": _("Cartas que chegam"), "data": _("Lojistas, clientes e pedidos"),
    }  # fmt: skip
    steps: list[dict[str, Any]] = [
        {"name": one, "title": titles[one], "done": one in done, "current": one == name,
         "url": reverse("setup_step", args=[one]) if _reachable(one, done) else ""}
        for one in beginnings.STEPS
    ]  # fmt: skip
    around = {
        "steps": steps, "number": beginnings.STEPS.index(name) + 1, "title": titles[name], "step": name,
        "may_wait": name in beginnings.LATER and name != "data", "company": request.company,
    }  # fmt: skip
    return render(request, f"first_run/{name}.html", {**around, **answer.context}, status=answer.status)


def _reachable(name: str, done: set[str]) -> bool:
    if name == "administrator" and name in done:
        return False
    return name not in _NEEDS or _NEEDS[name] in done
