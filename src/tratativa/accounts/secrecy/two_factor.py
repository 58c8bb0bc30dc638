"""The second factor as allauth asks of it: its secrets are kept sealed, and what things are called."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from tratativa.accounts.secrecy import sealing

PURPOSE = "second factor"


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Seals what makes codes."""

    def encrypt(self, text: str) -> str:
        """In an envelope."""
        return sealing.seal(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Opened; what was kept before anything was sealed is as it is. Raises sealing.Broken."""
        return sealing.unseal(encrypted_text, PURPOSE) if sealing.is_sealed(encrypted_text) else encrypted_text

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a key without a name is called."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Chave de acesso %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whose the key is, as the browser shows it: this host, under the desk's name."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Tratativa"}
