"""The mail app."""

from django.apps import AppConfig


class Mail(AppConfig):
    """Letters out and in."""

    name = "tratativa.mail"

    def ready(self) -> None:
        """Letters follow every change of a case; clocks wait for letters that came in time."""
        # Models can be imported only now.
        from tratativa.cases.core import listeners
        from tratativa.mail.filing import inbox
        from tratativa.mail.outgoing import notices

        listeners.register(notices.write, listeners.REACTIONS)
        listeners.register(inbox.unopened, listeners.UNOPENED)
