"""The web app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class Web(AppConfig):
    """The pages."""

    name = "tratativa.web"

    def ready(self) -> None:
        """Who signs in finds what was open, or was handed to them meanwhile."""
        from tratativa.web.frame import strip

        user_logged_in.connect(strip.begin, dispatch_uid="tratativa.web.frame.strip")
