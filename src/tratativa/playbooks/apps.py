"""The playbooks app."""

from django.apps import AppConfig


class Playbooks(AppConfig):
    """Guided procedures."""

    name = "tratativa.playbooks"

    def ready(self) -> None:
        """A run goes on in the change that brought what it waited for."""
        from tratativa.cases.following import FOLLOWERS
        from tratativa.playbooks import waking

        if waking.follow not in FOLLOWERS:
            FOLLOWERS.append(waking.follow)
