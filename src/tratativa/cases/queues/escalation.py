"""Effects that ask a queue: a child case, with what is shared."""

from django.utils.translation import gettext as _

from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.orders import attaching
from tratativa.cases.queues import children
from tratativa.rulebook.language.arguments import EscalateTo, NameSeller
from tratativa.rulebook.terms.ids import slug


@effect("escalate")
def escalate(change: Change, argument: EscalateTo) -> None:
    """Opens a child case for the queue named or chosen. Raises Invalid for one that does not exist."""
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
