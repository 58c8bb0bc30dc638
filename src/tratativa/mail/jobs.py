"""Jobs of the post: each letter is tried until the mail server takes it or the tries run out."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

TRIES = 14

# From two seconds to a few hours: over a day of patience with a mail server that is down.
PATIENT = RetryStrategy(max_attempts=TRIES, exponential_wait=2)


@app.task(name="mail.send_letter", queue="mail", retry=PATIENT)
def send_letter(letter_id: str) -> None:
    """Sends one letter unless it went out before."""
    from tratativa.mail import sending

    sending.send(letter_id, at=timezone.now())


@app.task(name="mail.send_code", queue="mail", retry=RetryStrategy(max_attempts=3, wait=2))
def send_code(customer_id: str) -> None:
    """Makes a customer's code and sends it at once; the code itself is stored nowhere."""
    from tratativa.mail import sending

    sending.send_code(customer_id, at=timezone.now())
