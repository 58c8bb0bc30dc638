"""The survey: one question to the customer after a closed case has stayed quiet."""

from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.models import Survey
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.parties import Party


@effect("survey")
def ask(change: Change, _argument: arguments.Survey) -> None:
    """Asks the customer how the service was, once per case; a case they cannot see asks nothing."""
    send(change)


def send(change: Change) -> None:
    """Asks the customer, once per case; a case they cannot see asks nothing."""
    case = change.case
    if case.customer_id is None or not case.customer_in:
        return
    _survey, made = Survey.objects.get_or_create(case=case, defaults={"sent_at": change.at})
    if made:
        change.record(events.SurveySent(), to=audience.of(Party.CUSTOMER, Party.MARKETPLACE))
