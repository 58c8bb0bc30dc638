"""What tests of notices share: the jobs that verbs asked for, run as the worker would, and what somebody was told."""

from datetime import datetime

import time_machine
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tratativa.accounts.actors import Actor
from tratativa.notices import jobs
from tratativa.notices.models import Notice


def run(at: datetime, *, times: int = 1) -> int:
    """Runs, at this moment, the jobs that make notices and have not run, each so many times; returns how many."""
    waiting = list(ProcrastinateJob.objects.filter(task_name="notices.make").order_by("id"))
    with time_machine.travel(at, tick=False):
        for job in waiting * times:
            jobs.make(**job.args)
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where id = any(%s)", [[job.id for job in waiting]])
    return len(waiting)


def told(actor: Actor) -> list[tuple[str, int]]:
    """What the actor's person was told, oldest first: the kind, and how much it counts."""
    found = Notice.objects.filter(person=actor.person_id).order_by("first", "kind")
    return [(notice.kind, notice.count) for notice in found]
