"""Regaining: an account is opened anew, by a letter or by another's hand; the log and whoever relies on it know when.

Whoever says where the letters go, or takes a second factor away, could be the one who comes in: for a while the
account proves less than it did (ADR 85).
"""

from typing import Any

from django.http import HttpRequest

from tratativa.accounts import clock
from tratativa.accounts.access import whence
from tratativa.accounts.models import Person
from tratativa.accounts.people import telling, warning


def mark(person: Person) -> None:
    """Somebody else opened this account, or could have: from now on that is known."""
    Person.objects.filter(pk=person.pk).update(regained_at=clock.now())


def by_letter(request: HttpRequest | None = None, user: Person | None = None, **_more: Any) -> None:
    """A password was set by whoever held the letter: each team of the person's reads it in its log."""
    if user is None:
        return
    mark(user)
    telling.tell_everywhere(user, telling.REGAINED, whence=whence.address(request) if request else "")
    warning.warn_owner(user, telling.REGAINED)


def on_the_page(user: Person | None = None, **_more: Any) -> None:
    """A password was changed by whoever was signed in: the account's own address hears of it, should it be another."""
    if user is not None:
        warning.warn_owner(user, "people.password_changed")
