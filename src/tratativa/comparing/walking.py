"""Walking: through two versions of a rulebook side by side, so that no key of the language is passed by untold.

Where a key has sentences of its own (`own_sentences`) they tell it; else it is told as «what, key: before → after».
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from tratativa.comparing import lists, sameness, words
from tratativa.comparing.leaves import called
from tratativa.comparing.values import Speaker
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.language.rulebook import Rulebook

Own = Callable[["Sides", Any, Any, str], Iterator[str]]


@dataclass(frozen=True)
class Sides:
    """Both versions as they are read out, and the sentences some keys have of their own."""

    old: Speaker
    new: Speaker
    own: Mapping[tuple[str, str], Own]

    @classmethod
    def of(cls, before: Rulebook, after: Rulebook, own: Mapping[tuple[str, str], Own]) -> "Sides":
        """The sides of two versions."""
        return cls(Speaker(before), Speaker(after), own)

    def models(self, before: BaseModel, after: BaseModel, subject: str) -> Iterator[str]:
        """A sentence for everything that two models under one name say otherwise."""
        if type(before) is not type(after):
            yield self.became(subject, "", before, after)
            return
        for name in sameness.changed(before, after):
            yield from self.key(type(after).__name__, name, getattr(before, name), getattr(after, name), subject)

    def key(self, owner: str, name: str, before: Any, after: Any, subject: str) -> Iterator[str]:
        """A sentence, at least, for one key that differs."""
        own = self.own.get((owner, name))
        told = list(own(self, before, after, subject) if own else self.values(before, after, subject, name))
        # Whatever the sentences above do not know of is told all the same.
        yield from told or [_("%(what)s: muda") % {"what": joined(subject, name)}]

    def values(self, before: Any, after: Any, subject: str, name: str) -> Iterator[str]:
        """What differs between two values that have no sentence of their own."""
        if isinstance(before, BaseModel) and isinstance(after, BaseModel):
            yield from self.models(before, after, joined(subject, name))
        elif isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from self._mappings(before, after, joined(subject, name), name)
        elif _is_list(before) and _is_list(after):
            yield from self._lists(before, after, joined(subject, name), name)
        else:
            yield self.became(subject, name, before, after)

    def became(self, subject: str, name: str, before: Any, after: Any) -> str:
        """«what, key: before → after»."""
        gaps = {"what": joined(subject, name), "before": self.old.say(before, name), "after": self.new.say(after, name)}
        return _("%(what)s: %(before)s → %(after)s") % gaps

    def effects(self, before: Sequence[Effect], after: Sequence[Effect], subject: str) -> Iterator[str]:
        """What begins to happen, and what no longer does."""
        found = lists.by_content(before, after)
        for old, new in found.changed:
            yield _("%(what)s: em vez de %(before)s, passa a %(after)s") % {
                "what": subject, "before": self.old.effect(old), "after": self.new.effect(new),
            }  # fmt: skip
        for one in found.removed:
            yield _("%(what)s: deixa de %(effect)s") % {"what": subject, "effect": self.old.effect(one)}
        for one in found.added:
            yield _("%(what)s: passa a %(effect)s") % {"what": subject, "effect": self.new.effect(one)}
        if found.moved:
            yield _("%(what)s: a ordem do que acontece muda") % {"what": subject}

    def _mappings(self, before: Mapping[Any, Any], after: Mapping[Any, Any], what: str, name: str) -> Iterator[str]:
        for key in before:
            if key not in after:
                yield _("%(what)s: sai %(thing)s") % {"what": what, "thing": self._entry(self.old, key, before, name)}
        for key, new in after.items():
            if key not in before:
                yield _("%(what)s: entra %(thing)s") % {"what": what, "thing": self._entry(self.new, key, after, name)}
            elif not sameness.alike(before[key], new):
                yield from self.values(before[key], new, joined(what, self.new.entry(key, name)), "")
        both = [key for key in before if key in after]
        if both != [key for key in after if key in before]:
            yield _("%(what)s: a ordem muda") % {"what": what}

    @staticmethod
    def _entry(speaker: Speaker, key: Any, entries: Mapping[Any, Any], name: str) -> str:
        return f"{speaker.entry(key, name)} ({speaker.say(entries[key], name)})"

    def _lists(self, before: Sequence[Any], after: Sequence[Any], what: str, name: str) -> Iterator[str]:
        if all(isinstance(one, Effect) for one in (*before, *after)):
            yield from self.effects(before, after, what)
            return
        have_ids = all(hasattr(one, "id") for one in (*before, *after))
        plain = not any(isinstance(one, BaseModel) for one in (*before, *after))
        found = lists.by_id(before, after) if have_ids else lists.by_content(before, after)
        pairs = () if plain else found.changed
        gone = [*found.removed, *(old for old, _new in found.changed if plain)]
        come = [*found.added, *(new for _old, new in found.changed if plain)]
        for one in gone:
            yield _("%(what)s: sai %(thing)s") % {"what": what, "thing": self.old.say(one, name)}
        for one in come:
            yield _("%(what)s: entra %(thing)s") % {"what": what, "thing": self.new.say(one, name)}
        for old, new in pairs:
            told = list(self.models(old, new, joined(what, called(new))))
            yield from told or [self.became(what, "", old, new)]
        if found.moved:
            yield _("%(what)s: a ordem muda") % {"what": what}


def joined(subject: str, name: str) -> str:
    """«subject, key», with whatever of the two there is."""
    return ", ".join(part for part in (subject, words.key(name) if name else "") if part)


def _is_list(value: Any) -> bool:
    return isinstance(value, tuple | list)
