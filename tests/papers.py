"""Identity papers of tests: what a customer, or one of the team for them, answers a form with."""

from datetime import datetime

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.files import attachments, identity_documents
from tratativa.cases.models import Attachment, Case


def answer_with(case: Case, file: Attachment, *, by: Actor, at: datetime) -> None:
    """The file is sent as the answer to a form that asks for a paper."""
    with door.judging(case.pk, by=by, at=at) as change, identity_documents.protecting(change, [file]):
        attachments.record(
            change, events.Answered(request="", ask="rg", channel=""), [file], to=audience.EVERYONE, words="Documento"
        )
    file.refresh_from_db()
