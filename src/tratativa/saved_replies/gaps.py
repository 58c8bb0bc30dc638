"""Gaps: what a saved reply leaves open, in people's words, and who may read what stands there once it is filled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tratativa.accounts import text
from tratativa.rulebook.terms.parties import Party

GAP = re.compile(r"{{([^{}\n]*)}}")
_SIDES = frozenset({Party.CUSTOMER, Party.SELLER, Party.MARKETPLACE})
_ALL = _SIDES | {Party.PARTNER}  # a queue knows of a case what it was shown, and no gap tells it more


@dataclass(frozen=True)
class Gap:
    """One thing of a case a text may name: its id, what people call it, and the parties a text about it may go to."""

    id: str
    label: str | Promise
    readers: frozenset[Party] = _SIDES


# In the order the editor lists them. What fills each: `filling.py`.
GAPS: tuple[Gap, ...] = (
    Gap("first_name", pgettext_lazy("lacuna", "primeiro nome")),
    Gap("customer", pgettext_lazy("lacuna", "cliente")),
    Gap("protocol", pgettext_lazy("lacuna", "protocolo"), _ALL),
    Gap("subject", pgettext_lazy("lacuna", "assunto"), _ALL),
    Gap("order", pgettext_lazy("lacuna", "pedido")),
    Gap("product", pgettext_lazy("lacuna", "produto")),
    Gap("order_value", pgettext_lazy("lacuna", "valor do pedido")),
    Gap("promised", pgettext_lazy("lacuna", "entrega prevista")),
    Gap("carrier", pgettext_lazy("lacuna", "transportadora")),
    Gap("tracking", pgettext_lazy("lacuna", "rastreio")),
    Gap("due", pgettext_lazy("lacuna", "prazo")),
    Gap("store", pgettext_lazy("lacuna", "loja")),
    Gap("marketplace", pgettext_lazy("lacuna", "marketplace"), _ALL),
    Gap("my_name", pgettext_lazy("lacuna", "meu nome"), _ALL),
    Gap("today", pgettext_lazy("lacuna", "hoje"), _ALL),
)
BY_ID: Mapping[str, Gap] = {gap.id: gap for gap in GAPS}


def read(words: str) -> tuple[str, list[str]]:
    """A text as somebody wrote it, its gaps by their ids, and the names of those there are none of, as written.

    A gap is written as any language of the desk calls it, whatever its case and accents.
    """
    known, unknown = _named(), []

    def by_id(found: re.Match[str]) -> str:
        said = text.line(found.group(1))
        gap = known.get(text.folded(said))
        if gap is None:
            unknown.append(said or "–")
            return found.group(0)
        return "{{" + gap + "}}"

    return GAP.sub(by_id, words), list(dict.fromkeys(unknown))


def shown(words: str) -> str:
    """A stored text as whoever edits it reads it: its gaps in the reader's language."""
    return GAP.sub(lambda found: "{{" + label(found.group(1)) + "}}", words)


def named(words: str) -> list[str]:
    """The ids of a stored text's gaps, each once, in order."""
    return list(dict.fromkeys(GAP.findall(words)))


def label(gap: str) -> str:
    """What a gap is called in the reader's language."""
    known = BY_ID.get(gap)
    return str(known.label) if known else gap


@cache
def _named() -> Mapping[str, str]:
    """The ids by what each language calls them."""
    found = {text.folded(gap.id): gap.id for gap in GAPS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {text.folded(str(gap.label)): gap.id for gap in GAPS}
    return found
