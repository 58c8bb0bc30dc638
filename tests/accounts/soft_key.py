"""A passkey in a few lines, for tests that must sign what no browser would."""

import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftKey:
    """A key of one account, which signs whatever it is told to."""

    owner: str  # the account's key, as the desk says it
    rp: str = "testserver"
    origin: str = "https://testserver"
    flags: int = PRESENT | VERIFIED
    secret: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = b"soft-key-0123456"

    def made(self, options: Any, **said: Any) -> str:
        """What a browser says of a key it has just made."""
        public = AttestedCredentialData.create(
            Aaguid.NONE, self.id, ES256.from_cryptography_key(self.secret.public_key())
        )
        data = AuthenticatorData.create(sha256(self.rp.encode()), self.flags | ATTESTED, 0, public)
        response = {"attestationObject": websafe_encode(AttestationObject.create("none", data, {}))}
        return self._told("webauthn.create", options, response, said)

    def used(self, options: Any, **said: Any) -> str:
        """What a browser says of a key that signed."""
        data = AuthenticatorData.create(sha256(self.rp.encode()), self.flags, 0)
        client = self._client("webauthn.get", options, said)
        signature = self.secret.sign(data + sha256(client), ec.ECDSA(hashes.SHA256()))
        response = {
            "authenticatorData": websafe_encode(data), "signature": websafe_encode(signature),
            "userHandle": websafe_encode(self.owner.encode()),
        }  # fmt: skip
        return self._told("webauthn.get", options, response, said)

    def _client(self, kind: str, options: Any, said: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False, **said}
        ).encode()

    def _told(self, kind: str, options: Any, response: dict[str, str], said: dict[str, Any]) -> str:
        client = websafe_encode(self._client(kind, options, said))
        return json.dumps({
            "id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}}, "response": {"clientDataJSON": client, **response},
        })  # fmt: skip
