"""A provider of sign-ins that says whatever a test has it say, over a real connection."""

import base64
import hashlib
import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from tratativa.accounts import clock

CLIENT, SECRET = "mesa", "um segredo da mesa"


class HostileProvider:
    """Speaks the protocol; `spoil` changes what a token says, `sign` how it is signed, `publish` what is published."""

    def __init__(self) -> None:
        self.keys = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _key in range(2)]
        self.spoil: Callable[[dict[str, Any]], dict[str, Any]] = dict
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.publish: Callable[[dict[str, Any]], dict[str, Any]] = dict
        self.answer: Callable[[dict[str, Any]], Any] = dict
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, list[str]] = {}
        self.requests: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def signed(self, claims: dict[str, Any], *, key: int = 0, kid: str = "k0", algorithm: str = "RS256") -> str:
        return jwt.encode(claims, self.keys[key], algorithm=algorithm, headers={"kid": kid})

    def token(self, form: dict[str, list[str]]) -> Any:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"][0].encode()).digest()).rstrip(b"=")
        assert challenge.decode() == self.asked["code_challenge"][0]
        assert form["client_secret"] == [SECRET] and form["code"] == ["once"]
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300,
            "nonce": self.asked["nonce"][0], **self.claims,
        }  # fmt: skip
        return self.answer({"access_token": "a", "token_type": "Bearer", "id_token": self.sign(self.spoil(claims))})

    def sends_back(self, client: Client, path: str = "/accounts/provider/", **changed: str) -> Any:
        """Goes there and back in this browser; what the desk says then."""
        there = client.get(path)
        assert there.status_code == 302, there.text
        self.asked = parse_qs(urlsplit(there["Location"]).query)
        assert self.asked["code_challenge_method"] == ["S256"]
        return client.get("/accounts/provider/back", {"code": "once", "state": self.asked["state"][0], **changed})


def _handler(provider: HostileProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.requests.append(self.path)
            if self.path.endswith("openid-configuration"):
                at = provider.issuer
                self._say(provider.publish({
                    "issuer": at, "authorization_endpoint": f"{at}/go", "token_endpoint": f"{at}/token",
                    "jwks_uri": f"{at}/keys", "end_session_endpoint": f"{at}/bye",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }))  # fmt: skip
            else:
                public = jwt.algorithms.RSAAlgorithm.to_jwk(provider.keys[0].public_key(), as_dict=True)
                self._say({"keys": [{**public, "kid": "k0", "use": "sig", "alg": "RS256"}]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(provider.token(parse_qs(body)))

        def _say(self, what: Any) -> None:
            if isinstance(what, tuple):
                self.send_response(302)
                self.send_header("Location", what[0])
                self.end_headers()
                return
            data = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_words: Any) -> None:
            pass

    return Handler
