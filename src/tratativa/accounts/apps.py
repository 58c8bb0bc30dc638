"""The accounts app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """People and organisations."""

    name = "tratativa.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the tables of the rooms known; logs who signs in, and lists sessions as they begin."""
        from allauth.account import signals as account
        from allauth.mfa.signals import authenticator_added, authenticator_removed
        from allauth.usersessions import signals as listed
        from django.contrib.auth.signals import user_logged_in

        from tratativa.accounts.access import models as _access  # noqa: F401 - likewise
        from tratativa.accounts.access import sessions, sign_in_log
        from tratativa.accounts.addresses import models as _addresses  # noqa: F401 - likewise
        from tratativa.accounts.audit import models as _audit  # noqa: F401 - Django finds them by their being imported
        from tratativa.accounts.factors import removing, spending
        from tratativa.accounts.people import models as _people  # noqa: F401 - likewise
        from tratativa.accounts.people import regaining

        sign_in_log.listen()
        # allauth would write down the key that a browser shows.
        account.user_logged_in.disconnect(listed.on_user_logged_in)
        for changed in (account.password_set, account.password_changed):
            changed.disconnect(listed.on_password_changed)
            changed.connect(sessions.remember, dispatch_uid="tratativa.sessions")
            changed.connect(regaining.on_the_page, dispatch_uid="tratativa.regaining")
        account.password_reset.connect(regaining.by_letter, dispatch_uid="tratativa.regaining")
        user_logged_in.connect(sessions.remember, dispatch_uid="tratativa.sessions")
        authenticator_added.connect(spending.first_code, dispatch_uid="tratativa.factors")
        authenticator_removed.connect(removing.end_others, dispatch_uid="tratativa.factors")
