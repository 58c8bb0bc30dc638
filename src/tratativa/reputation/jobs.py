"""Jobs of reputation: the seller's administrators are written to about each step the marketplace takes."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tratativa.cases.core import work
from tratativa.mail.patience import PATIENT
from tratativa.reputation import letters
from tratativa.reputation.models import Step


@app.task(name="reputation.tell_seller", queue="mail", retry=PATIENT)
@work.of_its_marketplace(Step, "step_id", "sanction__marketplace_id")
def tell_seller(step_id: str) -> None:
    """Queues one letter for each administrator of the seller."""
    for reader in letters.readers(step_id):
        lock = f"sanction:{step_id}:{reader}"
        work.ask("reputation.send_letter", queueing_lock=lock, step_id=step_id, person_id=reader)


@app.task(name="reputation.send_letter", queue="mail", retry=RetryStrategy(max_attempts=14, exponential_wait=2))
@work.of_its_marketplace(Step, "step_id", "sanction__marketplace_id")
def send_letter(step_id: str, person_id: str) -> None:
    """Sends one administrator the letter about one step."""
    letters.send(step_id, person_id)
