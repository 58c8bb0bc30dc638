"""What the audit log may tell: a code for each thing, with its sentence and the names of what it changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.rulebook.terms.registered import Twice

Words = str | Promise  # a sentence, in whichever language whoever reads it has


@dataclass(frozen=True)
class Told:
    """One thing the log tells: its sentence, and what the names in before and after are called on a page."""

    code: str
    sentence: Words
    names: Mapping[str, Words]
    codes: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)


# What somebody did who has no name, by what stands in a line for a command's: no command of that name does it.
UNNAMED: Mapping[str, Words] = MappingProxyType(
    {"setup link": gettext_lazy("Quem tem o link da primeira configuração")}
)
# What is said of a secret: that there is another one.
SECRET: Mapping[str, Words] = MappingProxyType({"true": gettext_lazy("uma nova")})

REGISTRY: dict[str, Told] = {}


class _Sentences(Mapping[str, Words]):
    """The sentence of each code: what a value that is itself a code of the log is called."""

    def __getitem__(self, code: str) -> Words:
        return REGISTRY[code].sentence

    def __iter__(self) -> Iterator[str]:
        return iter(REGISTRY)

    def __len__(self) -> int:
        return len(REGISTRY)


SENTENCES: Mapping[str, Words] = _Sentences()


def register(
    code: str,
    sentence: Words,
    names: Mapping[str, Words] | None = None,
    codes: Mapping[str, Mapping[str, Words]] | None = None,
) -> str:
    """Makes a code known, and returns it: `subject.done`, past tense, never renamed, for the log keeps it for ever.

    `sentence` says the deed without who and when («Mudou a caixa de e-mail»); `gettext_lazy` makes it translatable.
    `codes` has, of a name whose values are codes, the words of each («`none`: Nenhuma»), and under `about` those of
    what the thing itself may be called by; `true` and `false` are codes, too.
    Raises Twice for a code that is taken.
    """
    if code in REGISTRY:
        raise Twice(f"`{code}` is told by the audit log already")
    REGISTRY[code] = Told(code, sentence, dict(names or {}), dict(codes or {}))
    return code


def sentence(code: str) -> str:
    """What the code says, in the reader's language; of one that is told no more, the code itself."""
    known = REGISTRY.get(code)
    return str(known.sentence) if known else _("Registro antigo: %(code)s") % {"code": code}


def name(code: str, field: str) -> str:
    """What a name in before and after is called on a page."""
    known = REGISTRY.get(code)
    return str(known.names.get(field, field)) if known else field


def value(code: str, field: str, kept: Any) -> str:
    """What a value is called, in the reader's language: a code by its words, a list by each of its own."""
    if kept is None:
        return ""
    if isinstance(kept, list):
        return ", ".join(value(code, field, one) for one in kept)
    known = REGISTRY.get(code)
    words = known.codes.get(field, {}) if known else {}
    plain = str(kept).lower() if isinstance(kept, bool) else str(kept)
    if plain in words:
        return str(words[plain])
    if isinstance(kept, bool):
        return _("sim") if kept else _("não")
    return plain


def about(code: str, kept: str) -> str:
    """What the thing that a line is about is called."""
    return value(code, "about", kept)
