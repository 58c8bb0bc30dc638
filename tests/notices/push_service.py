"""A push service on this machine: it takes what is pushed and opens it, as the browser behind it would (RFC 8291)."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def plain(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """A browser's half of a subscription, and what reached it."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"0123456789abcdef"
    endpoint: str = ""
    status: int = 201
    location: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def p256dh(self) -> str:
        return plain(self.point)

    @property
    def auth(self) -> str:
        return plain(self.secret)

    def open(self, body: bytes) -> dict[str, Any]:
        """RFC 8188 §2 and RFC 8291 §3.4, written out."""
        salt, length = body[:16], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        about = b"WebPush: info\0" + self.point + sender
        key = _derived(shared, self.secret, about, 32)
        content = _derived(key, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(key, salt, b"Content-Encoding: nonce\0", 12)
        record = AESGCM(content).decrypt(nonce, sealed, None)
        said: dict[str, Any] = json.loads(record.rstrip(b"\0").removesuffix(b"\x02"))
        return said


def _derived(secret: bytes, salt: bytes, about: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, about).derive(secret)


@contextmanager
def listening(browser: Browser) -> Iterator[Browser]:
    """The service of this browser, for as long as this lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            browser.headers.append(dict(self.headers))
            if browser.status < 300:
                browser.got.append(browser.open(body))
            self.send_response(browser.status)
            if browser.location:
                self.send_header("Location", browser.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser.endpoint = f"http://127.0.0.1:{server.server_port}/push/abc"
    try:
        yield browser
    finally:
        server.shutdown()
        server.server_close()


def signed_by(authorization: str) -> tuple[str, dict[str, Any]]:
    """The public key a push names, and what was said under its signature (RFC 8292 §3)."""
    kind, _blank, rest = authorization.partition(" ")
    assert kind == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(parts["k"]))
    audience = jwt.decode(parts["t"], options={"verify_signature": False})["aud"]
    return parts["k"], jwt.decode(
        parts["t"], public, algorithms=["ES256"], audience=audience, options={"verify_exp": False}
    )
