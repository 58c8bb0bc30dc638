"""The Receita as it was recorded: made-up companies in a file, for the demo and for tests; nobody is asked."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from tratativa.orders.registry import Away, Company
from tratativa.rulebook.terms import yaml_source

FILE = Path(__file__).with_name("receita.yaml")


class Recorded:
    """A registry that only the demonstration has: what the file beside it says."""

    def look_up(self, document: str, *, at: datetime) -> Company | None:
        """The recorded company. Raises Away for the one of whom the file says that the Receita does not answer."""
        found = _companies().get(document)
        if found and found.get("away"):
            raise Away("tempo esgotado")
        return Company(document=document, **found) if found else None


@lru_cache(maxsize=1)
def _companies() -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = yaml_source.read(FILE.read_bytes(), FILE.name).data
    return data
