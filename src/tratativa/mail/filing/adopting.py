"""Adopting: somebody of the team says that a letter is the customer's, and it becomes their word as of its arrival."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.acting import follow_ups
from tratativa.cases.clocks import planning
from tratativa.cases.core import audience
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.mail.filing import filing, kept_files, long_letters, threading
from tratativa.mail.models import Arrival, Participant
from tratativa.rulebook.terms.parties import Party

# Why a letter lies beside a conversation, where it could yet be the customer's own.
_ADOPTABLE = {"stranger", "unproven", "delicate", "loop", "machine", "refused"}


def case_for(arrival: Arrival) -> Case | None:
    """The case whose customer may have written this letter: the one it lies beside, or the one it is offered to."""
    if arrival.verified or arrival.erased_at:
        return None
    if arrival.state == "unmatched":
        return arrival.offered
    beside = arrival.state == "filed" and arrival.bounced_id is None and arrival.entry is not None
    if not beside or arrival.entry is None or arrival.entry.data.get("why") not in _ADOPTABLE:
        return None
    case = arrival.case
    return case if case and case.customer_id and not case.queue and not case.internal else None


def adopt(arrival: Arrival, *, by: Actor, at: datetime) -> Case:
    """Takes the letter as the customer's word at the moment it came: it reopens, stops and starts clocks as of then.

    Returns the case it landed in. Raises NotAllowed and Invalid, where the rulebook would not have let it in either.
    """
    case = _check(arrival, by)
    read = filing.read(arrival)
    customer = actors.of_customer(case.customer) if case.customer else by
    kept = kept_files.keep(arrival, read, case, by=customer, at=arrival.at, beside=long_letters.whole(read))
    with transaction.atomic():
        locked = Arrival.objects.select_for_update(of=("self",)).select_related("mailbox", "case", "entry", "offered")
        letter = locked.get(pk=arrival.pk)
        if case_for(letter) != case:
            raise NotAllowed(_("Este e-mail já foi tratado por outra pessoa."))
        thread = threading.find(read.fields, letter.recipients, letter.mailbox)
        landed = filing.take(letter, case, read, kept, to=thread.letter)
        letter.state, letter.verified, letter.offered = "filed", True, None
        letter.folded, letter.pictures = long_letters.folded(read), kept_files.pictures(read)
        letter.save()
        with door.judging(landed.pk, by=by, at=at) as change:
            change.record(events.LetterAdopted(arrival=str(letter.pk)), to=audience.TEAM)
            if letter.entry:
                planning.answered_then(change, letter.entry)
    if letter.task:
        follow_ups.done(letter.task, by=by, at=at)
    return landed


def admit(arrival: Arrival, *, by: Actor, at: datetime) -> Case:
    """Takes the letter as the customer's, and whatever else comes from its address on this case. Raises as `adopt`."""
    case = _check(arrival, by)
    with transaction.atomic():
        landed = adopt(arrival, by=by, at=at)
        known = {"added_by_id": by.person_id, "added_at": at}
        for one in {case.pk, landed.pk}:
            Participant.objects.get_or_create(case_id=one, address=arrival.sender, defaults=known)
    return landed


def _check(arrival: Arrival, by: Actor) -> Case:
    if by.party is not Party.MARKETPLACE or by.marketplace_id != arrival.marketplace_id:
        raise NotAllowed(_("Só a equipe do marketplace diz de quem é um e-mail."))
    case = case_for(arrival)
    if case is None or case.customer is None:
        raise NotAllowed(_("Este e-mail já foi tratado por outra pessoa."))
    return case
