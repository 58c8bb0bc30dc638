"""Attached: what a saved reply brings along beside its words: tags put on when the message goes, an action offered."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from tratativa.accounts.actors import Actor
from tratativa.cases.acting import actions
from tratativa.cases.models import Case
from tratativa.rulebook.verdict import Available, Unavailable
from tratativa.saved_replies import shelf
from tratativa.saved_replies.models import SavedReply
from tratativa.web.case import buttons
from tratativa.web.case.buttons import Button
from tratativa.web.frame.gates import StaffRequest

MOST = 10  # replies in one message


@dataclass(frozen=True)
class Attached:
    """A reply that was put into a message: its tags, each ticked or not, and the action it suggests."""

    key: str
    name: str
    tags: tuple[tuple[str, bool], ...] = ()
    action: Button | None = None


def of_request(request: StaffRequest, case: Case) -> list[Attached]:
    """What hangs on the message this page shows: named by its form, or by the address somebody was led to."""
    raw = request.POST.getlist("saved_reply") or request.GET.getlist("reply")
    ticked = request.POST.getlist("tag") if request.method == "POST" else None
    found = [reply for key in dict.fromkeys(raw[:MOST]) if (reply := shelf.chosen(request.actor, key))]
    return [of(reply, case, request, ticked=ticked) for reply in found]


def others(tags: Sequence[str], shown: Sequence[Attached]) -> list[str]:
    """The tags of a draft, put on when it goes, that no reply on the page brings along: kept with it, or given back."""
    brought = {tag for one in shown for tag, _ticked in one.tags}
    return [tag for tag in tags if tag not in brought]


def of(reply: SavedReply, case: Case, request: StaffRequest, *, ticked: Sequence[str] | None = None) -> Attached:
    """What this reply brings along on this case; all its tags ticked unless the form said otherwise."""
    tags = tuple((tag, ticked is None or tag in ticked) for tag in reply.tags)
    return Attached(str(reply.pk), reply.name, tags, _action(reply, case, request.actor, request))


def _action(reply: SavedReply, case: Case, actor: Actor, request: StaffRequest) -> Button | None:
    """The suggested action as the case allows it now: with its form's address, or with why not."""
    if not reply.action:
        return None
    answer = actions.verdict(case, actor, at=request.at).find(reply.action)
    if isinstance(answer, Available):
        name = reverse("action", args=[case.protocol, answer.action.id], query={"reply": str(reply.pk)})
        return Button(answer.action.label, buttons.icon(answer.action), name, dialog=answer.action.place != "ruling")
    return Button(answer.action.label, "", why=answer.why) if isinstance(answer, Unavailable) else None
