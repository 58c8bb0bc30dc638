"""An e-mail backend that puts letters in the demo's postbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from tratativa.demo.models import Parcel


class Postbox(BaseEmailBackend):
    """Keeps every letter as a row; the visitor reads it on a page."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keeps the letters; returns how many."""
        at = timezone.now()
        for message in email_messages:
            alternatives = getattr(message, "alternatives", None) or [("", "")]
            for recipient in message.to:
                Parcel.objects.create(
                    recipient=recipient, subject=message.subject[:200], text=str(message.body),
                    html=str(alternatives[0][0]), at=at,
                )  # fmt: skip
        return len(email_messages)
