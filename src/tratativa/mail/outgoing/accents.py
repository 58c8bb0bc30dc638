"""Accents where no style sheet reaches, in letters: the pages' colours, and the ink that is read on each."""

from collections.abc import Mapping
from dataclasses import dataclass

# `--accent` of the light theme (web/styles/ground/tokens.css), which mail programs understand only as sRGB.
FILLS: Mapping[str, str] = {
    "blue": "#005ccc", "teal": "#007570", "green": "#00783a", "amber": "#8f5400", "orange": "#a53d00",
    "red": "#b71824", "pink": "#ab1d72", "violet": "#6f41c1",
}  # fmt: skip
_INKS = ("#ffffff", "#1f2430")
LEAST = 4.5  # WCAG 2.2, 1.4.3


@dataclass(frozen=True)
class Button:
    """The colours of a button: its ground and its words."""

    fill: str
    ink: str


def button(accent: str) -> Button:
    """Those of an accent; blue's for one nobody knows."""
    fill = FILLS.get(accent, FILLS["blue"])
    return Button(fill, max(_INKS, key=lambda ink: contrast(fill, ink)))


def contrast(one: str, other: str) -> float:
    """How much two colours, as `#rrggbb`, stand out from each other, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
