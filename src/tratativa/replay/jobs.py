"""Jobs of replays: run where no page waits for them; one whose worker died is queued again and begins anew."""

import uuid

from procrastinate.contrib.django import app

from tratativa.cases.core import work
from tratativa.replay import asking
from tratativa.replay.models import Replay


@app.task(name="replay.run", queue="replay")
@work.of_its_marketplace(Replay, "replay_id", "draft__marketplace_id")
def run(replay_id: str) -> None:
    """Runs a replay."""
    asking.perform(uuid.UUID(replay_id))
