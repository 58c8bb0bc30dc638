"""A finding: one thing the doctor looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Well or not, and a sentence with the remedy where there is one; `url` is the page where that is done."""

    well: bool
    sentence: str
    url: str = ""
