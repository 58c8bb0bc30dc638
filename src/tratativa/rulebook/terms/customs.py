"""Customs: dates and numbers as the people of a locale write them in figures (CLDR), each with all of its year."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, get_date_format
from babel.numbers import format_decimal, get_group_symbol


def day(of: date, locale: str) -> str:
    """`24/11/2026` in Brazil, `11/24/2026` in the United States; `2026-11-24` without a locale."""
    return format_date(of, _pattern(locale), locale=locale) if locale else f"{of:%Y-%m-%d}"


def shape(locale: str) -> str:
    """What `strptime` reads such a day by: `%d/%m/%Y` in Brazil, `%m/%d/%Y` in the United States."""
    if not locale:
        return "%Y-%m-%d"
    return re.sub("M+", "%m", re.sub("d+", "%d", re.sub("y+", "%Y", _pattern(locale))))


def minute(at: datetime, locale: str) -> str:
    """`24/11/2026 09:00`: a day and its hour, of twenty-four, as `at` has it."""
    return f"{day(at.date(), locale)} {at:%H:%M}"


def tenths(of: Decimal, locale: str) -> str:
    """`1,5`, `1.5`: a number with one decimal place, not grouped, as a spreadsheet of the country adds it up."""
    return format_decimal(of, "0.0", locale=locale) if locale else f"{of:.1f}"


def count(of: int, locale: str) -> str:
    """`1.500` in Brazil, `1,500` in the United States; `1500` without a locale."""
    return format_decimal(of, locale=locale) if locale else str(of)


def whole(typed: str, locale: str) -> int:
    """The number of `1500`, or of `1,500` where the locale groups so. Raises ValueError."""
    plain = typed.replace("\xa0", " ").replace("\u202f", " ").strip()
    if re.fullmatch(r"-?[0-9]{1,9}", plain, re.ASCII):
        return int(plain)
    groups = re.escape(get_group_symbol(locale).replace("\xa0", " ").replace("\u202f", " ")) if locale else "(?!)"
    if not re.fullmatch(rf"-?[0-9]{{1,3}}(?:{groups}[0-9]{{3}}){{1,2}}", plain, re.ASCII):
        raise ValueError(f"no whole number: {typed}")
    return int(re.sub(r"[^0-9-]", "", plain))


@lru_cache(maxsize=64)
def _pattern(locale: str) -> str:
    """The locale's shortest date; many write two digits of the year there, which leaves a century to guess."""
    return re.sub("y{1,4}", "y", get_date_format("short", locale=locale).pattern)
