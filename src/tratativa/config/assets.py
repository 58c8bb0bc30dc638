"""One name for all the static files as they are: the address they are served under, so that browsers keep them."""

import hashlib
from importlib.metadata import version
from pathlib import Path


def digest(package: Path) -> str:
    """Twelve hexadecimal digits that change with any static file of the package or of those it is served with."""
    name = hashlib.sha256((version("django-htmx") + version("django-prose-editor")).encode())
    for path in sorted(package.glob("*/static/**/*")):
        if path.is_file():
            name.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return name.hexdigest()[:12]


def immutable(path: str, url: str) -> bool:
    """Whether browsers may keep a file for good: all of them, since a change of any moves them all."""
    return True
