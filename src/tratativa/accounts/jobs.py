"""Jobs of accounts: letters that nobody waits for on a page, and forgetting who tried what."""

import uuid
from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tratativa.accounts import clock, reach, signing_in
from tratativa.accounts.absence import THROUGH_OUTAGES
from tratativa.accounts.addresses import letters as address_letters
from tratativa.accounts.audit import disclosure_letters
from tratativa.accounts.people import letters, resetting, warning

KEPT = timedelta(days=8)  # the doctor looks at a week of tries


@app.task(name="accounts.send_reset", queue="mail", retry=RetryStrategy(max_attempts=3, wait=2))
def send_reset(email: str, language: str) -> None:
    """Sends the letter with the way to a new password, if the address is somebody's."""
    resetting.send(email, language)


@app.task(name="accounts.tell_disclosure", queue="mail", retry=RetryStrategy(max_attempts=10, exponential_wait=2))
def tell_disclosure(line: str, marketplace: str) -> None:
    """Tells an administrator what a line of that marketplace's audit log says of somebody else."""
    with reach.within(uuid.UUID(marketplace)):
        disclosure_letters.send(line)


@app.task(name="accounts.send_invitation", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send_invitation(invitation_id: str, language: str) -> None:
    """Sends the letter of an invitation whose link still opens."""
    letters.send(invitation_id, language, at=clock.now())


@app.periodic(cron="50 3 * * *")
@app.task(name="accounts.forget_tries", queueing_lock="accounts.forget_tries", retry=THROUGH_OUTAGES)
def forget_tries(timestamp: int) -> None:
    """Forgets tries of more than a week ago."""
    signing_in.forget_tries(before=clock.now() - KEPT)


@app.task(name="accounts.send_email_change", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send_email_change(change_id: str, side: str, language: str) -> None:
    """Sends the letter of a change of e-mail to one of its two addresses."""
    address_letters.send(change_id, side, language, at=clock.now())


@app.task(name="accounts.warn", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def warn(person_id: str, what: str, team: str, who: str, language: str, about: str = "") -> None:
    """Sends the letter of what another person did to somebody's access, or to who administers beside them."""
    warning.send(person_id, what, team, who, language, about)
