"""Telephones: how a land's numbers are dialled, so that one number is known however it was written or rings in.

Brazil's `+55 11 98765-4321`, `0 11 98765-4321`, `0 15 11 98765-4321`, `98765-4321` and, from before the ninth digit,
`11 8765-4321` are one number. What is no number of the land, and every number where the rulebook says nothing of a
land of its own, is known by its end alone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Annotated

from pydantic import Field

from tratativa.rulebook.terms.types import Model

Digits = Annotated[str, Field(pattern=r"^\d{1,4}$")]
_LEAST = 7  # digits of a number that is whole without its area: fewer are somebody's last digits
_ABROAD = "00"  # dialled for the + (ITU-T E.123)


class Gained(Model):
    """A digit that numbers gained in front, where they began with one of `before`: `{digit: "9", before: "6789"}`."""

    digit: Annotated[str, Field(pattern=r"^\d$")]
    before: Annotated[str, Field(pattern=r"^\d{1,10}$")]


class Telephones(Model):
    """A land's `code` behind the +, what is dialled before an area (`9` stands for any digit: `0`, a carrier's `099`),
    how many digits an `area` has and the `numbers` behind it, and a digit that numbers `gained`."""

    code: Digits
    before_area: Annotated[tuple[Digits, ...], Field(max_length=5)] = ()
    area: Annotated[int, Field(ge=0, le=5)]
    numbers: Annotated[tuple[Annotated[int, Field(ge=5, le=12)], ...], Field(min_length=1, max_length=8)]
    gained: Gained | None = None

    def taken_apart(self, digits: str) -> tuple[str, str] | None:
        """The area and the number behind it, the area empty where it was left out; None for what is neither."""
        for before in self._before():
            if (found := re.match(before, digits)) and self._is_whole(rest := digits[found.end() :]):
                return rest[: self.area], rest[self.area :]
        local = digits.lstrip("0")
        return ("", local) if len(local) in self.numbers else None

    def spellings(self, number: str) -> Sequence[str]:
        """The number behind its area, with and without the digit it gained."""
        if self.gained is None:
            return (number,)
        digit, before = self.gained.digit, self.gained.before
        if number[:1] in before and len(number) + 1 in self.numbers:
            return (number, digit + number)
        if number[:1] == digit and number[1:2] in before and len(number) - 1 in self.numbers:
            return (number, number[1:])
        return (number,)

    def pattern(self, digits: str) -> str:
        """What the digits of a number that is this one match, anywhere in them."""
        apart = self.taken_apart(digits)
        if apart is None:
            return ends_alike(digits)
        area, number = apart
        spelt = f"({'|'.join(self.spellings(number))})"
        before = f"({'|'.join(self._before())})"
        if not area:
            return f"{digits.lstrip('0')}$|^{before}([0-9]{{{self.area}}})?{spelt}$"
        return f"^{before}{area}{spelt}$|^0*{spelt}$"

    def _before(self) -> Iterator[str]:
        """Everything that may stand before an area, as patterns; nothing but zeros first."""
        trunks = ["", *(one.replace("9", "[0-9]") for one in self.before_area)]
        codes = ["0*", self.code, _ABROAD + self.code]
        yield from (f"{code}{trunk}" for code, trunk in product(codes, trunks))

    def _is_whole(self, digits: str) -> bool:
        return not digits.startswith("0") and len(digits) - self.area in self.numbers


def ends_alike(digits: str) -> str:
    """What the digits of a number match that ends as this one, or that this one ends with, leading zeros dropped."""
    plain = digits.lstrip("0") or digits
    shorter = [plain[at:] for at in range(1, len(plain) - _LEAST + 1)]
    return f"{plain}$" + (f"|^0*({'|'.join(shorter)})$" if shorter else "")


def pattern(telephones: Telephones | None, digits: str) -> str:
    """A regular expression, for Python and PostgreSQL alike, of digits and marks of ours alone."""
    return telephones.pattern(digits) if telephones else ends_alike(digits)


def last_digits(telephones: Telephones | None, digits: str) -> str:
    """The end that every writing of the number has: what an index is asked for."""
    least = min(telephones.numbers) if telephones else _LEAST
    return digits.lstrip("0")[-least:] or digits


def is_whole(telephones: Telephones | None, digits: str) -> bool:
    """Whether they are a number with its area, not the last digits of one."""
    if telephones is None:
        return len(digits.lstrip("0")) >= _LEAST + 3
    apart = telephones.taken_apart(digits)
    return bool(apart and (apart[0] or not telephones.area))


def is_same(telephones: Telephones | None, one: str, other: str) -> bool:
    """Whether both digits are of one number."""
    return bool(re.search(pattern(telephones, one), other) or re.search(pattern(telephones, other), one))
