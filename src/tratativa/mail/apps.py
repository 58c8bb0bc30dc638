"""The mail app."""

from django.apps import AppConfig


class Mail(AppConfig):
    """Letters out."""

    name = "tratativa.mail"

    def ready(self) -> None:
        """Letters follow every change of a case, in its own transaction."""
        from tratativa.cases.changing import REACTIONS
        from tratativa.mail import notices

        if notices.write not in REACTIONS:
            REACTIONS.append(notices.write)
