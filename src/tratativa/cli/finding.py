"""A finding: one thing the doctor looked at."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """Well or not, and a sentence with the remedy where there is one; `url` is the page where that is done."""

    well: bool
    sentence: str
    url: str = ""


def page(name: str, *args: Any, query: dict[str, str] | None = None) -> str:
    """The address of one of the site's pages; empty where a process serves others, or none."""
    # There may be no settings yet, and nothing can be asked of Django before there are.
    from django.urls import NoReverseMatch, reverse

    try:
        return reverse(name, args=args, query=query)
    except NoReverseMatch:
        return ""
