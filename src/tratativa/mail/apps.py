"""The mail app."""

from django.apps import AppConfig


class Mail(AppConfig):
    """Letters out and in."""

    name = "tratativa.mail"

    def ready(self) -> None:
        """Letters follow every change of a case; clocks wait for letters that came in time."""
        from tratativa.cases.changing import REACTIONS
        from tratativa.cases.deadlines import UNOPENED
        from tratativa.mail import inbox, notices

        if notices.write not in REACTIONS:
            REACTIONS.append(notices.write)
        if inbox.unopened not in UNOPENED:
            UNOPENED.append(inbox.unopened)
