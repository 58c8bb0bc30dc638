"""Kinds: what a file is by its name: whether it may be shown as a picture, and what people call its format."""

from pathlib import PurePosixPath

PICTURE, PAGES, OTHER = "picture", "pages", "other"
_PICTURES = frozenset({"jpg", "jpeg", "jfif", "png", "webp", "gif", "bmp", "tif", "tiff", "avif"})
_LONGEST = 5  # letters of an ending that is shown


def of(name: str) -> str:
    """`picture`, `pages` for a PDF, whose first page can be shown, or `other`; as its name says, not its bytes."""
    ending = _ending(name)
    if ending == "pdf":
        return PAGES
    return PICTURE if ending in _PICTURES else OTHER


def called(name: str) -> str:
    """The format as people write it, `PDF`, `JPG`; empty where the name has no short ending."""
    ending = _ending(name)
    return ending.upper() if ending.isalnum() and len(ending) <= _LONGEST else ""


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix[1:].lower()
