"""Looking at the provider as `doctor` does: what it publishes, its keys, and whether it knows us and our way back."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import requests
from django.conf import settings

from tratativa.accounts.provider import asking
from tratativa.outward.sessions import Session

WELL, AWAY, OTHER, NO_KEYS, REFUSES = "well", "away", "other", "no keys", "refuses"


@dataclass(frozen=True)
class Look:
    """What was found, and why, in the words of whatever failed; never a secret, for none is sent."""

    what: str
    why: str = ""


def look() -> Look:
    """Asks for the discovery document, the keys, and, as nobody, to sign in without a page (OIDC Core, 3.1.2.1)."""
    try:
        said = asking.published()
    except (requests.RequestException, OSError) as problem:
        return Look(AWAY, _plain(problem))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        return Look(OTHER, _plain(problem))
    try:
        with Session() as session:
            answer = session.get(said["jwks_uri"])
            answer.raise_for_status()
            if not answer.json()["keys"]:
                return Look(NO_KEYS)
    except (requests.RequestException, OSError, KeyError, TypeError, ValueError) as problem:
        return Look(NO_KEYS, _plain(problem))
    return Look(REFUSES) if _refuses(said) else Look(WELL)


def _refuses(said: dict[str, Any]) -> bool:
    """Whether it answers our question with an error of its own instead of sending us back with one."""
    asked = {
        "response_type": "code", "client_id": settings.OIDC_CLIENT, "redirect_uri": asking.way_back(),
        "scope": "openid", "state": "doctor", "nonce": "doctor", "prompt": "none",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256",
    }  # fmt: skip
    joint = "&" if "?" in said["authorization_endpoint"] else "?"
    try:
        with Session() as session:
            answer = session.get(f"{said['authorization_endpoint']}{joint}{urlencode(asked)}")
    except (requests.RequestException, OSError):
        return False  # it answered before: what it says to people is their browser's to find out
    return 400 <= answer.status_code < 500


def _plain(problem: Exception) -> str:
    """What went wrong, on one line, without what was sent."""
    if isinstance(problem, requests.HTTPError) and problem.response is not None:
        return f"HTTP {problem.response.status_code}"
    return " ".join(str(problem).split())[:160] or type(problem).__name__
