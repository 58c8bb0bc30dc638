"""The colours letters wear are those of the pages, and what is written on them can be read."""

import math
import re
from pathlib import Path

from tratativa.founding import branding
from tratativa.mail.outgoing import accents
from tratativa.web import __file__ as web

TOKENS = Path(web).parent / "styles" / "ground" / "tokens.css"


def of_the_pages(accent: str) -> str:
    """The light `--accent` of the style sheet as sRGB (CSS Color 4, §10)."""
    said = TOKENS.read_text(encoding="utf-8")
    own = re.search(rf'\[data-accent="{accent}"\] {{ --hue: (\d+);(?: --strength: ([\d.]+);)?', said)
    usual = re.search(r"--hue: (\d+);", said)
    light = re.search(r"--accent: light-dark\(oklch\(([\d.]+) calc\(([\d.]+)", said)
    assert usual and light
    hue, strength = (own[1], own[2] or "1") if own else (usual[1], "1")
    chroma, angle = float(light[2]) * float(strength), math.radians(float(hue))
    lightness, a, b = float(light[1]), chroma * math.cos(angle), chroma * math.sin(angle)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    parts = (min(1.0, max(0.0, one)) for one in linear)
    return "#" + "".join(
        f"{round(255 * (12.92 * one if one <= 0.0031308 else 1.055 * one ** (1 / 2.4) - 0.055)):02x}" for one in parts
    )


def test_each_accent_of_the_brand_is_the_pages_colour_and_its_button_can_be_read() -> None:
    assert set(accents.FILLS) == set(dict(branding.ACCENTS))
    assert {accent: of_the_pages(accent) for accent in accents.FILLS} == dict(accents.FILLS)
    for accent in accents.FILLS:
        worn = accents.button(accent)
        assert accents.contrast(worn.fill, worn.ink) >= accents.LEAST, accent
    assert accents.button("desconhecida") == accents.button("blue")


def test_contrast_is_the_one_of_the_guidelines() -> None:
    assert round(accents.contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(accents.contrast("#777777", "#ffffff"), 2) == 4.48
