"""Sealing: words that a copy of the database alone must not tell, in one envelope: `s1.<key>.<token>`.

The keys lie in a file of their own (`TRATATIVA_KEYS`, `sealing.json`), apart from the data and from copies of them.
Each purpose has a key derived from it, so that an envelope carried to another place does not open there.
"""

import base64
import hashlib
import json
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

_ENVELOPE = re.compile(r"s1\.([0-9a-f]{12})\.([A-Za-z0-9_=-]{20,})")


class Broken(Exception):
    """The envelope does not open: its key is not on this machine, or somebody changed it."""


@dataclass(frozen=True)
class Ring:
    """The keys there are, by name, and the one that seals now; the last added is `active`."""

    active: str
    keys: Mapping[str, str]


def seal(words: str, purpose: str) -> str:
    """The words, encrypted and authenticated. The first key is made where there is none. Raises OSError."""
    found = ring()
    return f"s1.{found.active}.{_fernet(found.keys[found.active], purpose).encrypt(words.encode()).decode()}"


def unseal(sealed: str, purpose: str) -> str:
    """The words again. Raises Broken."""
    name, token = _parts(sealed)
    key = ring().keys.get(name) or _read(place()).keys.get(name, "")  # added by another process a moment ago
    try:
        return _fernet(key, purpose).decrypt(token.encode()).decode() if key else _broken()
    except (InvalidToken, UnicodeError) as problem:
        raise Broken from problem


def is_sealed(words: object) -> bool:
    """Whether this has the form of an envelope."""
    return isinstance(words, str) and bool(_ENVELOPE.fullmatch(words))


def key_of(sealed: str) -> str:
    """The name of the key an envelope was sealed with. Raises Broken."""
    return _parts(sealed)[0]


def ring() -> Ring:
    """The keys of this installation; the first is made when it is asked for."""
    file = place()
    try:
        return _kept(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        _make(file)
        return _read(file)


def place() -> Path:
    """Where the keys are."""
    return Path(settings.KEYS) / "sealing.json"


def add() -> str:
    """Makes another key, which seals from now on; returns its name. Raises OSError."""
    found = ring()
    name, key = _fresh()
    _write(place(), Ring(name, {**found.keys, name: key}))
    return name


def forget(names: set[str]) -> None:
    """Throws keys away. What is still sealed with one of them opens never again; the active one stays."""
    found = ring()
    kept = {name: key for name, key in found.keys.items() if name not in names or name == found.active}
    _write(place(), Ring(found.active, kept))


def _broken() -> str:
    raise Broken


def _parts(sealed: str) -> tuple[str, str]:
    found = _ENVELOPE.fullmatch(sealed)
    if not found:
        raise Broken
    return found[1], found[2]


def _fernet(key: str, purpose: str) -> Fernet:
    derived = hashlib.sha256(f"tratativa.sealing|{purpose}|{key}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(derived))


@lru_cache(maxsize=4)
def _kept(file: Path, _changed_at: int) -> Ring:
    return _read(file)


def _read(file: Path) -> Ring:
    said = json.loads(file.read_text())
    return Ring(said["active"], said["keys"])


def _fresh() -> tuple[str, str]:
    return secrets.token_hex(6), secrets.token_urlsafe(32)


def _make(file: Path) -> None:
    """Makes the file with a first key; of several processes that try, one does."""
    name, key = _fresh()
    new = _laid_out(file, Ring(name, {name: key}))
    try:
        os.link(new, file)  # fails where another was faster: theirs stays
    except FileExistsError:
        pass
    finally:
        new.unlink()


def _write(file: Path, changed: Ring) -> None:
    _laid_out(file, changed).replace(file)


def _laid_out(file: Path, said: Ring) -> Path:
    """The ring in a file beside the one it will be, whole before anybody sees it, its owner's alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".sealing-")  # 0600
    with os.fdopen(handle, "w") as new:
        json.dump({"active": said.active, "keys": dict(said.keys)}, new)
        new.flush()
        os.fsync(new.fileno())
    return Path(name)
