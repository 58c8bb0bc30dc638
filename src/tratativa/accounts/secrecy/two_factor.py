"""The second factor: its secrets are kept sealed (allauth asks its adapter)."""

from allauth.mfa.adapter import DefaultMFAAdapter

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
