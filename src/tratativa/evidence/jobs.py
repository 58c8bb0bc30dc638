"""Jobs of the evidence: heads every minute, an anchor every day, a share of the ledger read every night."""

import logging
from collections.abc import Callable

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tratativa.accounts import clock
from tratativa.accounts.absence import THROUGH_OUTAGES
from tratativa.cases.core import work
from tratativa.evidence import anchoring, heads, held_files, nightly, outside
from tratativa.evidence.held_files import Unreadable

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="evidence.chain_heads", queue="evidence", queueing_lock="chain_heads", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def chain_heads(timestamp: int) -> None:
    """Chains, every minute, what each case has come to."""
    heads.chain(at=clock.now())
    _held(outside.hold_heads)


# Every hour, and signed once a day: a worker that slept over midnight must not leave a day without its anchor.
@app.periodic(cron="7 * * * *")
@app.task(name="evidence.sign_anchors", queue="evidence", queueing_lock="sign_anchors", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def sign_anchors(timestamp: int) -> None:
    """Signs, once a day, what each marketplace's heads have come to, and has it sent."""
    made = anchoring.sign(at=clock.now())
    _held(outside.hold_anchors)
    if made:
        work.ask("evidence.send_anchors", queueing_lock="send_anchors")


@app.task(name="evidence.send_anchors", queue="mail", retry=RetryStrategy(max_attempts=14, exponential_wait=2))
@work.of_every_marketplace
def send_anchors() -> None:
    """Sends the anchors that have not left."""
    anchoring.send(at=clock.now())


@app.periodic(cron="30 4 * * *")
@app.task(name="evidence.walk_share", queue="long", queueing_lock="walk_share", retry=THROUGH_OUTAGES)
@work.of_every_marketplace
def walk_share(timestamp: int) -> None:
    """Reads, every night, the share of the ledger that waited longest."""
    nightly.walk(at=clock.now())


def _held(hold: Callable[[], None]) -> None:
    """What was chained or signed stands although nothing outside can hold it; the log says so."""
    try:
        hold()
    except (OSError, Unreadable) as problem:
        log.error("nothing of the ledger can be held in %s: %s", held_files.folder(), problem)
