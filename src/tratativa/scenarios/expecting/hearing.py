"""Who heard of what since the last `expect`: letters sent, and new lines on each party's page."""

from django.db.models import Max, QuerySet

from tratativa.cases.core import audience
from tratativa.cases.models import Case, Entry
from tratativa.mail.models import Letter
from tratativa.scenarios.stage import Stage


def emailed(stage: Stage) -> set[str]:
    """The parties a letter was written to, a queue by its name too."""
    found: set[str] = set()
    for party, queue in _letters(stage).exclude(pk__in=stage.letters).values_list("party", "case__queue"):
        known = stage.book.queue(queue) if queue else None
        found |= {party, known.label} if known else {party}
    return found


def notified(stage: Stage) -> set[str]:
    """The parties whose page shows something new that they did not do themselves."""
    found: set[str] = set()
    for entry in Entry.objects.filter(case__marketplace=stage.marketplace):
        if entry.number > stage.entries.get(entry.case_id, 0):
            done_by = entry.party if entry.actor_id else ""  # what only time did is news to everybody
            found |= {str(party) for party in audience.parties(entry.audience) if party != done_by}
    return found


def look_away(stage: Stage) -> None:
    """From here on only what is new counts."""
    stage.letters |= set(_letters(stage).values_list("pk", flat=True))
    cases = Case.objects.filter(marketplace=stage.marketplace).annotate(last=Max("entries__number"))
    stage.entries = {case.pk: case.last or 0 for case in cases}


def _letters(stage: Stage) -> QuerySet[Letter]:
    return Letter.objects.filter(marketplace=stage.marketplace)
