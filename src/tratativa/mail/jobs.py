"""Jobs of the post: each letter is tried until the mail server takes it or the tries run out."""

import contextlib
import logging
import uuid

from django.conf import settings
from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tratativa.accounts import clock
from tratativa.accounts.absence import AWAY, THROUGH_OUTAGES
from tratativa.accounts.models import Customer
from tratativa.cases.core import work
from tratativa.mail.filing import aside, erasing, filing
from tratativa.mail.intake import fetching
from tratativa.mail.models import Arrival, Letter, Mailbox
from tratativa.mail.outgoing import moving, sending
from tratativa.mail.patience import PATIENT, Patience

log = logging.getLogger(__name__)


@app.task(name="mail.send_letter", queue="mail", retry=PATIENT)
@work.of_its_marketplace(Letter, "letter_id")
def send_letter(letter_id: str) -> None:
    """Sends one letter unless it went out before."""
    sending.send(letter_id, at=clock.now())


@app.task(name="mail.tell_of_move", queue="mail", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def tell_of_move(old: str, to: str, team: str, who: str, host: str, language: str) -> None:
    """Sends, by the server of before, the letter that letters leave by another from now on."""
    moving.send(old, to, team, who, host, language)


# A letter that cannot be filed for an hour is put aside for somebody to look at.
OPENINGS = 8


@app.task(
    name="mail.open_letter", queue="mail", pass_context=True,
    retry=Patience(tries=OPENINGS, base=3),
)  # fmt: skip
@work.of_its_marketplace(Arrival, "arrival_id")
def open_letter(context: JobContext, arrival_id: str) -> None:
    """Opens a letter that came in and files it, once; the last try that fails puts it aside."""
    try:
        filing.open_letter(uuid.UUID(arrival_id), at=clock.now())
    except AWAY:
        raise  # that the database went away is no fault of the letter's
    except Exception as problem:
        if context.job is None or context.job.attempts < OPENINGS - 1:
            raise
        log.exception("letter %s could not be filed and was put aside", arrival_id)
        aside.give_up(uuid.UUID(arrival_id), f"{type(problem).__name__}: {problem}", at=clock.now())


@app.periodic(cron=settings.MAILBOX_CRON)
@app.task(name="mail.look_at_mailboxes", queue="mail", queueing_lock="mail.look_at_mailboxes", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def look_at_mailboxes(timestamp: int) -> None:
    """Asks for a look at every mailbox that is fetched, each in a job of its own: one that is down delays no other."""
    for key in Mailbox.objects.filter(kind="imap", paused_at=None).values_list("pk", flat=True):
        _look_soon(key)


@app.task(name="mail.look_at_mailbox", queue="mailboxes")
@work.of_its_marketplace(Mailbox, "mailbox_id")
def look_at_mailbox(mailbox_id: str) -> None:
    """Fetches what is new in one mailbox, and asks for another look while there is more."""
    mailbox = Mailbox.objects.filter(pk=mailbox_id, paused_at=None).first()
    if mailbox and fetching.look(mailbox, at=clock.now()):
        _look_soon(mailbox.pk)


def _look_soon(key: uuid.UUID) -> None:
    name = f"mail.look_at:{key}"
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        work.ask("mail.look_at_mailbox", queueing_lock=name, lock=name, mailbox_id=key)


@app.periodic(cron="50 3 * * *")
@app.task(name="mail.erase_expired", queue="mail", queueing_lock="mail.erase_expired", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def erase_expired(timestamp: int) -> None:
    """Erases, every night, the letters that brought what the cases have thrown away since."""
    erasing.follow(at=clock.now())


@app.task(name="mail.send_code", queue="mail", retry=RetryStrategy(max_attempts=3, wait=2))
@work.of_its_marketplace(Customer, "customer_id")
def send_code(customer_id: str) -> None:
    """Makes a customer's code and sends it at once; the code itself is stored nowhere."""
    sending.send_code(customer_id, at=clock.now())
