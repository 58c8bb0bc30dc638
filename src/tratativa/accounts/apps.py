"""The accounts app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """People and organisations."""

    name = "tratativa.accounts"
    default_auto_field = "django.db.models.BigAutoField"
