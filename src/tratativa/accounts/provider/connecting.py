"""Connecting to the provider: only where the desk may connect to (`outward.sessions`)."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from tratativa.outward.sessions import Session


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Has allauth connect as we do, and opens no door of its own."""

    def get_requests_session(self) -> Session:
        """What allauth fetches with."""
        return Session()

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        """Never: whom a provider's word lets in says `accounts.provider.welcoming`."""
        return False
