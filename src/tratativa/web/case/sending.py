"""Sending: messages that were pressed and can still be taken back, as pages draw them (ADR 108)."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Person
from tratativa.cases import events
from tratativa.cases.core import protocols, rulebook_versions, visibility
from tratativa.cases.models import Case, Pressed
from tratativa.cases.sentences.reader import party_name
from tratativa.rulebook.language.rulebook import Rulebook


@dataclass(frozen=True)
class Sent:
    """One message on its way, or what became of it: `title` says it and `words` what it says.

    `state` is `waiting`, `said`, `undone` or `refused`; `left` the seconds it can surely be taken back for. The
    addresses are empty where the reader may not, or not any more.
    """

    key: str
    state: str
    title: str
    words: str
    files: int
    leaves_at: datetime
    left: float
    case_url: str
    undo_url: str
    now_url: str
    state_url: str


def of_case(case: Case, actor: Actor, book: Rulebook, *, at: datetime) -> list[Sent]:
    """What the actor's team is sending on the case; at most one query, and one for colleagues' names."""
    waiting = visibility.visible_pressed(actor).filter(case=case, ended_at=None).order_by("pressed_at", "id")
    found = list(waiting.prefetch_related("files"))
    others = {one.person_id for one in found if one.person_id != actor.person_id}
    names = dict(Person.objects.filter(pk__in=others).values_list("pk", "name")) if others else {}
    return [_draw(one, case, book, actor, names.get(one.person_id, ""), at) for one in found]


def of_key(key: uuid.UUID, actor: Actor, *, at: datetime) -> Sent | None:
    """One of the actor's own messages, whatever became of it; None for what is not theirs, or of long ago."""
    mine = visibility.visible_pressed(actor).filter(pk=key, person_id=actor.person)
    one = mine.select_related("case__marketplace", "entry").prefetch_related("files").first()
    return _draw(one, one.case, rulebook_versions.of(one.case), actor, "", at) if one else None


def _draw(one: Pressed, case: Case, book: Rulebook, actor: Actor, who: str, at: datetime) -> Sent:
    shown = protocols.show(case.protocol)
    mine, waits = one.person_id == actor.person_id, one.ended_at is None
    return Sent(
        key=str(one.pk),
        state=one.outcome or "waiting",
        title=_title(one, party_name(book, one.to), who, mine=mine),
        words=one.body,
        files=len(one.files.all()),
        leaves_at=one.leaves_at,
        left=max(0.0, (one.leaves_at - at).total_seconds()),
        case_url=reverse("case", args=[shown]),
        undo_url=reverse("undo_sending", args=[one.pk]) if mine and waits else "",
        now_url=reverse("send_now", args=[one.pk]) if mine and waits else "",
        state_url=reverse("sending", args=[one.pk]) if mine else "",
    )


def _title(one: Pressed, to: str, who: str, *, mine: bool) -> str:
    gaps = {"who": who or _("Alguém da sua equipe"), "to": to}
    if one.outcome == "said":
        held = one.entry is not None and one.entry.event == events.HoldBegan.name
        kept = _("Mensagem para %(to)s retida: a equipe do marketplace vai ler antes.")
        return (kept if held else _("Mensagem enviada para %(to)s.")) % gaps
    if one.outcome == "undone":
        return _("Desfeito: nada foi enviado. A mensagem está no rascunho.")
    if one.outcome == "refused":
        return _("A mensagem para %(to)s não foi enviada e voltou ao rascunho. O atendimento diz por quê.") % gaps
    return (_("Enviando para %(to)s") if mine else _("%(who)s está enviando uma mensagem para %(to)s")) % gaps
