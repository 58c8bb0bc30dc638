"""The reputation app."""

from django.apps import AppConfig


class Reputation(AppConfig):
    """Sanctions on sellers."""

    name = "tratativa.reputation"
