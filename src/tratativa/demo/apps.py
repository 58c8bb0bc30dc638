"""The demo app."""

from django.apps import AppConfig


class Demo(AppConfig):
    """The stage visitors try the desk on."""

    name = "tratativa.demo"
