"""Asking the provider: allauth's authorization code with PKCE and state; the token it gives is checked here in full.

allauth believes an ID token that came over TLS without its signature, asks for no nonce, and takes what the userinfo
page says of anybody. None of that is done here.
"""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tratativa.outward import turns
from tratativa.outward.sessions import Session

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LONGEST = 191  # letters of a subject, as allauth keeps them
SKEW = 60  # seconds two clocks may differ
TALK = 15  # seconds all that is asked for one page may take together
# What a provider that is away, or says what nobody understands, comes to.
_TROUBLE = (requests.RequestException, OAuth2Error, OSError, KeyError, TypeError, ValueError, AttributeError)
_NEEDED = ["iss", "aud", "sub", "exp", "iat", "nonce"]


class NoWord(Exception):
    """The provider's word is missing, is not for us, or is not its own; what is wrong, for the log."""


def is_on() -> bool:
    """Whether the site names a provider."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT)


def name() -> str:
    """How the provider is called on the sign-in page; empty where there is none."""
    return str(settings.OIDC_NAME or urlsplit(settings.OIDC_ISSUER).hostname or "") if is_on() else ""


def known_as() -> str:
    """The provider as accounts are kept under it: another issuer's subjects are other people."""
    return "oidc-" + hashlib.sha256(settings.OIDC_ISSUER.encode()).hexdigest()[:16]


def way_back() -> str:
    """Where the provider sends people back, as it has to be registered there."""
    return str(settings.SITE_URL) + reverse("provider_back")


def published() -> dict[str, Any]:
    """What the provider publishes of itself. Raises ValueError where it is another, or leads where it is plain, and
    what `requests` raises."""
    with Session() as session:
        answer = session.get(settings.OIDC_ISSUER.rstrip("/") + "/.well-known/openid-configuration")
        answer.raise_for_status()
    said: dict[str, Any] = answer.json()
    if said["issuer"] != settings.OIDC_ISSUER:
        raise ValueError("it calls itself otherwise")
    secure = settings.OIDC_ISSUER.startswith("https:")
    leads = [said[one] for one in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if secure and not all(str(one).startswith("https:") for one in leads):
        raise ValueError("it leads to a plain address")
    return said


def begin(request: HttpRequest, *, to: str) -> HttpResponseBase:
    """The way to the provider. Raises NoWord where it does not answer."""
    try:
        nonce = secrets.token_urlsafe(32)
        with turns.taken(TALK):
            found: HttpResponseBase = _provider(request).redirect(
                request, "login", next_url=to, auth_params={"nonce": nonce}, nonce=nonce
            )
    except _TROUBLE as problem:
        raise NoWord(f"the provider does not answer: {problem}") from problem
    return found


def answered(request: HttpRequest) -> tuple[dict[str, Any], str]:
    """What the provider says of who came back, and where they wanted to go. Raises NoWord."""
    provider = _provider(request)
    state = statekit.unstash_state(request, provider_id=provider.sub_id, state_id=request.GET.get("state", ""))
    if not isinstance(state, dict) or not state.get("nonce"):
        raise NoWord("nobody was sent to the provider with this state")
    if said := request.GET.get("error"):
        raise NoWord(f"the provider says {said[:60]!r}")
    if request.GET.get("iss", settings.OIDC_ISSUER) != settings.OIDC_ISSUER:
        raise NoWord("another issuer answers")  # RFC 9207
    try:
        with turns.taken(TALK):
            return _exchanged(request, provider, state), str(state.get("next") or "")
    except _TROUBLE as problem:
        raise NoWord(f"no token: {problem}") from problem
    except jwt.PyJWTError as problem:
        raise NoWord(f"the token is not good: {problem}") from problem


def leaving(request: HttpRequest) -> str:
    """The address that ends the session at the provider, too; empty where it has none. Raises NoWord."""
    try:
        with turns.taken(TALK):
            end = str(Adapter(request, known_as()).openid_config.get("end_session_endpoint", ""))
    except _TROUBLE as problem:
        raise NoWord(f"the provider does not answer: {problem}") from problem
    back = settings.SITE_URL + reverse("account_login")
    return f"{end}?{urlencode({'client_id': settings.OIDC_CLIENT, 'post_logout_redirect_uri': back})}" if end else ""


def _exchanged(request: HttpRequest, provider: "Provider", state: Mapping[str, Any]) -> dict[str, Any]:
    adapter = Adapter(request, known_as())
    client = adapter.get_client(request, provider.app)
    given = adapter.get_access_token_data(
        request, provider.app, client, pkce_code_verifier=state.get("pkce_code_verifier")
    )
    token = given["id_token"]
    said = jwt.decode(
        token, _key(adapter, token), algorithms=list(ALGORITHMS), audience=settings.OIDC_CLIENT,
        issuer=settings.OIDC_ISSUER, leeway=SKEW, options={"require": _NEEDED},
    )  # fmt: skip
    if not secrets.compare_digest(str(said["nonce"]).encode(), str(state["nonce"]).encode()):
        raise NoWord("the token answers another question")
    several = isinstance(said["aud"], list) and len(said["aud"]) > 1
    if ("azp" in said or several) and said.get("azp") != settings.OIDC_CLIENT:
        raise NoWord("the token was given to another client")
    if not isinstance(said["sub"], str) or not 0 < len(said["sub"]) <= LONGEST:
        raise NoWord("the token is about nobody")
    return dict(said)


def _key(adapter: "Adapter", token: str) -> Any:
    """The provider's key that the token names; where it names none, the only one there is."""
    named = jwt.get_unverified_header(token).get("kid")
    with Session() as session:
        answer = session.get(adapter.openid_config["jwks_uri"])
        answer.raise_for_status()
    keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.public_key_use in {None, "sig"}]
    fitting = [key for key in keys if key.key_id == named] if named else keys
    if len(fitting) != 1:
        raise NoWord("the token names no key of the provider's")
    return fitting[0]


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """The provider as the environment names it: nothing of it is a row."""

    def get_provider(self) -> "Provider":
        """As allauth asks for it."""
        return _provider(self.request)

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes of itself. Raises ValueError where it is another, or leads where it is plain."""
        if not hasattr(self, "_said"):
            self._said: dict[str, Any] = published()
        return self._said

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the provider sends people back: the configured address, whatever Host a request names."""
        return way_back()


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """allauth's, with our adapter."""

    oauth2_adapter_class = Adapter


def _provider(request: HttpRequest) -> Provider:
    app = SocialApp(
        provider="openid_connect", provider_id=known_as(), name=name(), client_id=settings.OIDC_CLIENT,
        secret=settings.OIDC_SECRET,
        settings={
            "server_url": settings.OIDC_ISSUER, "oauth_pkce_enabled": True, "scope": ["openid", "email", "profile"],
        },
    )  # fmt: skip
    return Provider(request, app=app)
