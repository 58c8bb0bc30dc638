"""Postage: whether a letter can leave this desk at all."""

from django.core.mail import get_connection


def leaves() -> bool:
    """Whether letters leave: there is a mail server, or the demonstration's page that plays one."""
    connection = get_connection()
    if type(connection).__module__ == "django.core.mail.backends.dummy":
        return False
    known: bool = getattr(connection, "has_server", True)
    return known
