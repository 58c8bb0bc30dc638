"""Answering: a customer's letter as their answer: to the form they were asked to fill in, or in the conversation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import replying
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.messages import addressing
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Request
from tratativa.cases.requests import requests
from tratativa.mail.filing import long_letters
from tratativa.mail.models import Letter as Sent
from tratativa.mail.reading.letter import Letter

_WORDS = ("text", "long_text")


def answer(case: Case, read: Letter, files: Sequence[Attachment], *, to: Sent | None, at: datetime) -> Case:
    """Acts as the customer at that moment; the case the answer landed in. Raises Invalid and NotAllowed.

    `to` is the letter of ours it answers, where it names one.
    """
    customer = case.customer
    if customer is None:
        raise Invalid({"": _("Este atendimento não tem cliente.")})
    by = actors.of_customer(customer)
    words = long_letters.shown(read, attached=bool(files))
    if words and not files and to and (said := _answer_in_words(case, words, to, by=by, at=at)):
        return said
    answered, files = _answer_form(case, words, files, by=by, at=at)
    if answered and not words:
        return answered
    words = addressing.or_files(words, files) or _("(e-mail sem texto)")
    return replying.reply(case, Message(words, files=files), by=by, at=at, warned=True)


def delicate(case: Case, read: Letter) -> bool:
    """Whether the letter may carry what the customer was asked for under seal, or their papers: it needs more proof.

    While sealed answers (bank data) are owed any words may be them, whichever letter they answer.
    """
    if case.customer is None:
        return False
    asked = [field for request in requests.pending(case, actors.of_customer(case.customer))
             for field in requests.form(request)]  # fmt: skip
    return any(field.sealed for field in asked) or (bool(read.files) and any(field.sensitive for field in asked))


def _answer_in_words(case: Case, words: str, to: Sent, *, by: Actor, at: datetime) -> Case | None:
    """Answers the form our letter asked for, where it asks for some words and nothing else; the case.

    Only an answer to that very letter is one: whoever writes of something else meanwhile says it in the conversation.
    What is sealed is never taken from a letter.
    """
    for request in requests.pending(case, by):
        form = requests.form(request)
        if request.entry_id != to.entry_id or len(form) != 1 or form[0].sealed or form[0].type not in _WORDS:
            continue
        try:
            with transaction.atomic():
                return requests.answer(request, {form[0].id: words}, by=by, at=at)
        except Invalid:
            return None  # too long, or no such number: said in the conversation
    return None


def _answer_form(
    case: Case, words: str, files: Sequence[Attachment], *, by: Actor, at: datetime
) -> tuple[Case | None, Sequence[Attachment]]:
    """Answers the oldest form that the letter's files fill; the case, and the files that still need a message.

    The words are a message of their own beside it: no form has a place for what a person writes around their photos.
    """
    for request in requests.pending(case, by):
        given = _filled(request, words, files)
        if given is None:
            continue
        try:
            with transaction.atomic():
                return requests.answer(request, given, by=by, at=at), ()
        except Invalid:
            continue  # it asks for more than a letter can say; the customer's words go the usual way
    return None, files


def _filled(request: Request, words: str, files: Sequence[Attachment]) -> dict[str, Any] | None:
    """The form filled in: a file for each of its places, the last taking the rest; nothing where that is not enough."""
    form = requests.form(request)
    places = [field.id for field in form if field.type == "files"]
    if not places or len(files) < len(places) or any(field.sealed for field in form):
        return None
    given: dict[str, Any] = {place: [file] for place, file in zip(places, files, strict=False)}
    given[places[-1]] = list(files[len(places) - 1 :])
    texts = [field.id for field in form if field.type in _WORDS]
    return given | dict.fromkeys(texts, words[:1000] or "–")
