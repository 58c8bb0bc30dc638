"""Jobs of notices: made after the change they tell of, in a crew that holds up no letter and no case."""

import uuid

from procrastinate.contrib.django import app

from tratativa.accounts import clock
from tratativa.accounts.absence import THROUGH_OUTAGES
from tratativa.cases.core import work
from tratativa.cases.models import Case
from tratativa.mail.patience import PATIENT, Patience
from tratativa.notices import emailing, making
from tratativa.notices.models import Digest, Notice
from tratativa.notices.push import telling


@app.task(name="notices.make", queue="notices", retry=Patience(tries=8, base=3))
@work.of_its_marketplace(Case, "case_id")
def make(case_id: str, first: str, last: str) -> None:
    """Tells whom the entries of a case from `first` to `last` concern."""
    making.make(uuid.UUID(case_id), int(first), int(last), at=clock.now())


@app.task(name="notices.email", queue="telling", retry=PATIENT)
@work.of_its_marketplace(Notice, "notice_id", "marketplace_id", "person_id")
def email(notice_id: str) -> None:
    """Sends one notice by e-mail, unless it was read, told or taken away since."""
    emailing.send(uuid.UUID(notice_id), at=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="notices.digest", queue="notices", queueing_lock="notices.digest", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def digest(timestamp: int) -> None:
    """Puts together, every ten minutes, the digests whose hour has come."""
    emailing.collect(at=clock.now())


@app.task(name="notices.send_digest", queue="telling", retry=PATIENT)
@work.of_its_marketplace(Digest, "digest_id", "marketplace_id", "person_id")
def send_digest(digest_id: str) -> None:
    """Sends one digest."""
    emailing.send_digest(uuid.UUID(digest_id), at=clock.now())


@app.task(name="notices.push", queue="notices", retry=Patience(tries=8, base=3))
@work.of_its_marketplace(Notice, "notice_id", "marketplace_id", "person_id")
def push(notice_id: str) -> None:
    """Asks for a push of a notice to each of its person's browsers."""
    telling.spread(uuid.UUID(notice_id), at=clock.now())


@app.task(name="notices.push_one", queue="push", retry=Patience(tries=7, base=3))
@work.of_its_marketplace(Notice, "notice_id", "marketplace_id", "person_id")
def push_one(notice_id: str, subscription_id: str) -> None:
    """Pushes a notice to one browser; a push service that is down is asked three times, and then each hour."""
    telling.push(uuid.UUID(notice_id), uuid.UUID(subscription_id), at=clock.now())
