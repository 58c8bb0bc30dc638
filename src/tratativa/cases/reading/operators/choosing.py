"""Choosing: which of the things there are somebody means, by its name, its beginning or one of its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tratativa.rulebook.terms.ids import slug

TOLD = 6  # choices a sentence names


class Unclear(ValueError):
    """What was typed says nothing, or more than one thing; the message is the sentence for whoever typed it."""


@dataclass(frozen=True)
class Choice:
    """One thing an operator takes: its `key`, what it is called, and how else (in the other language, shorter)."""

    key: str
    label: str
    also: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """All it is called, without accents and capitals."""
        return {slug(one) for one in (self.label, self.key, *self.also) if one}


def choose(typed: str, choices: Sequence[Choice]) -> list[str]:
    """The keys of what is called so, else of what begins so, else of what has such a word.

    Several things of one name are all meant; several that only begin alike are not. Raises Unclear.
    """
    wanted = slug(typed)
    if not wanted:
        raise Unclear(_("«%(value)s» não diz nada: %(choices)s.") % {"value": typed, "choices": told(choices)})
    if exact := [one.key for one in choices if wanted in one.names]:
        return list(dict.fromkeys(exact))
    for fits in (_begins, _has):
        found = [one for one in choices if fits(wanted, one)]
        if len(found) == 1:
            return [found[0].key]
        if found:
            several = {"value": typed, "choices": told(found)}
            raise Unclear(_("«%(value)s» pode ser mais de uma coisa: %(choices)s.") % several)
    raise Unclear(_("«%(value)s» não existe aqui. Há: %(choices)s.") % {"value": typed, "choices": told(choices)})


def fitting(typed: str, choices: Iterable[Choice]) -> list[Choice]:
    """The choices somebody who has typed this far may mean, those that begin so first."""
    wanted = slug(typed)
    listed = list(choices)
    first = [one for one in listed if _begins(wanted, one)]
    return first + [one for one in listed if one not in first and _has(wanted, one)]


def told(choices: Sequence[Choice]) -> str:
    """Some of the choices, as a sentence names them."""
    names = [f"«{one.label}»" for one in choices[:TOLD]]
    return ", ".join(names) + (", …" if len(choices) > TOLD else "")


def _begins(wanted: str, one: Choice) -> bool:
    return any(name.startswith(wanted) for name in one.names)


def _has(wanted: str, one: Choice) -> bool:
    """Whether each word that was typed begins one of its words."""
    return any(
        all(any(word.startswith(part) for word in name.split("-")) for part in wanted.split("-")) for name in one.names
    )
