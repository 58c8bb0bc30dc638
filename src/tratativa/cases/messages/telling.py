"""Telling, writing, noting: messages, notes, and the rulebook's own texts."""

from django.utils.translation import gettext as _

from tratativa.accounts.formatting import Written
from tratativa.cases import events
from tratativa.cases.core import audience, rulebook_versions, work
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.files import attachments
from tratativa.cases.messages import conduct, noting, wording
from tratativa.cases.models import Escalation
from tratativa.rulebook import sentences
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party


def check_told(change: Change, to: str) -> None:
    """Raises NotAllowed for words to the customer of an internal case: they would reach nobody."""
    if change.case.internal and to == Party.CUSTOMER:
        raise NotAllowed(rulebook_versions.sentence(sentences.INTERNAL))


def _untold(change: Change) -> bool:
    """Whether the customer may not know of the case. What only time does keeps silent; a person is told why."""
    if change.by.role != "clock":
        check_told(change, Party.CUSTOMER)
    return change.case.internal


def _tell_partner(change: Change, template: str, text: Written) -> None:
    """Tells the partner who opened the case, in the child case that is theirs. Raises NotAllowed where none did."""
    row = Escalation.objects.filter(parent=change.case, child__origin=str(Party.PARTNER)).first()
    if row is None:
        raise NotAllowed(_("Nenhum parceiro abriu este atendimento: não há a quem dizer."))
    row.to_say = [*row.to_say, [template, text.words, text.html]]
    row.save(update_fields=["to_say"])
    work.ask("cases.say_to_child", child_id=row.child_id)
    told = events.Told(to=str(Party.PARTNER), template=template)
    change.record(told, to=audience.TEAM, words=text.words, rich=text.html)


def said_in(change: Change, argument: arguments.Hear | arguments.Write) -> str:
    """What was typed in the field whose words are a message; the message takes the form's files along."""
    return str(change.fields.get(slug(argument.field)) or "")


@effect("hear")
def hear(change: Change, argument: arguments.Hear) -> None:
    """Keeps what the customer said to whoever acts, as the customer's words; nothing where nothing was filled in."""
    words = said_in(change, argument)
    if not words:
        return
    channel = str(change.fields.get(slug(argument.channel_field)) or "") if argument.channel_field else ""
    noting.note(change, words, channel or argument.channel, change.take_files())


@effect("reveal")
def reveal(change: Change, _argument: arguments.Reveal) -> None:
    """Lets the customer know of an internal case; one they know already is told nothing."""
    if change.case.internal:
        change.case.internal = False
        change.case.public_turn = change.case.waiting_on
        change.record(events.Revealed(), to=audience.EVERYONE)


@effect("write")
def write(change: Change, argument: arguments.Write) -> None:
    """Posts what was typed in a field to a party; an empty field posts nothing. The seller reads it too (A-37)."""
    words = said_in(change, argument)
    if not words:
        return
    check_told(change, argument.to)
    action = change.action.id if change.action else ""
    readers = audience.of(change.by.party, argument.to) | audience.TEAM_AND_SELLER
    attachments.record(
        change, events.Posted(to=argument.to, action=action), change.take_files(), to=readers, words=words
    )
    conduct.remember(change, words, readers)
    change.told_customer(readers)
    change.hand_to(argument.to, readers)


@effect("note")
def note(change: Change, argument: arguments.Note) -> None:
    """Keeps what was typed for the acting party alone."""
    words = str(change.fields.get(slug(argument.field)) or "")
    change.record(events.Noted(), to=audience.of(change.by.party), words=words)


@effect("tell")
def tell(change: Change, argument: arguments.Tell) -> None:
    """Tells each named party a text of the rulebook; the words are kept as they were told.

    Raises Unfilled, and tells nobody, where one of the texts would have a hole.
    """
    heard = {
        party: name for party, name in argument.texts().items() if party is not Party.CUSTOMER or not _untold(change)
    }
    told = {party: (name, wording.fill(change, change.book.templates[name])) for party, name in heard.items()}
    for party, (template, text) in told.items():
        if party is Party.PARTNER:
            _tell_partner(change, template, text)
            continue
        readers = audience.of(party) | audience.TEAM_AND_SELLER
        change.record(events.Told(to=party, template=template), to=readers, words=text.words, rich=text.html)
        if change.by.role != "clock" and change.by.party is not Party.CUSTOMER:
            change.told_customer(readers)
