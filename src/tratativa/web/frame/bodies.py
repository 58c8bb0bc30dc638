"""Bodies: how much a page takes in one request; the gate asks before anything of it is read."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., object])
_TAKES = "takes_bytes"


def takes_files(view: View) -> View:
    """Marks a view whose form may bring files: as many bytes as `FILES_BYTES` says, whoever its gate lets in."""
    return takes(settings.FILES_BYTES)(view)


def takes(most: int) -> Callable[[View], View]:
    """Marks a view that takes bodies of at most so many bytes."""

    def mark(view: View) -> View:
        setattr(view, _TAKES, most)  # `wraps` carries it through the gates
        return view

    return mark


def most(path: str, *, otherwise: int) -> int:
    """How many bytes the view of this path takes; `otherwise` where it does not say, or where there is none."""
    try:
        view = resolve(path).func
    except Resolver404:
        return otherwise
    return int(getattr(view, _TAKES, otherwise))
