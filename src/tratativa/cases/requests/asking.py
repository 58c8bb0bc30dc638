"""Effects that ask: a form for the other party, and a telephone call on record."""

from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.filled import fields
from tratativa.cases.messages import telling
from tratativa.cases.models import Request
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms import forms
from tratativa.rulebook.terms.parties import Party


@effect("ask")
def ask(change: Change, argument: arguments.Ask) -> None:
    """Asks a party to answer a form; one already waiting for the same answer is not asked twice."""
    case = change.case
    telling.check_told(change, argument.of)
    if Request.objects.filter(
        case=case, ask=argument.id, of=str(argument.of), answered_at=None, withdrawn_at=None
    ).exists():
        return
    request = Request(
        case=case, ask=argument.id, label=argument.label, of=str(argument.of), by=_asker(change, argument.of),
        form=[forms.row(field) for field in argument.fields], asked_at=change.at,
    )  # fmt: skip
    readers = audience.EVERYONE if argument.of is Party.CUSTOMER else audience.TEAM_AND_SELLER
    request.entry = change.record(
        events.Asked(request=str(request.pk), ask=argument.id, of=str(argument.of)),
        to=readers, words=argument.text or argument.label,
    )  # fmt: skip
    request.save(force_insert=True)
    case.asked = sorted({*case.asked, argument.id})
    # A question is no answer: a customer who waits for a word waits on (L-02).
    change.hand_to(argument.of, readers)


def _asker(change: Change, of: Party) -> str:
    """Who has the turn once it is answered: who asks, or, as a case opens, whom its opener wrote to."""
    waiting = change.case.waiting_on
    own = change.by.party is of and waiting not in {str(of), "nobody", ""}
    return waiting if own else str(change.by.party)


@effect("log_call")
def log_call(change: Change, _argument: arguments.LogCall) -> None:
    """Keeps what was filled in about a call, for seller and marketplace (M-02)."""
    filled = change.action.fields if change.action else ()
    words = "\n".join(
        f"{field.label}: {fields.show(field, change.fields.get(field.id), change.book)}"
        for field in filled
        if change.fields.get(field.id)
    )
    change.record(events.CallLogged(), to=audience.TEAM_AND_SELLER, words=words)
