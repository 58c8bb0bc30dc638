"""Jobs of the studio: stories are played where no page waits for them."""

import uuid

from procrastinate.contrib.django import app

from tratativa.accounts import clock
from tratativa.cases.core import work
from tratativa.studio import rehearsing
from tratativa.studio.models import Rehearsal


@app.task(name="studio.rehearse", queue="studio")
@work.of_its_marketplace(Rehearsal, "rehearsal_id", "draft__marketplace_id")
def rehearse(rehearsal_id: str) -> None:
    """Plays a draft's stories."""
    rehearsing.play(uuid.UUID(rehearsal_id), now=clock.now)
