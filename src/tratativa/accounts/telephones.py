"""Telephones as people and other systems write them: kept as they were written, and whole."""

import re

from django.utils.translation import gettext as _

from tratativa.accounts import text

LONGEST = 20  # characters of what is kept
MOST_DIGITS = 17  # fifteen (ITU-T E.164) behind what is dialled abroad


class BadTelephone(ValueError):
    """More digits than a telephone has; the message is the sentence for whoever typed it."""


def kept(raw: str) -> str:
    """The telephone as it is kept; where it was written with more signs than fit, without them, never cut short.

    Raises BadTelephone.
    """
    written = text.line(raw)
    if len(written) > LONGEST:
        written = ("+" if written.lstrip("( ").startswith("+") else "") + text.digits(written)
    if len(text.digits(written)) > MOST_DIGITS or len(written) > LONGEST:
        raise BadTelephone(_("«%(phone)s» não é um telefone; escreva um só, com até 17 dígitos") % {"phone": raw[:40]})
    return written


def dialled(raw: str) -> str:
    """The digits of what a telephone system says rings: of `sip:5511…@10.0.0.1;user=phone` the caller's alone."""
    return text.digits(re.split(r"[@;?]", raw, maxsplit=1)[0])
