"""The accounts app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """People and organisations."""

    name = "tratativa.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the audit log's table known, which stands in a room of its own, and begins to log who signs in."""
        from tratativa.accounts import sign_in_log
        from tratativa.accounts.audit import models  # noqa: F401 - Django finds it by its being imported

        sign_in_log.listen()
