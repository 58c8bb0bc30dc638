"""The notices app."""

from django.apps import AppConfig


class Notices(AppConfig):
    """Who is told of what."""

    name = "tratativa.notices"

    def ready(self) -> None:
        """Every change of a case that may concern somebody asks for its notices."""
        # Models can be imported only now.
        from tratativa.cases.core import listeners
        from tratativa.notices import asking

        listeners.register(asking.ask, listeners.REACTIONS)
