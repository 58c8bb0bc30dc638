"""A draft's page: what is changed every day, how far it is on its way to being published, and how its stories went."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tratativa.accounts import moments
from tratativa.accounts.people.refusals import Refused
from tratativa.replay import asking
from tratativa.replay.models import Replay
from tratativa.studio import drafts, rehearsing, stories
from tratativa.studio.drafts import ChangedMeanwhile
from tratativa.studio.models import Draft
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.rules import finding, gone, remarks, ways
from tratativa.web.settings.rules.finding import find


@dataclass(frozen=True)
class Step:
    """One step on the way: how it stands (`done`, `wrong`, `open`), and whether it is the one to take now."""

    title: str
    said: str
    url: str
    icon: str
    state: str = "open"
    now: bool = False


def page(request: StaffRequest, found: Draft) -> HttpResponse:
    """The page."""
    problems, rehearsal = drafts.problems(found), remarks.of_rehearsal(found)
    context = {
        "draft": found,
        "room_address": "rules",
        **_standing(found, len(problems), rehearsal),
        "ways": ways.of(found),
        "remarks": [remarks.row(found, one) for one in problems[: remarks.SHOWN]],
        "rehearsal": rehearsal,
        "behind": drafts.is_behind(found, at=request.at),
    }
    return render(request, "settings/rules/draft.html", context)


@require_http_methods(["GET", "POST"])
@administration
def discard(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Asks, and then throws the draft away."""
    found, trouble, status = find(request, key), "", 200
    if request.method == "POST":
        known, proposed = finding.known(request), request.POST.get("proposed", "")[:40]
        try:
            drafts.discard(found, known=known, proposed=proposed, by=doer(request))
        except ChangedMeanwhile as changed:
            found, trouble, status = changed.draft, _since(changed.draft, request), 409
        else:
            said = _("O rascunho «%(name)s» foi descartado. As regras que valem são as mesmas.")
            notices.success(request, said % {"name": found.name})
            return redirect("rules")
    context = {"draft": found, "room_address": "rules", "trouble": trouble}
    return render(request, "settings/rules/discard.html", context, status=status)


