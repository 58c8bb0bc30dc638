"""The accounts app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """People and organisations."""

    name = "tratativa.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the audit log's table known: it stands in a room of its own."""
        from tratativa.accounts.audit import models  # noqa: F401 - Django finds it by its being imported
