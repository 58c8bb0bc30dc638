"""Presence: who is writing on a case, or has it open, told to the pages that are open now and kept nowhere."""

from collections.abc import Iterable

from django.core.cache import caches

from tratativa.accounts.actors import Actor
from tratativa.cases.core import audience, live, rulebook_versions
from tratativa.cases.models import Case
from tratativa.rulebook.terms.parties import Party

PACE = 2  # seconds: in each process, a person is told of once in that time
WRITING, VIEWING = "writing", "viewing"


def writing(case: Case, *, by: Actor, readers: int) -> None:
    """Tells that somebody writes a message these readers would see. `case` is one the actor may know of.

    Another party learns of it where the kind of case is a conversation (M-01), and only which party it is; one's own
    team learns who. A customer who does not know of the case yet hears nothing.
    """
    if not _in_its_time(case, by, WRITING):
        return
    _tell(case, by, WRITING, [by.party], who=str(by.person))
    kind = rulebook_versions.of(case).kind(case.kind)
    others = [party for party in audience.parties(readers) if party is not by.party]
    if not case.customer_in:
        others = [party for party in others if party is not Party.CUSTOMER]
    if kind and kind.chat and others:
        _tell(case, by, WRITING, others, who="")


def viewing(case: Case, *, by: Actor) -> None:
    """Tells one's own team that somebody has the case open."""
    if _in_its_time(case, by, VIEWING):
        _tell(case, by, VIEWING, [by.party], who=str(by.person))


def _in_its_time(case: Case, by: Actor, does: str) -> bool:
    return caches["process"].add(f"presence:{case.pk}:{by.person}:{does}", True, timeout=PACE)


def _tell(case: Case, by: Actor, does: str, parties: Iterable[Party], *, who: str) -> None:
    news = {
        "topics": [live.case_topic(case.pk, party) for party in parties],
        "id": str(case.pk),
        "does": does,
        "party": str(by.party),
        "who": who,
    }
    live.tell(news)
