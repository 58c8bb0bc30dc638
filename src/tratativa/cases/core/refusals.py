"""How the desk says no: to a request that is wrong, to a moment that does not allow it, to a page gone stale."""

from collections.abc import Mapping


class Invalid(Exception):
    """The request is wrong whatever the case looks like. `errors` maps a field to the sentence for its author.

    Fields are `reason`, `to`, `customer_reads`, `text`, `files`, `order`, an action's field id, `checked`, or
    an empty name for the whole form.
    """

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class NotAllowed(Exception):
    """The verdict says no; the message is the reason, for the person who tried."""


class Outdated(Exception):
    """The case changed since the page was drawn; nothing was done."""
