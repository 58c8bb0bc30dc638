"""Fields of a plain form, as `parts/field.html` draws them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Field:
    """One field. `only` shows it for one choice of another field alone.

    `options` are what is chosen from: the value, its label, and what is worth knowing of it.
    """

    id: str
    label: str
    value: str = ""
    error: str = ""
    help: str = ""
    type: str = "text"
    input: str = "text"
    required: bool = True
    only: str = ""
    mode: str = ""
    placeholder: str = ""
    autocomplete: str = ""
    options: tuple[tuple[str, str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


def day_of(raw: str) -> date | None:
    """The day a field of days holds; None for nothing, for what is none, and for a year that is a slip: at the ends of
    time its zone or the day after it cannot be told."""
    try:
        found = date.fromisoformat(raw.strip())
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def port_of(raw: str) -> int:
    """The port a field of ports holds; 0 for nothing, -1 for what is none."""
    raw = raw.strip()[:6]
    if not raw:
        return 0
    return int(raw) if raw.isascii() and raw.isdigit() else -1
