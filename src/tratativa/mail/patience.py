"""Patience: how often a letter is tried, and that the database's absence is no fault of a letter's."""

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from tratativa.accounts.absence import AWAY, BACK_IN

TRIES = 14


class Patience(BaseRetryStrategy):
    """So many tries, each pause `base` times the one before; the database's absence counts for none of them."""

    def __init__(self, *, tries: int, base: int) -> None:
        """The first pause takes `base` seconds."""
        self._tries = tries
        self._base = base

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None after the last try."""
        if isinstance(exception, AWAY):
            return RetryDecision(retry_in={"seconds": BACK_IN})
        if job.attempts >= self._tries:
            return None
        return RetryDecision(retry_in={"seconds": self._base ** (job.attempts + 1)})


# From two seconds to a few hours: over a day of patience with a mail server that is down.
PATIENT = Patience(tries=TRIES, base=2)
