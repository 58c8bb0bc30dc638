"""Pace: letters that come to a case too fast for people to write them; two machines that answer each other do so."""

from datetime import timedelta

from django.db.models import QuerySet

from tratativa.cases.models import Case
from tratativa.mail.models import Arrival

# More letters than this on one case in ten minutes.
_MOST = 20
_SPAN = timedelta(minutes=10)


def of_customer(arrival: Arrival, case: Case) -> bool:
    """Whether the customer's own letters come too fast. Nobody else's count: a stranger who sends many would silence
    the customer."""
    return _before(arrival, case).filter(verified=True).count() >= _MOST


def of_all(arrival: Arrival, case: Case) -> bool:
    """Whether letters on this case come too fast to ask or to tell anybody because of each."""
    return _before(arrival, case).count() >= _MOST


def _before(arrival: Arrival, case: Case) -> QuerySet[Arrival]:
    found = Arrival.objects.filter(case=case, at__gt=arrival.at - _SPAN, at__lte=arrival.at)
    return found.exclude(pk=arrival.pk)
