"""The customer's cases: where each stands, the conversation, answering, asking the marketplace."""

from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tratativa.cases.acting import actions, eligibility, replying
from tratativa.cases.acting import withdrawing as withdrawals
from tratativa.cases.core import live, order_lines, protocols, rulebook_versions, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages import addressing
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.requests import requests
from tratativa.cases.sentences import labels
from tratativa.orders.models import Order
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.verdict import Available, Unavailable
from tratativa.web.case import presence
from tratativa.web.customer import decisions, states, steps, surveys, withdrawing
from tratativa.web.forms import answering, beginning, inputs, uploads
from tratativa.web.forms.inputs import Filling
from tratativa.web.frame import bodies, scoped_get, typed
from tratativa.web.frame.gates import CustomerRequest, customer
from tratativa.web.frame.home import asks_json
from tratativa.web.frame.typed import Writing
from tratativa.web.timeline import lines


@require_GET
@customer
def my_cases(request: CustomerRequest) -> HttpResponse:
    """The customer's cases and orders, newest first."""
    found = list(visibility.visible_cases(request.actor).order_by("-opened_at")[:50])
    bought = visibility.visible_orders(request.actor).select_related("seller").prefetch_related("lines")
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    kind = book.kind()
    recent = list(bought.order_by("-ordered_at")[:20])
    withdrawn = withdrawals.orders_of(visibility.visible_cases(request.actor), [order.pk for order in recent])
    context = {
        "found": states.tiles(found, request.actor, at=request.at),
        "orders": [
            {
                "number": order.number,
                "goods": _goods(order),
                "seller": order.seller.name,
                "stage": labels.stage(order.stage),
                "ordered_at": order.ordered_at,
                "withdraw": withdrawing.label(order) if withdrawing.may(book, order, request, withdrawn) else "",
                "can_open": bool(
                    kind and eligibility.may_open(book, kind, order, request.actor, at=request.at).allowed
                ),
            }
            for order in recent
        ],
    }
    return render(request, "customer/cases.html", context)


def _goods(order: Order) -> str:
    """What was bought, as people tell one order from another: the first product, and how many more."""
    lines = list(order.lines.all())
    if not lines:
        return ""
    others = len(lines) - 1
    return _("%(title)s e mais %(others)d") % {"title": lines[0].title, "others": others} if others else lines[0].title


@require_GET
@customer
def my_case(request: CustomerRequest, protocol: str) -> HttpResponse:
    """One case."""
    return _page(request, scoped_get.case(request.actor, protocol), Writing())


@require_GET
@customer
def timeline(request: CustomerRequest, protocol: str) -> HttpResponse:
    """The pieces that change while the customer writes."""
    case = scoped_get.case(request.actor, protocol)
    context = _context(request, case) | {"fragment": True}
    return render(request, "customer/fragment.html", context)


@bodies.takes_files
@require_POST
@customer
def reply(request: CustomerRequest, protocol: str) -> HttpResponse:
    """Answers; a closed case is opened again by it."""
    case = scoped_get.case(request.actor, protocol)
    writing = typed.read(request.POST, asks=False)
    if "remove" in request.POST:
        uploads.discard(request, request.POST["remove"])
    kept = uploads.keep(request, rulebook_versions.of(case))
    writing.files, writing.errors = kept.files, kept.error
    if writing.errors or "remove" in request.POST:
        return _refused(request, case, writing, 422 if writing.errors else 200)
    try:
        words = addressing.or_files(writing.text, writing.files)
        landed = replying.reply(case, Message(words, files=writing.files), by=request.actor, at=request.at)
    except Invalid as bad:
        writing.errors = bad.errors
        return _refused(request, case, writing, 422)
    except NotAllowed as no:
        writing.errors = {"": str(no)}
        return _refused(request, case, writing, 409)
    if asks_json(request):
        return JsonResponse({"told": "", "moved": _address(landed) if landed.pk != case.pk else ""})
    notices.success(request, _("Mensagem enviada."))
    return redirect(_address(landed))


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@customer
def action(request: CustomerRequest, protocol: str, name: str) -> HttpResponse:
    """An action the rulebook gives the customer, such as calling the marketplace."""
    case = scoped_get.case(request.actor, protocol)
    chosen = rulebook_versions.of(case).action(name[:120])
    if chosen is None or request.actor.party not in chosen.by:
        raise Http404
    if request.method != "POST":
        return _form(request, case, chosen, beginning.of(request, case, chosen.fields))
    filling, status = answering.act(request, case, chosen)
    if status != answering.ACCEPTED:
        return _form(request, case, chosen, filling, status=status)
    notices.success(request, _("Feito: %(action)s.") % {"action": chosen.label})
    return redirect(_address(case))


