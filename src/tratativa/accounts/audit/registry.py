"""What the audit log may tell: a code for each thing, with its sentence and the names of what it changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tratativa.rulebook.terms.registered import Twice

Words = str | Promise  # a sentence, in whichever language whoever reads it has


@dataclass(frozen=True)
class Told:
    """One thing the log tells: its sentence, and what the names in before and after are called on a page."""

    code: str
    sentence: Words
    names: Mapping[str, Words]


REGISTRY: dict[str, Told] = {}


def register(code: str, sentence: Words, names: Mapping[str, Words] | None = None) -> str:
    """Makes a code known, and returns it: `subject.done`, past tense, never renamed, for the log keeps it for ever.

    `sentence` says the deed without who and when («Mudou a caixa de e-mail»); `gettext_lazy` makes it translatable.
    Raises Twice for a code that is taken.
    """
    if code in REGISTRY:
        raise Twice(f"`{code}` is told by the audit log already")
    REGISTRY[code] = Told(code, sentence, dict(names or {}))
    return code


def sentence(code: str) -> str:
    """What the code says, in the reader's language; of one that is told no more, the code itself."""
    known = REGISTRY.get(code)
    return str(known.sentence) if known else _("Registro antigo: %(code)s") % {"code": code}


def name(code: str, field: str) -> str:
    """What a name in before and after is called on a page."""
    known = REGISTRY.get(code)
    return str(known.names.get(field, field)) if known else field
