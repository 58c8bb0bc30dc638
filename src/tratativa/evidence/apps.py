"""The evidence app."""

from django.apps import AppConfig


class Evidence(AppConfig):
    """Heads, anchors, and the walks that check them."""

    name = "tratativa.evidence"
