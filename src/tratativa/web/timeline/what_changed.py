"""What changed since a page was drawn: for whoever sent its form, who was first and what they did."""

from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.models import Case
from tratativa.cases.reading import timeline
from tratativa.cases.sentences import registry
from tratativa.cases.sentences.reader import Reading


def told(case: Case, actor: Actor, *, at: datetime) -> str:
    """The newest thing somebody else did that this reader may know, in a sentence with who and when."""
    book = rulebook_versions.of(case)
    own = set(visibility.visible_entries(case, actor).filter(actor_id=actor.person_id).values_list("number", flat=True))
    for line in reversed(timeline.read(case, actor)):
        telling = registry.of(line.event)
        if line.number in own or not (telling.news or telling.shared):
            continue
        said = telling.sentence(Reading(line, case, book, actor.party)).strip().rstrip(".")
        if said:
            who = line.who or book.parties.get(line.party, "")
            return _("O atendimento mudou enquanto você olhava: %(said)s (%(who)s, %(when)s).") % {
                "said": said, "who": who, "when": moments.short(line.at, at),
            }  # fmt: skip
    return _("O atendimento mudou enquanto você olhava.")
