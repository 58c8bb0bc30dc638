"""The founding app."""

from django.apps import AppConfig


class Founding(AppConfig):
    """A marketplace comes to be; the sheets that are taken in."""

    name = "tratativa.founding"
