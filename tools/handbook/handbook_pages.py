"""All generated pages, by their path under the checkout."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tools.handbook import picture, reference, rooms


@cache
def all_pages(root: Path) -> Mapping[str, str]:
    """The text of each generated page, as the code has it now."""
    house = rooms.read(root)
    return {
        "docs/reference.md": reference.page(root),
        "docs/map.md": rooms.page(house),
        "docs/map.svg": picture.draw(house),
    }


def holds(path: Path, text: str) -> bool:
    """Whether the file says exactly this."""
    return path.exists() and path.read_text(encoding="utf-8") == text
