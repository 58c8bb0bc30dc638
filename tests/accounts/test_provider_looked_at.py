"""What `doctor` says of the provider of sign-ins: whether it answers, publishes, signs, and takes us for its client."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django import Settings

from tratativa.cli.examining import sign_ins


class Provider:
    """A provider that says what it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refuses = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                status, body = outer.answer(self.path)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_given: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.said: dict[str, Any] = {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
        }  # fmt: skip
        self.keys: list[Any] = [{"kty": "EC"}]

    def answer(self, path: str) -> tuple[int, Any]:
        if path.startswith("/.well-known"):
            return 200, self.said
        if path.startswith("/keys"):
            return 200, {"keys": self.keys}
        return (400 if self.refuses else 302), {}


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    made = Provider()
    threading.Thread(target=made.server.serve_forever, daemon=True).start()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = made.issuer, "mesa", "segredo-do-cliente"
    yield made
    made.server.shutdown()


def test_one_that_answers_is_well_and_is_told_no_secret(provider: Provider) -> None:
    found = sign_ins.provider()

    assert found.well and "/sign-in/provider" not in found.sentence[:10]
    assert "http://127.0.0.1:8000" in found.sentence
    assert "segredo" not in found.sentence + " ".join(provider.asked)


def test_what_is_wrong_with_it_is_said_with_what_to_do(provider: Provider, settings: Settings) -> None:
    provider.refuses = True
    refused = sign_ins.provider()
    provider.keys = []
    keyless = sign_ins.provider()
    provider.said["issuer"] = "http://outro.example"
    other = sign_ins.provider()
    del provider.said["issuer"]
    nothing = sign_ins.provider()
    settings.OIDC_ISSUER = "http://127.0.0.1:1"
    away = sign_ins.provider()
    settings.OIDC_CLIENT = ""
    half = sign_ins.provider()
    settings.OIDC_ISSUER = ""
    off = sign_ins.provider()

    assert [one.well for one in (refused, keyless, other, nothing, away, half, off)] == [False] * 6 + [True]
    assert "não aceita este cliente ou este endereço de volta" in refused.sentence
    assert "as chaves com que assina não" in keyless.sentence
    assert "não publica o que devia" in other.sentence and "não publica o que devia" in nothing.sentence
    assert "não responde" in away.sentence and "pela metade" in half.sentence


def test_a_way_back_without_https_is_said(provider: Provider, settings: Settings) -> None:
    settings.SITE_URL = "http://mesa.loja.example"

    assert "sem https" in sign_ins.provider().sentence
