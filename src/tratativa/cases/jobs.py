"""Jobs of cases: written in the transaction that asks for them, run after its commit, harmless when run twice."""

from datetime import datetime, timedelta

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tratativa.accounts import actors
from tratativa.cases import attachments, changing, events
from tratativa.cases.models import Attachment, Case
from tratativa.orders import commands
from tratativa.orders.models import Command

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=3)


@app.task(name="cases.deliver_command", queue="cases", retry=PATIENT)
def deliver_command(command_id: str) -> None:
    """Carries a command to the marketplace's system and puts its answer on the case's timeline, once."""
    command, at = Command.objects.get(pk=command_id), timezone.now()
    if command.state == "asked":
        command = commands.deliver(command.pk, at=at)
    record_answer(command, at=at)


def record_answer(command: Command, *, at: datetime) -> None:
    """Tells the case what the marketplace's system answered; telling it twice tells it once."""
    if command.answered_at is None:
        return
    case = Case.objects.select_related("marketplace").get(pk=command.case_id)
    by = actors.clock(case.marketplace)
    with changing.judging(case.pk, by=by, at=at) as change:
        told = change.case.entries.filter(event=events.CommandAnswered.name, data__command=str(command.pk))
        if not told.exists():
            change.record(
                events.CommandAnswered(command=str(command.pk), verb=command.verb, state=command.state),
                to=change.everyone,
            )


@app.periodic(cron="20 3 * * *")
@app.task(name="cases.forget_unsent", queue="cases", queueing_lock="forget_unsent")
def forget_unsent(timestamp: int) -> None:
    """Throws away, every night, files that waited thirty days for a message that was never sent."""
    attachments.forget_unsent(before=timezone.now() - timedelta(days=30))


@app.task(name="cases.draw_picture", queue="cases", retry=RetryStrategy(max_attempts=3, exponential_wait=2))
def draw_picture(attachment_id: str) -> None:
    """Draws the preview of a picture; a file thrown away meanwhile needs none."""
    attachment = Attachment.objects.filter(pk=attachment_id, picture="").first()
    if attachment:
        attachments.draw_picture(attachment)
