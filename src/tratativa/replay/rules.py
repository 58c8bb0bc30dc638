"""Rules: a rulebook as a replay asks it, with what it would otherwise look up for every case again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tratativa.comparing.sameness import alike
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Rules:
    """One version. The survey is no deadline of anybody's: a replay asks nobody."""

    book: Rulebook

    @classmethod
    def of(cls, book: Rulebook) -> "Rules":
        """The rules of a version."""
        quiet = book.model_copy(update={"survey": None})
        return cls(quiet)

    @cached_property
    def deadlines(self) -> frozenset[str]:
        """The ids of its deadlines."""
        return frozenset(rule.id for rule in self.book.deadlines)

    @cached_property
    def actions(self) -> Mapping[tuple[Party, str], Action]:
        """What each party may do, by id."""
        found = {}
        for party in Party:
            found.update({(party, action.id): action for action in verdicts.actions_of(self.book, party)})
        return found

    def misses_alike(self, other: "Rules") -> frozenset[str]:
        """The deadlines whose miss leads to the same in both."""
        mine = {rule.id: rule.missed for rule in self.book.deadlines}
        theirs = {rule.id: rule.missed for rule in other.book.deadlines}
        return frozenset(name for name in mine if name in theirs and alike(mine[name], theirs[name]))

    def forms_alike(self, other: "Rules") -> frozenset[str]:
        """The actions that are filled in alike in both."""
        mine = {action.id: (action.fields, action.needs) for action in self.book.actions}
        theirs = {action.id: (action.fields, action.needs) for action in other.book.actions}
        return frozenset(name for name in mine if name in theirs and alike(mine[name], theirs[name]))

    def conduct_alike(self, other: "Rules") -> bool:
        """Whether both look at words alike."""
        mine, theirs = self.book, other.book
        return alike(mine.conduct, theirs.conduct) and (not mine.conduct or sorted(mine.names) == sorted(theirs.names))

    def actions_alike(self, other: "Rules") -> frozenset[str]:
        """The actions that lead to the same in both."""
        mine = {action.id: action.do for action in self.book.actions}
        theirs = {action.id: action.do for action in other.book.actions}
        return frozenset(name for name in mine if name in theirs and alike(mine[name], theirs[name]))
