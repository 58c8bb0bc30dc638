"""The mail app."""

from django.apps import AppConfig


class Mail(AppConfig):
    """Letters out."""

    name = "tratativa.mail"
