"""Answering for the customer: the form they were asked, filled in by the agent who has them on the telephone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages import noting
from tratativa.cases.models import Attachment, Case, Entry, Request
from tratativa.cases.requests import requests
from tratativa.rulebook.terms.parties import Party

# The ways an answer can have come that the desk did not hear by itself.
WAYS = ("phone", "whatsapp", "email", "in-person")
SHOWN = 10  # of the customer's words beside the form, the newest


def waiting(case: Case, actor: Actor) -> list[Request]:
    """The forms the customer was asked, oldest first, which the marketplace's team may answer for them."""
    if actor.party is not Party.MARKETPLACE or not case.is_open:
        return []
    seen = visibility.visible_cases(actor).filter(pk=case.pk)
    asked = Request.objects.filter(case__in=seen, of=str(Party.CUSTOMER), answered_at=None, withdrawn_at=None)
    return list(asked.order_by("asked_at"))


def answer(
    request: Request,
    given: Mapping[str, Any],
    *,
    channel: str,
    by: Actor,
    at: datetime,
    carried: Mapping[str, Sequence[Attachment]] | None = None,
) -> Case:
    """Answers the form as the customer told the agent, by this channel (one of `WAYS`); the turn comes back.

    What is sealed is sealed here too. `carried` are files the customer already sent in the case, by the field they
    answer. Raises Invalid and NotAllowed.
    """
    if by.party is not Party.MARKETPLACE or request.of != Party.CUSTOMER:
        raise NotAllowed(_("Só a equipe do marketplace responde pelo cliente."))
    if channel not in WAYS:
        raise Invalid({"channel": _("Diga por onde o cliente respondeu.")})
    with door.judging(request.case_id, by=by, at=at) as change:
        sent = {name: _sent(change.case, files) for name, files in (carried or {}).items()}
        filled = dict(given)
        for name, files in sent.items():
            filled[name] = [*(given.get(name) or ()), *files]
        requests.take(change, request, filled, by=noting.voice(change), channel=channel)
    return change.case


def said_since(request: Request, actor: Actor) -> list[Entry]:
    """What the customer wrote since they were asked, newest last: their messages, and letters of theirs that were
    not taken for their word."""
    entries: QuerySet[Entry] = visibility.visible_entries(request.case, actor)
    words = entries.filter(number__gt=request.entry.number, words__isnull=False)
    theirs = words.filter(event=events.Posted.name, party=str(Party.CUSTOMER))
    letters = words.filter(
        event=events.LetterFiled.name, data__why__in=["stranger", "unproven", "delicate", "loop", "refused"]
    )
    found = (theirs | letters).select_related("words").order_by("-number")[:SHOWN]
    return list(found)[::-1]


def files_of(entries: Sequence[Entry], actor: Actor) -> list[Attachment]:
    """The files that came with these words and that this actor may read."""
    return list(visibility.visible_files(actor).filter(entry__in=entries).order_by("added_at", "id"))


def _sent(case: Case, files: Sequence[Attachment]) -> list[Attachment]:
    """Those of the files that stand on this case already. Raises Invalid for any other."""
    found = list(Attachment.objects.filter(pk__in=[file.pk for file in files], case=case, entry__isnull=False))
    if len(found) != len(files):
        raise Invalid({"files": _("Um dos arquivos não é deste atendimento.")})
    return found
