"""The registry: how each event is told, and to whom it is worth a letter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tratativa.cases.events import Event
from tratativa.cases.sentences.reader import Reading
from tratativa.rulebook.terms.parties import Party

Sentence = Callable[[Reading], str]
Place = Literal["line", "message", "quiet"]
OUTSIDERS = (Party.CUSTOMER, Party.SELLER, Party.PARTNER)  # whoever is written to: the team has the list before it


@dataclass(frozen=True)
class Telling:
    """How an event is told.

    `place` says where a timeline shows it: as a line, as a message where it has words, or `quiet`, in the list of
    movements alone. `headed` that its sentence stands over the words in the customer's bubble too. `news` that the
    other side has something new to read: what is none outdates no page. `writes_to` whom it is worth a letter, and
    `rank` how telling it is, 1 before all others: one change sends a person one letter. `to_its_cause` that whoever's
    own word led to it is written to as well. `by_desk` that the desk says it by itself, in the marketplace's name,
    whoever's action, answer or silence made it speak.
    """

    sentence: Sentence
    icon: str = "dot"
    tone: Literal["", "strong", "urgent"] = ""
    place: Place = "line"
    headed: bool = False
    news: bool = True
    writes_to: tuple[Party, ...] = ()
    rank: int = 0
    to_its_cause: bool = False
    by_desk: bool = False


TELLINGS: dict[str, Telling] = {}


def tells(
    event: type[Event],
    *,
    icon: str = "dot",
    tone: Literal["", "strong", "urgent"] = "",
    place: Place = "line",
    headed: bool = False,
    news: bool = True,
    writes_to: tuple[Party, ...] = (),
    rank: int = 0,
    to_its_cause: bool = False,
    by_desk: bool = False,
) -> Callable[[Sentence], Sentence]:
    """Makes a function the sentence of this event. The rest is as in `Telling`."""

    def register(sentence: Sentence) -> Sentence:
        TELLINGS[event.name] = Telling(
            sentence, icon, tone, place, headed, news, writes_to, rank, to_its_cause, by_desk
        )
        return sentence

    return register


def of(event: str) -> Telling:
    """How this event is told, by its name in the ledger; one that a later version wrote is told by its name."""
    return TELLINGS.get(event) or Telling(sentence=lambda _on: event)
