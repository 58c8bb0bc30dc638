"""The playbooks app."""

from django.apps import AppConfig


class Playbooks(AppConfig):
    """Guided procedures."""

    name = "tratativa.playbooks"

    def ready(self) -> None:
        """A run goes on in the change that brought what it waited for."""
        # Models can be imported only now.
        from tratativa.cases.core import listeners
        from tratativa.playbooks import waking

        listeners.register(waking.follow, listeners.FOLLOWERS)
