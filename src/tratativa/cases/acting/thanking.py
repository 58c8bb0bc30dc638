"""Thanking: a last word of thanks opened a finished case again; whoever it was written to closes it as it was."""

from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.acting import closing
from tratativa.cases.core import audience, visibility
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages import thanks
from tratativa.cases.models import Case, Entry
from tratativa.rulebook.language.arguments import Close
from tratativa.rulebook.terms.parties import Party

LONGEST = 160  # characters: whoever writes more than thanks has more to say
_TEAMS = (Party.MARKETPLACE, Party.SELLER)
# What says that more happened since than one word of thanks.
_TELLING = frozenset(
    {
        events.Posted.name, events.Reopened.name, events.Closed.name, events.ActionDone.name, events.Asked.name,
        events.Answered.name, events.Told.name, events.MediationAsked.name, events.Ruled.name, events.HoldBegan.name,
    }
)  # fmt: skip


def said(case: Case, actor: Actor) -> Entry | None:
    """The message that may be thanks alone: short, asking nothing, without files, written to the actor's party, the
    only thing that happened since it opened the case again. None where there is none.

    A seller, whom an answer and its clock would be spared, is not taken at its word: for it the words say so as well.
    """
    if not case.is_open or case.queue or case.mediation == "asked" or actor.party not in _TEAMS:
        return None
    seen = visibility.visible_entries(case, actor).filter(event__in=_TELLING).select_related("words")
    last = list(seen.order_by("-number")[:2])
    if [entry.event for entry in last] != [events.Posted.name, events.Reopened.name]:
        return None
    words, opened = last
    theirs = words.party == opened.party and words.party != actor.party and words.data["to"] == str(actor.party)
    brief = 0 < len(words.said) <= LONGEST and "?" not in words.said
    if not (theirs and brief) or (actor.party is Party.SELLER and not _thanks(case, words.said)):
        return None
    return None if words.attachments.exists() else words


def _thanks(case: Case, said: str) -> bool:
    people = (case.seller, case.customer, case.seller_assignee)
    return thanks.alone(said, [one.name for one in people if one])


def close_again(case: Case, *, by: Actor, at: datetime) -> Case:
    """Closes the case as it was before the thanks. The law's own clock, where it still waits, goes on waiting.

    Raises NotAllowed where more than thanks was said, or was said meanwhile.
    """
    with door.judging(case.pk, by=by, at=at) as change:
        words = said(change.case, by)
        if words is None:
            raise NotAllowed(_("Isto não é só um agradecimento: leia a conversa e responda."))
        change.because = "thanks"
        if words.party == Party.CUSTOMER:
            change.case.customer_waiting = False
        change.record(events.Thanked(message=words.number), to=audience.TEAM_AND_SELLER)
        closing.close(change, Close())
    return change.case
