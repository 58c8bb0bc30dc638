"""Money: whole cents everywhere inside, and the one place where they are written for people or read again.

An amount is an integer of hundredths, never a float. Which currency they are of, and how the people of a marketplace
write them, its rulebook says (`money:`); the customs themselves come from Babel (CLDR).
"""

import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import (
    format_currency,
    format_decimal,
    get_currency_precision,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    is_currency,
)

PLACES = 2
_WRITTEN = re.compile(rf"([0-9]{{1,9}})(?:\.([0-9]{{1,{PLACES}}}))?", re.ASCII)
_BLANKS = ("\xa0", "\u202f")  # blanks that never break, as CLDR writes them
_APOSTROPHES = ("'", "\u2019")


def wrong_currency(code: str) -> str:
    """What is wrong with a currency's code, in ISO 4217; empty where nothing is."""
    if not is_currency(code):
        return f"`{code}` não é o código de uma moeda (ISO 4217), como `EUR`"
    if get_currency_precision(code) != PLACES:
        return f"`{code}` não se divide em centésimos, e os valores aqui são de centésimos"
    return ""


def wrong_locale(name: str) -> str:
    """What is wrong with a locale's name, in CLDR; empty where nothing is."""
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return f"`{name}` não é um idioma e país (CLDR), como `fr_CA`"
    return ""


def show(cents: int, currency: str, locale: str) -> str:
    """As people read it: `R$ 1.199,90`. Without a locale `EUR 1199.90`, without a currency too `1199.90`."""
    if not locale:
        return f"{currency} {source(cents)}".strip()
    # People search for, and letters quote, the blank on the keyboard.
    return _breakable(format_currency(_units(cents), currency, locale=locale))


def cell(cents: int, locale: str) -> str:
    """As a spreadsheet of the country adds it up: `1199,90`."""
    return format_decimal(_units(cents), "0." + "0" * PLACES, locale=locale) if locale else source(cents)


def sign(currency: str, locale: str) -> str:
    """What stands beside an amount: `R$`."""
    return _breakable(get_currency_symbol(currency, locale=locale)) if locale else currency


def read(typed: str, currency: str, locale: str) -> int:
    """The cents of what somebody typed: `1.199,90`, `R$ 1199,90`, `1199`; both ways of dividing hundredths are known.

    Raises ValueError.
    """
    found = _pattern(currency, locale).fullmatch(_breakable(typed))
    if found is None:
        raise ValueError(f"no amount: {typed}")
    whole = re.sub(r"[^0-9]", "", found["whole"])
    return int(whole + (found["part"] or "0" * PLACES))


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


@lru_cache(maxsize=64)
def _pattern(currency: str, locale: str) -> re.Pattern[str]:
    """Amounts as this locale groups them, or not grouped at all, its sign on the side where it writes it."""
    whole, before, after = "[0-9]{1,9}", re.escape(currency), ""
    if locale:
        whole = rf"{_grouped(locale)}|{whole}"
        before = re.escape(sign(currency, locale))
        leads = Locale.parse(locale).currency_formats["standard"].pattern.startswith("¤")
        after = "" if leads else rf"(?: *{before})?"
    marks = re.escape("".join(dict.fromkeys([",", ".", get_decimal_symbol(locale) if locale else "."])))
    part = rf"(?:[{marks}](?P<part>[0-9]{{{PLACES}}}))?"
    return re.compile(rf"(?:{before} *)?(?P<whole>{whole}){part}{after}", re.ASCII)


def _grouped(locale: str) -> str:
    """Digits in the locale's groups, up to a trillion: threes in most, twos before the last three in India."""
    mark = _breakable(get_group_symbol(locale))
    marks = f"[{''.join(_APOSTROPHES)}]" if mark in _APOSTROPHES else re.escape(mark)
    last, further = Locale.parse(locale).decimal_formats[None].grouping
    if last == further:
        return rf"[0-9]{{1,{last}}}(?:{marks}[0-9]{{{last}}}){{1,3}}"
    return rf"[0-9]{{1,{further}}}(?:{marks}[0-9]{{{further}}}){{0,4}}{marks}[0-9]{{{last}}}"


def _breakable(text: str) -> str:
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return text


def _units(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-PLACES)
