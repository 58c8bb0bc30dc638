"""Money: whole cents everywhere inside, and the one place where they are written for people or read from a file.

An amount is an integer of the currency's smallest unit, never a float. What rulebooks and order systems tell is in one
currency, and rows name no other: it stands here alone, and its customs come from Babel.
"""

import re
from decimal import Decimal

from babel.numbers import format_currency, format_decimal, get_currency_precision

CURRENCY = "BRL"
LOCALE = "pt_BR"
PLACES = get_currency_precision(CURRENCY)
_WRITTEN = re.compile(rf"([0-9]{{1,9}})(?:\.([0-9]{{1,{PLACES}}}))?", re.ASCII)


def show(cents: int) -> str:
    """As people read it: `R$ 1.199,90`."""
    # Babel's blank never breaks; people search for, and letters quote, the one on the keyboard.
    return format_currency(_units(cents), CURRENCY, locale=LOCALE).replace("\xa0", " ")


def cell(cents: int) -> str:
    """As a spreadsheet of the country adds it up: `1199,90`."""
    return format_decimal(_units(cents), "0." + "0" * PLACES, locale=LOCALE)


def source(cents: int) -> str:
    """As rulebooks and stories write it: `1199.90`."""
    return str(_units(cents))


def parse(written: object) -> int:
    """The cents of what a rulebook or a story writes: `1199.90`, `1199.9`, `1199`. Raises ValueError."""
    # YAML makes 1199.90 a number; its shortest writing is the one that was written.
    found = _WRITTEN.fullmatch(str(written))
    if found is None:
        raise ValueError(f"no amount: {written}")
    return int(found[1] + (found[2] or "").ljust(PLACES, "0"))


def _units(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-PLACES)
