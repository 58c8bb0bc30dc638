"""The web app."""

from django.apps import AppConfig


class Web(AppConfig):
    """The pages."""

    name = "tratativa.web"
