"""Jobs of cases: written in the transaction that asks for them, run after its commit, harmless when run twice."""

import logging
import uuid
from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tratativa.accounts import clock
from tratativa.accounts.absence import AWAY, THROUGH_OUTAGES
from tratativa.accounts.people.models import Departure
from tratativa.cases.acting import approvals, follow_ups, inheriting, pressing
from tratativa.cases.core import work
from tratativa.cases.files import attachments, identity_documents
from tratativa.cases.models import Attachment, Case, Held, Pressed
from tratativa.cases.orders import command_outcomes
from tratativa.cases.queues import child_reports, children, giving, receita
from tratativa.orders import commands
from tratativa.orders.models import Command, Lookup

log = logging.getLogger(__name__)
PATIENT = RetryStrategy(max_attempts=12, exponential_wait=3)
OVERDUE_ANSWER = timedelta(minutes=15)


@app.task(name="cases.deliver_command", queue="systems", retry=PATIENT)
@work.of_its_marketplace(Command, "command_id")
def deliver_command(command_id: str) -> None:
    """Carries a command to the marketplace's system and puts its answer on the case's timeline, once."""
    command_outcomes.deliver(uuid.UUID(command_id), at=clock.now())


@app.task(name="cases.release_held", queue="cases", retry=PATIENT)
@work.of_its_marketplace(Held, "held_id", "case__marketplace_id")
def release_held(held_id: str) -> None:
    """Lets an action happen whose undo window is over; one that was decided meanwhile is left alone."""
    approvals.release_due(uuid.UUID(held_id), at=clock.now())


@app.task(name="cases.say_pressed", queue="cases", retry=PATIENT)
@work.of_its_marketplace(Pressed, "pressed_id", "case__marketplace_id", "person_id")
def say_pressed(pressed_id: str) -> None:
    """Says a message whose author can take it back no more; one that was taken back meanwhile is left alone."""
    pressing.say_due(uuid.UUID(pressed_id), at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="cases.say_overdue", queue="cases", queueing_lock="say_overdue", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def say_overdue(timestamp: int) -> None:
    """Says, every minute, what should long have been said: a lost job loses no message."""
    pressing.say_overdue(at=clock.now())


@app.task(name="cases.inherit", queue="cases", retry=PATIENT)
@work.of_its_marketplace(Departure, "departure_id")
def inherit(departure_id: str) -> None:
    """Hands on the open cases of somebody who left a team."""
    left = Departure.objects.select_related("marketplace").get(pk=departure_id)
    inheriting.inherit(left, at=clock.now())


@app.task(name="cases.give", queue="cases", retry=PATIENT)
@work.of_its_marketplace(Case, "case_id")
def give(case_id: str) -> None:
    """Gives a case that waits for a team, and is nobody's there, to somebody of it."""
    giving.give(uuid.UUID(case_id), at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="cases.give_waiting", queue="cases", queueing_lock="give_waiting", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def give_waiting(timestamp: int) -> None:
    """Gives out, every minute, what waited because everybody was away or had enough."""
    giving.give_waiting(at=clock.now())


@app.task(name="cases.report_child", queue="cases", retry=PATIENT)
@work.of_its_marketplace(Case, "child_id")
def report_child(child_id: str) -> None:
    """Tells a case what became of what it asked a queue, once."""
    child_reports.report(uuid.UUID(child_id))


@app.task(name="cases.look_up", queue="systems", retry=PATIENT)
@work.of_its_marketplace(Lookup, "lookup_id")
def look_up(lookup_id: str) -> None:
    """Asks the Receita, which may take its time, and tells the case what it said."""
    receita.carry(uuid.UUID(lookup_id), at=clock.now())


@app.task(name="cases.close_children", queue="cases", retry=PATIENT)
@work.of_its_marketplace(Case, "parent_id")
def close_children(parent_id: str) -> None:
    """Closes the child cases of a finished one."""
    children.close(uuid.UUID(parent_id), at=clock.now())


@app.task(name="cases.say_to_child", queue="cases", retry=PATIENT)
@work.of_its_marketplace(Case, "child_id")
def say_to_child(child_id: str) -> None:
    """Says in a partner's child case what the case behind it had for them."""
    children.say(uuid.UUID(child_id), at=clock.now())


@app.task(name="cases.close_child", queue="cases", retry=PATIENT)
@work.of_its_marketplace(Case, "child_id")
def close_child(child_id: str) -> None:
    """Closes a child case whose question was taken back."""
    children.close_one(uuid.UUID(child_id), at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="cases.remind", queue="cases", queueing_lock="remind", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def remind(timestamp: int) -> None:
    """Reminds, every minute, of the tasks whose moment came."""
    follow_ups.remind(at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.chase_commands", queue="systems", queueing_lock="chase_commands", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def chase_commands(timestamp: int) -> None:
    """Asks the marketplace's system, every five minutes, about commands whose answer should long be here."""
    now = clock.now()
    for command_id in commands.unanswered(before=now - OVERDUE_ANSWER):
        try:
            command_outcomes.deliver(command_id, at=now)
        except AWAY:
            raise  # the database went away: everything is tried again
        except Exception:  # a connector is somebody else's code: the other commands are asked about all the same
            log.exception("nobody knows what became of command %s; it is asked about again", command_id)


@app.periodic(cron="20 3 * * *")
@app.task(name="cases.forget_unsent", queue="cases", queueing_lock="forget_unsent", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def forget_unsent(timestamp: int) -> None:
    """Throws away, every night, files that waited thirty days for a message that was never sent, and what is known of
    messages one could take back a day ago."""
    attachments.forget_unsent(before=clock.now() - timedelta(days=30))
    pressing.forget(before=clock.now() - timedelta(days=1))


@app.periodic(cron="40 3 * * *")
@app.task(name="cases.expire_papers", queue="cases", queueing_lock="expire_papers", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def expire_papers(timestamp: int) -> None:
    """Throws away, every night, identity papers that have expired."""
    identity_documents.expire(at=clock.now())


@app.task(name="cases.draw_picture", queue="pictures", retry=RetryStrategy(max_attempts=3, exponential_wait=2))
@work.of_every_marketplace
def draw_picture(attachment_id: str) -> None:
    """Draws the preview of a picture; a file thrown away meanwhile needs none."""
    attachment = Attachment.objects.filter(pk=attachment_id, picture="").first()
    if attachment:
        attachments.draw_picture(attachment)
