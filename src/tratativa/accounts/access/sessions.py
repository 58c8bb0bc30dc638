"""Sessions: what a token may say of the session it was made in, without giving the session away."""

import hashlib


def digest(session_key: str) -> str:
    """Sixteen hexadecimal digits that only this session's key gives."""
    return hashlib.sha256(f"tratativa.session:{session_key}".encode()).hexdigest()[:16]
