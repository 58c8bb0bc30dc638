"""Justification: the reason somebody must give in words for what they contest, refuse or decide."""

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.cases.core.refusals import Invalid

LIMIT = 2_000


def read(words: str, *, limit: int = LIMIT) -> str:
    """The reason, cleaned; at most `limit` characters. Raises Invalid under `text`."""
    said = text.paragraph(words)
    if not said:
        raise Invalid({"text": _("Escreva o motivo.")})
    if len(said) > limit:
        raise Invalid({"text": _("O motivo tem no máximo %(limit)d caracteres.") % {"limit": limit}})
    return said
