"""Telephones as people and other systems write them: kept as they were written, and whole."""

import re

from django.utils.translation import gettext as _

from tratativa.accounts import text

LONGEST = 20  # characters of what is kept
MOST_DIGITS = 17  # fifteen (ITU-T E.164) behind what is dialled abroad


# What follows a number once it has begun: `ramal 23`, `r. 23`, `ext 23`, `x23`, `#23`, `,23`; `3222-1045/46` are two.
# `public.phone_digits` of the database reads as this does.
_EXTENSION = re.compile(r"(\d[^a-z#,;/]*)[a-z#,;/].*", re.IGNORECASE | re.DOTALL)


class BadTelephone(ValueError):
    """More digits than a telephone has; the message is the sentence for whoever typed it."""


def kept(raw: str) -> str:
    """The telephone as it is kept; where it was written with more signs than fit, without them, never cut short.

    Raises BadTelephone.
    """
    written = text.line(raw)
    if len(written) > LONGEST:
        number = digits(written)
        inside = text.digits(written)[len(number) :]
        written = ("+" if written.lstrip("( ").startswith("+") else "") + number + (f" r. {inside}" if inside else "")
    if len(digits(written)) > MOST_DIGITS or len(written) > LONGEST:
        raise BadTelephone(_("«%(phone)s» não é um telefone; escreva um só, com até 17 dígitos") % {"phone": raw[:40]})
    return written


def digits(written: str) -> str:
    """The digits of the number itself, without those of an extension behind it."""
    return text.digits(_EXTENSION.sub(r"\1", written))


def dialled(raw: str) -> str:
    """The digits of what a telephone system says rings: of `sip:55…@10.0.0.1;user=phone`, `55…,,23` the caller's."""
    return text.digits(re.split(r"[@;?,]", raw, maxsplit=1)[0])
