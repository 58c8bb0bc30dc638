"""The studio app."""

from django.apps import AppConfig


class Studio(AppConfig):
    """Drafts of rules."""

    name = "tratativa.studio"
