"""Effects that ask others and leave tasks: a child case for a queue, a follow-up, a colleague who takes over."""

from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.cases import audience, events, open_cases
from tratativa.cases.changing import Change
from tratativa.cases.effects import attaching, moving
from tratativa.cases.refusals import Invalid, NotAllowed
from tratativa.rulebook.desk_arguments import EscalateTo, FollowUpAt, HandOver, NameSeller
from tratativa.rulebook.ids import slug
from tratativa.rulebook.parties import Party


def escalate(change: Change, argument: EscalateTo) -> None:
    """Opens a child case for the queue named or chosen. Raises Invalid for one that does not exist."""
    from tratativa.cases import children  # children open doors of their own

    chosen = argument.to or str(change.fields.get(slug(argument.field)) or "")
    queue = change.book.queue(chosen)
    if queue is None:
        raise Invalid({slug(argument.field): _("Escolha uma das filas.")})
    if argument.seller_field and queue.of == "seller":
        attaching.name_seller(change, NameSeller(field=argument.seller_field))
    words = argument.text or str(change.fields.get(slug(argument.text_field)) or "")
    share = list(argument.share)
    share += [name for field, name in argument.share_fields.items() if change.fields.get(slug(field))]
    children.open_child(change, queue, words, share, argument.within)


def follow_up(change: Change, argument: FollowUpAt) -> None:
    """Leaves a task at the moment filled in, or this long from now."""
    from tratativa.cases import follow_ups  # follow-ups open doors of their own

    if argument.if_field and not change.fields.get(slug(argument.if_field)):
        return
    said = str(change.fields.get(slug(argument.field)) or "") if argument.field else ""
    zone = change.book.clock.zone
    due = (
        datetime.fromisoformat(said).replace(tzinfo=zone) if said else change.book.clock.due(change.at, argument.after)
    )
    words = argument.text or str(change.fields.get(slug(argument.text_field)) or "")
    at_field = slug(argument.field) if argument.field else ""
    follow_ups.leave(change, words, due, field=at_field, tells=argument.to)


def hand_over(change: Change, argument: HandOver) -> None:
    """Makes a colleague responsible, with a summary the team reads. Raises NotAllowed for somebody else's colleague."""
    if change.by.party is not Party.MARKETPLACE:
        raise NotAllowed(_("Só a equipe do marketplace passa o atendimento a um colega."))
    key = moving.colleague(change, str(change.fields.get(slug(argument.field)) or ""))
    change.case.assignee_id = key
    words = str(change.fields.get(slug(argument.summary)) or "")
    change.record(events.HandedOver(person=str(key)), to=audience.TEAM, words=words)
    open_cases.hand_to(key, change.case, at=change.at)
