"""Doing what a batch wants on one case, as its page would; and what can be said beforehand of why it will not be."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.batches.models import What
from tratativa.batches.wanted import Wanted, is_own, offered
from tratativa.cases.acting import actions, pressing, replying
from tratativa.cases.acting.tags import tagging
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.filled import fields as fields_
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.queues import passing_on
from tratativa.cases.reading import known
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.verdict import Unavailable
from tratativa.saved_replies import filling


def refusal(case: Case, wanted: Wanted, *, by: Actor, at: datetime) -> str:
    """Why this case would be refused if it were done now; empty where nothing is known against it.

    Raises nothing: what only the doing finds out (conduct, somebody meanwhile) is told then.
    """
    if wanted.what in {What.TAG, What.UNTAG}:
        return ""
    action = _action(case, wanted, by)
    if action is None:
        return _("Este atendimento não tem esta ação.")
    answer = actions.verdict(case, by, at=at).find(action.id)
    if answer is None:
        return _("Esta ação não existe para você neste atendimento.")
    if isinstance(answer, Unavailable):
        return answer.why or _("Agora não é possível.")
    if wanted.what is What.CLOSE and not wanted.why.strip():
        return unpassed(case, by)
    if wanted.what is What.ACT:
        return _unknown(case, answer.action, wanted, by, at)
    return _lacking(case, wanted, by, at) if wanted.what is What.REPLY else ""


def do(case: Case, wanted: Wanted, *, by: Actor, at: datetime, seen: int) -> None:
    """Does it, as `refusal` foretells. Raises Invalid, NotAllowed and Outdated."""
    if why := refusal(case, wanted, by=by, at=at):
        raise NotAllowed(why)
    _DOES[wanted.what](case, wanted, by, at, seen)


def _reply(case: Case, wanted: Wanted, by: Actor, at: datetime, seen: int) -> None:
    words = filling.fill(case, wanted.text, writer=by, reader=Party(wanted.to), at=at)
    message = Message(words.words, to=wanted.to, customer_reads=wanted.customer_reads, rich=words.html)
    pressing.say_own(case, by=by, at=at)
    landed = replying.reply(case, message, by=by, at=at, seen=seen)
    if wanted.tags:
        tagging.add(landed, wanted.tags, by=by, at=at)


def _tag(case: Case, wanted: Wanted, by: Actor, at: datetime, seen: int) -> None:
    if not tagging.add(case, wanted.tags, by=by, at=at):
        raise NotAllowed(_("Já tinha."))


def _untag(case: Case, wanted: Wanted, by: Actor, at: datetime, seen: int) -> None:
    if not [key for key in wanted.tags if tagging.remove(case, uuid.UUID(key), by=by, at=at)]:
        raise NotAllowed(_("Já não tinha."))


def _act(case: Case, wanted: Wanted, by: Actor, at: datetime, seen: int) -> None:
    action = _action(case, wanted, by)
    own = known.of(case, [one for one in action.fields if is_own(one)], by, at=at) if action else {}
    fields = wanted.fields | {name: one.value for name, one in own.items()}
    actions.perform(case, wanted.action, by=by, at=at, fields=fields, checked=(), seen=seen)


def at_place(case: Case, action: Action, wanted: Wanted, by: Actor, at: datetime, seen: int) -> None:
    """Closes the case, with why a queue's answer stays where one does, or gives it to somebody, by that action of its
    rules. Raises Invalid, NotAllowed and Outdated."""
    if wanted.what is What.CLOSE and passing_on.owed(case, by):
        passing_on.keep(case, wanted.why, by=by, at=at)
    fields = {field.id: wanted.person for field in action.fields if field.type == "person"}
    # Nobody ticked anything here: an action that asks for that is done on the case's own page.
    actions.perform(case, action.id, by=by, at=at, fields=fields, checked=(), seen=seen)


def _at_place(case: Case, wanted: Wanted, by: Actor, at: datetime, seen: int) -> None:
    action = _action(case, wanted, by)
    assert action is not None  # `refusal` said so
    at_place(case, action, wanted, by, at, seen)


_DOES: Mapping[str, Callable[[Case, Wanted, Actor, datetime, int], None]] = {
    What.REPLY: _reply, What.TAG: _tag, What.UNTAG: _untag, What.ACT: _act, What.CLOSE: _at_place,
    What.ASSIGN: _at_place,
}  # fmt: skip


def _action(case: Case, wanted: Wanted, by: Actor) -> Action | None:
    """The action of the case's own rules that is wanted: cases of one list may stand under different versions."""
    book = rulebook_versions.of(case)
    if wanted.what is What.REPLY:
        return verdicts.reply_action(book, by.party)
    if wanted.what is What.ACT:
        return next((one for one in offered(book, by) if one.id == wanted.action), None)
    return actions.at_place(book, by.party, str(wanted.what))


def unpassed(case: Case, by: Actor) -> str:
    """That a queue's answer has not reached the customer, where that stands against closing; else empty."""
    owed = passing_on.owed(case, by)
    if owed is None:
        return ""
    queue = rulebook_versions.of(case).queue_label(owed.queue)
    return _("%(queue)s respondeu, e o cliente ainda não leu a resposta.") % {"queue": queue}


def _unknown(case: Case, action: Action, wanted: Wanted, by: Actor, at: datetime) -> str:
    """What the action demands of each case's own, filled in as wanted, and this one does not know."""
    asked = [one for one in action.fields if is_own(one) and one.required and fields_.is_asked(one, wanted.fields)]
    found = known.of(case, asked, by, at=at)
    lacks = ", ".join(f"«{one.label}»" for one in asked if one.id not in found)
    return _("Falta ao pedido: %(fields)s. Faça na página do atendimento.") % {"fields": lacks} if lacks else ""


def _lacking(case: Case, wanted: Wanted, by: Actor, at: datetime) -> str:
    missing = filling.fill(case, wanted.text, writer=by, reader=Party(wanted.to), at=at).missing if wanted.to else ()
    if not missing:
        return ""
    return _("O atendimento não tem o que o texto pede: %(missing)s.") % {"missing": ", ".join(missing)}