@require_POST
@administration
def rehearse(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Asks for its stories to be played."""
    found = find(request, key)
    rehearsing.ask(found, by=doer(request), at=request.at)
    return redirect(reverse("rules_draft", args=[found.pk]) + "#rehearsal")


@require_POST
@administration
@gone.told
def accept(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """A story, or every one, expects what the draft gives; they are played again."""
    found, raw = find(request, key), request.POST.get("offer", "")
    last = rehearsing.last(found)
    back = redirect(reverse("rules_draft", args=[found.pk]) + "#rehearsal")
    if last is None or str(last.pk) != request.POST.get("rehearsal", ""):
        notices.error(request, _("Houve outro ensaio depois que você abriu a página: leia o que ele disse."))
        return back
    try:
        count = stories.accept(
            found, last, None if raw == "all" else finding.number(raw), by=doer(request), at=request.at
        )
    except Refused as no:
        notices.error(request, str(no))
        return back
    rehearsing.ask(find(request, key), by=doer(request), at=request.at)
    said = ngettext("%(count)d momento mudou nas histórias; elas são encenadas de novo.",
                    "%(count)d momentos mudaram nas histórias; elas são encenadas de novo.", count)  # fmt: skip
    notices.success(request, said % {"count": count})
    return back


@require_GET
@administration
def rehearsal(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """How its stories went, as far as they have, and where the draft stands with it; `of=steps` is that alone."""
    found = find(request, key)
    told = remarks.of_rehearsal(found)
    context = {"draft": found, "rehearsal": told, **_standing(found, len(drafts.problems(found)), told)}
    name = "steps" if request.GET.get("of") == "steps" else "rehearsal_now"
    return render(request, f"settings/rules/{name}.html", context)


def _since(draft: Draft, request: StaffRequest) -> str:
    """What another person did to the draft since the page was read."""
    if draft.is_proposed and draft.proposed_by and draft.proposed_at:
        gaps = {"who": draft.proposed_by.name, "when": moments.short(draft.proposed_at, request.at)}
        return _("%(who)s propôs publicar este rascunho %(when)s. Nada foi descartado: confira antes.") % gaps
    gaps = {"who": draft.changed_by.name, "when": moments.short(draft.changed_at, request.at)}
    said = _("%(who)s mudou este rascunho %(when)s, depois que você abriu esta página. Nada foi descartado: confira.")
    return said % gaps


def _standing(found: Draft, problems: int, rehearsal: dict[str, Any] | None) -> dict[str, Any]:
    """The steps on the way, and whether one of them moves by itself."""
    judged = asking.last(found)
    going = bool(judged and judged.is_going)
    return {"steps": list(_steps(found, problems, rehearsal, judged)), "replay_going": going}


def _steps(found: Draft, problems: int, rehearsal: dict[str, Any] | None, judged: Replay | None) -> Iterator[Step]:
    home = reverse("rules_draft", args=[found.pk])
    changed, proven = found.revision > 1, not remarks.unproven(rehearsal)
    here = "draft" if not changed else "check" if problems else "publish" if proven or found.is_proposed else "rehearse"
    yield Step(
        _("Mudar"), _("Já tem mudanças.") if changed else _("Ainda é o que vale hoje."),
        reverse("rules_changes", args=[found.pk]), "sliders-horizontal", "done" if changed else "open", here == "draft",
    )  # fmt: skip
    yield Step(
        _("Conferir"), _problems(problems), f"{home}#remarks", "list-checks", "wrong" if problems else "done",
        here == "check",
    )  # fmt: skip
    yield Step(
        _("Ensaiar"), _rehearsed(rehearsal), f"{home}#rehearsal", "clapperboard",
        "done" if proven else "wrong" if rehearsal and rehearsal["failed"] and not rehearsal["outdated"] else "open",
        here == "rehearse",
    )  # fmt: skip
    yield Step(
        _("Comparar"), _("O que muda, em frases."), reverse("compare_rules", args=[found.pk]), "git-compare"
    )  # fmt: skip
    said, state = _replayed(found, judged)
    yield Step(_("O que teria sido"), said, reverse("replay_rules", args=[found.pk]), "history", state)
    waits = _("Proposto: espera a segunda pessoa.") if found.is_proposed else _("Nada vale antes disso.")
    yield Step(_("Publicar"), waits, reverse("publish_draft", args=[found.pk]), "send", "open", here == "publish")


def _problems(count: int) -> str:
    if not count:
        return _("Nenhum problema.")
    return ngettext("%(count)d problema", "%(count)d problemas", count) % {"count": count}


def _rehearsed(rehearsal: dict[str, Any] | None) -> str:
    if rehearsal is None:
        return _("As histórias ainda não foram encenadas.")
    if rehearsal["state"] in {"waits", "plays"}:
        return _("As histórias estão sendo encenadas.")
    if rehearsal["outdated"]:
        return _("O rascunho mudou depois do ensaio.")
    if rehearsal["state"] == "stopped":
        return _("O ensaio não terminou.")
    if rehearsal["failed"]:
        count = rehearsal["failed"]
        return ngettext("%(count)d história falhou.", "%(count)d histórias falharam.", count) % {"count": count}
    return _("As histórias passaram.") if rehearsal["passed"] else _("Não há histórias.")


def _replayed(found: Draft, last: Replay | None) -> tuple[str, str]:
    if last is None:
        return _("Com os atendimentos passados; ainda não foi pedido."), "open"
    if last.is_going:
        return _("Os atendimentos passados estão sendo julgados."), "open"
    if last.revision != found.revision:
        return _("O rascunho mudou depois: peça de novo."), "open"
    return (_("Julgado; leia."), "done") if last.state == "done" else (_("Não chegou ao fim."), "open")
