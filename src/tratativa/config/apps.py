"""The config app."""

from django.apps import AppConfig


class Config(AppConfig):
    """Settings, processes and the command line."""

    name = "tratativa.config"
