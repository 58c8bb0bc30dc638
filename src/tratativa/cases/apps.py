"""The cases app."""

from django.apps import AppConfig


class Cases(AppConfig):
    """The case and all that changes it."""

    name = "tratativa.cases"
