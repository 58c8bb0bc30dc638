"""A line of the timeline as one reader has it before them: the case it is of, its rulebook, and the parties' names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tratativa.cases.clocks import planning
from tratativa.cases.models import Case
from tratativa.cases.reading.lines import Line
from tratativa.cases.sentences import labels
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Reading:
    """A line, the case it is of, its rulebook, and who reads."""

    line: Line
    case: Case
    book: Rulebook
    reader: Party

    @property
    def data(self) -> Mapping[str, Any]:
        """The event's ids and numbers."""
        return self.line.data

    def party(self, name: str) -> str:
        """A party as the rulebook calls it."""
        return party_name(self.book, name)

    @property
    def who(self) -> str:
        """The party that did it."""
        return self.party(self.line.party)


def party_name(book: Rulebook, name: str) -> str:
    """A party's name in this rulebook; empty for nobody."""
    try:
        return book.parties.get(Party(name), name)
    except ValueError:
        return ""


def rule_label(book: Rulebook, rule: str) -> str:
    """A deadline's name: the rulebook's, or ours for the clocks that no deadline of a rulebook describes."""
    known = book.deadline(rule)
    ours = {planning.ANSWER: _("Resposta ao chamado"), planning.TIMER: _("Passo do roteiro")}
    return known.label if known else ours.get(rule, rule)


def customer_name(on: Reading) -> str:
    """The customer's name; who is no customer yet has none."""
    return on.line.who or _("quem ainda não é cliente")


def by_way(on: Reading, what: str) -> str:
    """What a customer did by a way the desk does not listen to, and who of the team wrote it down."""
    gaps = {"what": what, "channel": labels.channel(on.data.get("channel", "")), "by": on.line.noted_by}
    return _("%(what)s · %(channel)s, anotado por %(by)s") % gaps


def action_label(book: Rulebook, action: str) -> str:
    """The label of an action, or of the reply, by its id."""
    if action == book.replies.id:
        return book.replies.label
    known = book.action(action)
    return known.label if known else action
