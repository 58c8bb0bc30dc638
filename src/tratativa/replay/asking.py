"""Asking for a replay from a page, stopping it, and doing it where no page waits; what is killed begins again once."""

import json
import logging
import uuid
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tratativa.accounts import clock
from tratativa.accounts.people.team import Doer
from tratativa.cases.core import rulebook_versions, work
from tratativa.cases.models import Judged
from tratativa.founding.rules import BadRules
from tratativa.replay import running
from tratativa.replay.asked import Asked
from tratativa.replay.models import GOING, Replay
from tratativa.replay.tallies import Tally
from tratativa.studio import drafts
from tratativa.studio.models import Draft

log = logging.getLogger(__name__)

SIGN = timedelta(seconds=1)  # how often it says how far it has come, and hears whether it is to stop
TRIES = 2
SILENT = timedelta(minutes=5)  # after which nobody runs it any more: a worker's queue begins it again well before


def ask(draft: Draft, since: date, *, by: Doer, at: datetime) -> Replay:
    """Asks for a replay; the one that waits or runs already, where one does. Raises BadRules for a draft that is not
    whole: nothing can be judged by it."""
    assert by.person is not None  # a page's
    drafts.rulebook(draft)
    silent = Replay.objects.filter(draft=draft, state="runs", seen_at__lt=at - SILENT)
    silent.update(state="broken", ended_at=at)  # what ran it is gone without a word
    try:
        with transaction.atomic():
            asked = Replay.objects.create(
                draft=draft, revision=draft.revision, since=since, asked_by=by.person, asked_at=at
            )
            work.ask("replay.run", lock=work.heavy(draft.marketplace_id), replay_id=asked.pk)
    except IntegrityError:
        return Replay.objects.filter(GOING, draft=draft).latest("asked_at")
    return asked


def stop(asked: Replay, *, at: datetime) -> None:
    """Ends it as soon as it is heard; what it had counted so far stays to be read."""
    Replay.objects.filter(GOING, pk=asked.pk).update(state="stopped", ended_at=at)


def last(draft: Draft) -> Replay | None:
    """The one asked for last, as it is: one that has long given no sign of life is broken."""
    found: Replay | None = draft.replays.select_related("asked_by").order_by("-asked_at", "-id").first()
    if found and found.state == "runs" and found.seen_at and clock.now() - found.seen_at > SILENT:
        found.state = "broken"
    return found


def perform(key: uuid.UUID) -> None:
    """Runs it, as whoever took it up; begun anew after a worker's death, it is run from its beginning, once."""
    asked = Replay.objects.select_related("draft__marketplace").filter(GOING, pk=key).first()
    if asked is None:
        return  # stopped, done, or its draft was thrown away
    if asked.begun >= TRIES:
        _end(asked, "broken", trouble=_("Quem a fazia parou duas vezes, talvez por falta de memória."))
        return
    try:
        data = drafts.ready(asked.draft).loaded.data
    except BadRules:
        _end(asked, "broken", trouble=_("O rascunho mudou e tem problemas: confira-o e peça de novo."))
        return
    _run(asked, json.dumps(data, ensure_ascii=False))


def _run(asked: Replay, source: str) -> None:
    place, now = asked.draft.marketplace, clock.now()
    what = Asked(place.pk, source, _beginning(asked), judged_until(now))
    begun = Replay.objects.filter(GOING, pk=asked.pk).update(
        state="runs", begun=asked.begun + 1, seen_at=now, judged=0, tally={}, rules=source, until=what.until,
        cases=running.count(what), revision=asked.draft.revision,
    )  # fmt: skip
    if not begun:
        return  # stopped while its cases were counted
    signs = _Signs(asked.pk)
    try:
        found = running.run(what, workers=running.processes(), tell=signs.give)
    except running.Stopped:
        return
    except running.Broken:
        _end(asked, "broken", trouble=_("Um dos processos foi encerrado de fora, talvez por falta de memória."))
        return
    except Exception:  # whatever it is, nobody runs it any more: said, so that it can be asked for again
        _end(asked, "broken", trouble=_("Algo falhou do nosso lado; a falha foi registrada."))
        raise
    Replay.objects.filter(pk=asked.pk, state="runs").update(
        state="done", judged=found.cases, tally=found.as_json(), ended_at=clock.now(), seen_at=clock.now()
    )


class _Signs:
    """Says now and then how far it has come, and hears that it is to stop."""

    def __init__(self, key: uuid.UUID) -> None:
        self.key, self.next_at = key, clock.now()

    def give(self, so_far: Tally) -> None:
        """Raises Stopped where somebody stopped it, or threw its draft away."""
        now = clock.now()
        if now < self.next_at:
            return
        self.next_at = now + SIGN
        going = Replay.objects.filter(pk=self.key, state="runs")
        if not going.update(judged=so_far.cases, seen_at=now):
            Replay.objects.filter(pk=self.key, state="stopped").update(judged=so_far.cases, tally=so_far.as_json())
            raise running.Stopped


def judged_until(now: datetime) -> datetime:
    """Until when everything due was judged: what the sweep has not come to is nobody's miss yet."""
    swept = Judged.objects.filter(pk=Judged.ONLY).values_list("at", flat=True).first()
    return min(now, swept) if swept else now


def _beginning(asked: Replay) -> datetime:
    zone = rulebook_versions.in_force(asked.draft.marketplace_id).clock.zone
    return datetime.combine(asked.since, time(), tzinfo=zone)


def _end(asked: Replay, state: str, *, trouble: str) -> None:
    log.warning("replay %s ended as %s", asked.pk, state)
    going = Replay.objects.filter(GOING, pk=asked.pk)
    going.update(state=state, ended_at=clock.now(), trouble=trouble)
