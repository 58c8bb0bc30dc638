"""Contests: a seller says why a mark should not count, and the marketplace decides. No mark is ever deleted."""

from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience, justification
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Mark
from tratativa.rulebook.terms.parties import Party


def contest(mark: Mark, words: str, *, by: Actor, at: datetime) -> None:
    """Contests a mark, once, for its seller's administrator. Raises Invalid and NotAllowed."""
    said = justification.read(words)
    if by.party is not Party.SELLER or by.seller_id != mark.seller_id or not by.is_admin:
        raise NotAllowed(_("Só quem administra a conta do lojista contesta o que foi contado."))
    with door.judging(mark.case_id, by=by, at=at) as change:
        now = Mark.objects.get(pk=mark.pk)
        if now.contest_id:
            raise NotAllowed(_("Este evento já foi contestado."))
        now.contest = change.record(
            events.MarkContested(mark=str(now.pk), metric=now.metric), to=audience.TEAM_AND_SELLER, words=said
        )
        now.save(update_fields=["contest"])


def decide(mark: Mark, words: str, *, accept: bool, by: Actor, at: datetime) -> None:
    """Accepts or refuses a contest, with the reason; an accepted one voids the mark. Raises Invalid and NotAllowed."""
    said = justification.read(words)
    if by.party is not Party.MARKETPLACE or by.marketplace_id != mark.case.marketplace_id:
        raise NotAllowed(_("Só a equipe do marketplace decide uma contestação."))
    with door.judging(mark.case_id, by=by, at=at) as change:
        now = Mark.objects.select_related("contest").get(pk=mark.pk)
        if now.contest is None or now.decision_id:
            raise NotAllowed(_("Não há contestação à espera de decisão neste evento."))
        # A person may work for a seller and for the marketplace; a score takes two people to correct.
        if now.contest.actor_id == by.person_id:
            raise NotAllowed(_("Quem contestou não decide a própria contestação."))
        now.decision = change.record(
            events.MarkDecided(mark=str(now.pk), metric=now.metric, accepted=accept),
            to=audience.TEAM_AND_SELLER,
            words=said,
        )
        now.voided = accept
        now.save(update_fields=["decision", "voided"])
