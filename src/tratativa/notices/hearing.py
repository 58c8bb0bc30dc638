"""Hearing: a person's open pages are told that their notices changed; how many there are, each asks itself."""

import uuid

from tratativa.accounts import clock
from tratativa.cases.core import live


def tell(person: uuid.UUID) -> None:
    """Tells every open page of this person's, at commit."""
    live.tell({"topics": [live.notices_topic(person)], "id": None, "does": live.NOTICED, "at": clock.now().timestamp()})
