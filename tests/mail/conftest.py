"""What the tests of letters share: a mailbox, and a case whose letters have gone out."""

import pytest

from tests.cast import MONDAY, Cast, gather, opener
from tests.mail.posting import ADDRESS
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.mail.models import Letter, Mailbox
from tratativa.mail.outgoing import sending


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def box(cast: Cast) -> Mailbox:
    return Mailbox.objects.create(marketplace=cast.marketplace, address=ADDRESS)


@pytest.fixture
def case(cast: Cast, box: Mailbox) -> Case:
    """A case in which the seller has answered, and its letters have gone out."""
    case = opener(cast)()
    replying.reply(case, Message("Saiu ontem do depósito.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY)
    for letter in Letter.objects.filter(state="waiting"):
        sending.send(letter.pk, at=MONDAY)
    case.refresh_from_db()
    return case
