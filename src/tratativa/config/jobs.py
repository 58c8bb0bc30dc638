"""Jobs of the installation itself: what a killed worker left is queued again, what is long done is forgotten."""

import logging
import os

from procrastinate import App, JobContext
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from tratativa.accounts.absence import THROUGH_OUTAGES

log = logging.getLogger(__name__)

# A drill shortens these; in service a dead worker is noticed within a minute and a half.
EVERY_MINUTE = "* * * * *"
NIGHTLY = "40 3 * * *"
HEARTBEAT = float(os.environ.get("TRATATIVA_HEARTBEAT", "10"))  # seconds between a worker's signs of life
STALLED_AFTER = 3 * HEARTBEAT  # seconds of silence after which it counts as dead
KEPT = 24 * 7  # hours a finished job stays for whoever asks what ran


def ready(app: App) -> None:
    """Registers the tasks below; procrastinate calls it once the applications are loaded."""
    requeue_cron = os.environ.get("TRATATIVA_REQUEUE_CRON", EVERY_MINUTE)
    for job, cron in ((requeue_stalled, requeue_cron), (forget_finished, NIGHTLY)):
        name = job.__name__
        task = app.task(name=name, queueing_lock=name, pass_context=True, retry=THROUGH_OUTAGES)(job)
        app.periodic(cron=cron)(task)


async def requeue_stalled(context: JobContext, timestamp: int) -> int:
    """Queues again every job whose worker is silent; returns how many. Jobs may therefore run twice."""
    manager = context.app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER))
    for job in stalled:
        log.warning("job %s (%s) lost its worker and is queued again", job.id, job.task_name)
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            # The same was asked for again meanwhile, and waits: it would wait for this one's lock for ever.
            await manager.finish_job(job, Status.ABORTED, delete_job=True)
    return len(stalled)


async def forget_finished(context: JobContext, timestamp: int) -> None:
    """Deletes jobs that ended well a week ago; failed ones stay until somebody looks."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT)
