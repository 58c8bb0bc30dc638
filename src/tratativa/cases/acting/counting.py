"""Effects on the seller's record."""

from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.models import Mark
from tratativa.rulebook.language import arguments


@effect("count")
def count(change: Change, argument: arguments.Count) -> None:
    """Counts one event for the seller; the same cause at the same moment counts once, whatever is retried."""
    if change.case.seller_id is None:
        return
    _mark, made = Mark.objects.get_or_create(
        case=change.case,
        metric=argument.metric,
        source=f"{change.because}@{change.at:%Y%m%dT%H%M%S}"[:80],
        defaults={"seller_id": change.case.seller_id, "at": change.at},
    )
    if made:
        change.record(events.Counted(metric=argument.metric), to=audience.TEAM_AND_SELLER)
