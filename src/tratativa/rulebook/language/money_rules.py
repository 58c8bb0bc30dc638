"""The rulebook's `money:`: in which currency its orders are paid, and how its people write and read an amount."""

from typing import Annotated

from pydantic import AfterValidator, Field

from tratativa.rulebook.terms import customs, money
from tratativa.rulebook.terms.types import Model


def _currency(code: str) -> str:
    if code and (wrong := money.wrong_currency(code)):
        raise ValueError(wrong)
    return code


def _locale(name: str) -> str:
    if name and (wrong := money.wrong_locale(name)):
        raise ValueError(wrong)
    return name


class MoneyRules(Model):
    """The currency orders are paid in (ISO 4217), and the locale by whose customs amounts are written (CLDR).

    Neither is any country's where a rulebook does not say: amounts are then written as in YAML, `1199.90`.
    """

    currency: Annotated[str, AfterValidator(_currency), Field(examples=["EUR"])] = ""
    locale: Annotated[str, AfterValidator(_locale), Field(examples=["fr_CA"])] = ""

    def show(self, cents: int) -> str:
        """As people read it: `R$ 1.199,90` in Brazil, `$1,199.90` in the United States."""
        return money.show(cents, self.currency, self.customs)

    def cell(self, cents: int) -> str:
        """As a spreadsheet of the country adds it up: `1199,90`."""
        return money.cell(cents, self.customs)

    def read(self, typed: str) -> int:
        """The cents of what somebody typed, with or without sign and groups. Raises ValueError."""
        return money.read(typed, self.currency, self.customs)

    def count(self, typed: str) -> int:
        """The whole number somebody typed, grouped as the locale groups or not at all. Raises ValueError."""
        return customs.whole(typed, self.customs)

    def number(self, of: int) -> str:
        """A whole number as people read it: `1.500`, `1,500`."""
        return customs.count(of, self.customs)

    @property
    def sign(self) -> str:
        """What stands beside an amount: `R$`; empty where the rulebook names no currency."""
        return money.sign(self.currency, self.customs)

    @property
    def customs(self) -> str:
        """The locale amounts, and the dates beside them, are written by; empty where the rulebook says none."""
        # A locale alone says nothing: amounts of no currency are nobody's.
        return self.locale if self.currency else ""