def _refused(request: CustomerRequest, case: Case, writing: Writing, status: int) -> HttpResponse:
    """The page around what was typed, or, to a conversation's script, only what was wrong with it."""
    if asks_json(request):
        return JsonResponse({"errors": writing.errors}, status=status)
    return _page(request, case, writing, status=status)


def _page(request: CustomerRequest, case: Case, writing: Writing, *, status: int = 200) -> HttpResponse:
    kind = rulebook_versions.of(case).kind(case.kind)
    context = _context(request, case) | {
        "form": writing,
        "survey": surveys.of(case),
        "presence": presence.of(case, request.actor),
        "chat": bool(kind and kind.chat),
        "case_token": live.token(request.actor, case, session=request.session.session_key, at=request.at),
    }
    return render(request, "customer/case.html", context, status=status)


def _context(request: CustomerRequest, case: Case) -> dict[str, Any]:
    book = rulebook_versions.of(case)
    verdict = actions.verdict(case, request.actor, at=request.at)
    shown = protocols.show(case.protocol)
    reply_label = verdict.find(book.replies.id)
    return {
        "shown": shown,
        "case": case,
        "subject": rulebook_versions.subject(case),
        "sold_by": labels.seller(case.seller, book) if case.seller else "",
        "state": states.tell(case, at=request.at),
        "behind": steps.before(case),
        "following": (following := steps.following(case, at=request.at)),
        "stages": steps.of_order(case.order),
        "decision": decisions.of(case, request.actor),
        "lines": [line for line in lines.draw(case, request.actor) if line.is_message or not line.quiet],
        "can_write": isinstance(reply_label, Available),
        "offers": [_offer(answer, shown) for answer in verdict.available if answer is not reply_label],
        "pending": [
            {"label": requests.label(one), "url": reverse("my_request", args=[shown, one.pk])}
            for one in requests.pending(case, request.actor)
        ],
        "waits": [] if following else [one for one in verdict.unavailable if _worth_saying(case, one)],
        "limit": book.attachments.max_size,
    }


def _offer(answer: Available, shown: str) -> dict[str, str]:
    return {
        "label": answer.action.label,
        "help": answer.action.help,
        "url": reverse("my_action", args=[shown, answer.action.id]),
    }


def _worth_saying(case: Case, answer: Unavailable) -> bool:
    """Why the marketplace cannot be called yet, while somebody else owes the customer a word."""
    waiting = case.is_open and case.public_turn != Party.CUSTOMER
    return waiting and bool(answer.why) and answer.action.place == "mediation"


def _form(request: CustomerRequest, case: Case, chosen: Action, filling: Filling, *, status: int = 200) -> HttpResponse:
    book, fields = rulebook_versions.of(case), order_lines.offered(case, chosen.fields)
    context = {
        "shown": protocols.show(case.protocol),
        "action": chosen,
        "fields": [inputs.draw(one, filling, book, at=request.at) for one in fields],
        "trouble": filling.trouble,
    }
    return render(request, "customer/action.html", context, status=status)


def _address(case: Case) -> str:
    return reverse("my_case", args=[protocols.show(case.protocol)])
