"""Buttons: what this actor may do on a case now, and why not where not."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tratativa.cases.core import protocols
from tratativa.cases.models import Case
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.verdict import Available, Verdict

_ICONS = {
    "close": "circle-check",
    "reopen": "rotate-ccw",
    "mediation": "scale",
    "ruling": "gavel",
    "note": "sticky-note",
    "assign": "user-plus",
    "help": "life-buoy",
}


@dataclass(frozen=True)
class Button:
    """An action in the menu: with an address when it may be done now, else with the reason why not."""

    label: str
    icon: str
    url: str = ""
    why: str = ""
    dialog: bool = True
    due: datetime | None = None


def of(case: Case, book: Rulebook, verdict: Verdict) -> list[Button]:
    """What may be done first, then what may not yet; the reply has its own place."""
    reply = book.replies.id
    shown = protocols.show(case.protocol)
    can = [_button(answer, shown) for answer in verdict.available if answer.action.id != reply]
    cannot = [
        Button(answer.action.label, "", why=answer.why) for answer in verdict.unavailable if answer.action.id != reply
    ]
    return can + cannot


def ruling_url(case: Case, verdict: Verdict) -> str:
    """Where the actor decides the mediation, when that is what the case waits for."""
    ruling = next((answer.action for answer in verdict.available if answer.action.place == "ruling"), None)
    return reverse("action", args=[protocols.show(case.protocol), ruling.id]) if ruling else ""


def icon(action: Action) -> str:
    """The icon of an action."""
    return _ICONS.get(action.place, "arrow-right")


def _button(answer: Available, shown: str) -> Button:
    action = answer.action
    url = reverse("action", args=[shown, action.id])
    return Button(action.label, icon(action), url, dialog=action.place != "ruling", due=answer.due_at)
