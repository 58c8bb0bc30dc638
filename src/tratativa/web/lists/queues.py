"""Queues («Filas»): each with its load, what is due first, the next one taken with a click; and one's own cases."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts.people import partners
from tratativa.cases.acting import actions
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.queues import workload as loads
from tratativa.cases.queues.workload import SHOWS, Load
from tratativa.cases.reading.inbox import Page
from tratativa.web.frame.gates import StaffRequest, marketplace, staff
from tratativa.web.lists import named_queues, reaching, rows
from tratativa.web.lists.named_queues import Named


@require_GET
@marketplace
def queues(request: StaffRequest) -> HttpResponse:
    """Every queue with its load; those that hold something first among the partners'."""
    counted = loads.loads(request.actor)
    own, *asked = [_row(one, counted.get(one.id, Load())) for one in named_queues.of(request)]
    busy = sorted(asked, key=lambda row: not row["busy"])
    return render(request, "desk/queues.html", {"rows": [own, *busy], "here": request.get_full_path()})


@require_GET
@marketplace
def queue(request: StaffRequest, name: str) -> HttpResponse:
    """One queue's open cases, what is due first."""
    return _page(request, named_queues.find(request, name))


@require_POST
@marketplace
def take(request: StaffRequest, name: str) -> HttpResponse:
    """«Pegar o próximo»: the most urgent case that is nobody's becomes the reader's, and opens."""
    found = named_queues.find(request, name)
    taken = loads.take_next(request.actor, found.id, at=request.at)
    if taken is None:
        notices.info(request, _("Nada sem responsável na fila %(queue)s.") % {"queue": found.label})
        return redirect("queue", name=found.id)
    shown = protocols.show(taken.protocol)
    notices.success(request, _("O atendimento %(protocol)s agora é seu.") % {"protocol": shown})
    return redirect("case", protocol=shown)


@require_POST
@marketplace
def reach(request: StaffRequest, name: str) -> HttpResponse:
    """Keeps where a partner's letters go; an administrator's to say."""
    found = named_queues.find(request, name)
    if not request.actor.is_admin:
        return _page(request, found, trouble=_("Só quem administra a equipe muda este endereço."), status=403)
    try:
        partners.write_to(reaching.chosen(request, found.queue), request.POST.get("email", "")[:254])
    except partners.BadAddress as bad:
        return _page(request, found, trouble=str(bad), status=422)
    notices.success(request, _("Endereço guardado: os próximos e-mails vão para ele."))
    return redirect("queue_setting" if request.POST.get("back") == "queue_setting" else "queue", name=found.id)


@require_GET
@staff
def mine(request: StaffRequest) -> HttpResponse:
    """The reader's own open cases, what is due first."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = loads.mine(request.actor, at=request.at, after=after, before=before)
    return render(request, "desk/mine.html", _listed(request, page, "?"))


def _page(request: StaffRequest, found: Named, *, trouble: str = "", status: int = 200) -> HttpResponse:
    show = request.GET.get("show", "waiting")
    show = show if show in SHOWS else "waiting"
    counted = loads.load(request.actor, found.id)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = loads.page(request.actor, found.id, show, after=after, before=before)
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    context = {
        "queue": found,
        "tabs": _tabs(show, counted),
        "can_take": actions.at_place(book, request.actor.party, "assign") is not None,
        "unowned": counted.unowned,
        "reached": reaching.addresses(request, found.queue),
        "trouble": trouble,
        **_listed(request, page, f"?show={show}&"),
    }
    return render(request, "desk/queue.html", context, status=status)


def _listed(request: StaffRequest, page: Page, query: str) -> dict[str, Any]:
    return {
        "rows": rows.of_cases(page.cases, request.actor, request.at),
        "after_url": f"{query}after={page.after}" if page.after else "",
        "before_url": f"{query}before={page.before}" if page.before else "",
        "here": request.get_full_path(),
    }


def _tabs(current: str, load: Load) -> list[dict[str, Any]]:
    counts = {"waiting": load.waiting, "unowned": load.unowned, "overdue": load.overdue, "mine": load.mine}
    return [
        {
            "label": _labels()[show],
            "url": f"?show={show}",
            "current": show == current,
            "count": rows.capped(counts[show]) if show in counts else None,
            "hot": show == "overdue" and bool(load.overdue),
        }
        for show in SHOWS
    ]


def _labels() -> Mapping[str, str]:
    return {
        "waiting": _("Esperando resposta"),
        "unowned": _("Sem responsável"),
        "overdue": _("Vencidos"),
        "mine": _("Meus"),
        "all": _("Todos"),
    }


def _row(found: Named, load: Load) -> dict[str, Any]:
    counts = (("waiting", load.waiting), ("unowned", load.unowned), ("overdue", load.overdue), ("mine", load.mine))
    address = reverse("queue", args=[found.id])
    return {
        "label": found.label,
        "note": found.note,
        "url": address,
        "counts": [
            {"label": _labels()[show], "count": rows.capped(count), "url": f"{address}?show={show}", "none": not count,
             "hot": show == "overdue" and bool(count)}
            for show, count in counts
        ],
        "busy": any(count for _show, count in counts),
    }  # fmt: skip
