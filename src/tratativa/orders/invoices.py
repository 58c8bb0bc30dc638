"""Invoice keys (NF-e): checked in both layouts, all digits and, from 2026, with letters in the CNPJ part."""

import re

from tratativa.accounts import text

LENGTH = 44
# UF, year and month, the twelve places of the CNPJ that may hold letters, and digits to the end (NT 2025.001).
_KEY = re.compile(r"^[0-9]{6}[0-9A-Z]{12}[0-9]{26}$", re.ASCII)
_GAPS = re.compile(r"[\s.\-/]+")
_WRITTEN = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Za-z][\s.\-]{0,2}){43}[0-9A-Za-z](?![0-9A-Za-z])", re.ASCII)
_NUMBER = re.compile(r"^[0-9]{1,9}$", re.ASCII)


class BadInvoice(ValueError):
    """Neither a key nor a number of an invoice."""


def key(raw: str) -> str:
    """The 44 characters of an access key, without what stands between its groups, upper case.

    The last is a check digit modulo 11 over the characters' codes less 48, weighted 2 to 9 from the right (Manual de
    Orientação do Contribuinte da NF-e, 2.2.6, as amended for alphanumeric CNPJs). Raises BadInvoice.
    """
    found = _GAPS.sub("", text.line(raw)).upper()
    if not _KEY.match(found) or int(found[-1]) != _check(found[:-1]):
        raise BadInvoice(raw)
    return found


def key_or_number(raw: str) -> str:
    """As `key`, or the invoice's number, which has up to nine digits and no zero in front. Raises BadInvoice."""
    found = _GAPS.sub("", text.line(raw))
    if _NUMBER.match(found) and int(found):
        return str(int(found))
    return key(raw)


def written(words: str) -> bool:
    """Whether somewhere in these words stands an access key whose check digit is right."""
    for found in _WRITTEN.finditer(words):
        try:
            key(found[0])
        except BadInvoice:
            continue
        return True
    return False


def _check(body: str) -> int:
    weighted = sum((ord(char) - 48) * (2 + place % 8) for place, char in enumerate(reversed(body)))
    digit = (11 - weighted % 11) % 11
    return 0 if digit > 9 else digit
