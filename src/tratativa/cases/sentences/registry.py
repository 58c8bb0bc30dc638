"""The registry: how each event is told, and to whom it is worth a letter."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, replace
from typing import Literal

from tratativa.cases.events import Event
from tratativa.cases.sentences.reader import Reading
from tratativa.rulebook.terms import registered
from tratativa.rulebook.terms.parties import Party

Sentence = Callable[[Reading], str]
Place = Literal["line", "message", "quiet"]
OUTSIDERS = (Party.CUSTOMER, Party.SELLER, Party.PARTNER)  # whoever is written to: the team has the list before it


def _by_name(on: Reading) -> str:
    """An event without a sentence, which a later version wrote, is told by its name."""
    return on.line.event


@dataclass(frozen=True)
class Telling:
    """How an event is told; called with a function, it makes that the event's sentence and registers both.

    `place` says where a timeline shows it: as a line, as a message where it has words, or `quiet`, in the list of
    movements alone. `headed` that its sentence stands over the words in the customer's bubble too. `news` that the
    other side has something new to read: what is none outdates no page. `shared` that one's own side must know of it
    before it acts, though no other side reads it: it outdates pages too. `writes_to` whom it is worth a letter, and
    `rank` how telling it is, 1 before all others: one change sends a person one letter. `to_its_cause` that whoever's
    own word led to it is written to as well. `by_desk` that the desk says it by itself, in the marketplace's name,
    whoever's action, answer or silence made it speak.
    """

    event: type[Event]
    _: KW_ONLY
    icon: str = "dot"
    tone: Literal["", "strong", "urgent"] = ""
    place: Place = "line"
    headed: bool = False
    news: bool = True
    shared: bool = False
    writes_to: tuple[Party, ...] = ()
    rank: int = 0
    to_its_cause: bool = False
    by_desk: bool = False
    sentence: Sentence = _by_name

    def __call__(self, sentence: Sentence) -> Sentence:
        """Registers this event with its sentence. Raises Twice for an event that is told already."""
        registered.once(TELLINGS, self.event.name, replace(self, sentence=sentence))
        return sentence


TELLINGS: dict[str, Telling] = {}
tells = Telling  # as a decorator: `@tells(events.Closed, icon="circle-check")`


def of(event: str) -> Telling:
    """How this event is told, by its name in the ledger; one that a later version wrote is told by its name."""
    return TELLINGS.get(event) or Telling(Event)
