"""The batches app."""

from django.apps import AppConfig


class Batches(AppConfig):
    """One thing done on many cases."""

    name = "tratativa.batches"
