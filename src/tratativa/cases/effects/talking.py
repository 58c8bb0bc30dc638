"""Effects that talk: messages, notes, and the rulebook's own texts."""

from tratativa.cases import audience, events, wording
from tratativa.cases.changing import Change
from tratativa.rulebook import effects
from tratativa.rulebook.ids import slug
from tratativa.rulebook.parties import Party


def write(change: Change, argument: effects.Write) -> None:
    """Posts what was typed in a field to a party; an empty field posts nothing. The seller reads it too (A-37)."""
    words = str(change.fields.get(slug(argument.field)) or "")
    if not words:
        return
    action = change.action.id if change.action else ""
    change.record(
        events.Posted(to=argument.to, action=action),
        to=audience.of(change.by.party, argument.to) | audience.TEAM_AND_SELLER, words=words,
    )  # fmt: skip


def note(change: Change, argument: effects.Note) -> None:
    """Keeps what was typed for the acting party alone."""
    words = str(change.fields.get(slug(argument.field)) or "")
    change.record(events.Noted(), to=audience.of(change.by.party), words=words)


def tell(change: Change, argument: effects.Tell) -> None:
    """Tells each named party a text of the rulebook; the words are kept as they were told."""
    for party, template in ((Party.CUSTOMER, argument.customer), (Party.SELLER, argument.seller)):
        if template:
            change.record(
                events.Told(to=party, template=template),
                to=audience.of(party, Party.MARKETPLACE) | (audience.TEAM_AND_SELLER),
                words=wording.fill(change, change.book.templates[template]),
            )
