"""Log records: what opens a door by itself is masked when a record is made, whichever logger and handler it goes to.

The web server's access log too: its handler reads the arguments, not the sentence.
"""

import logging
import logging.config
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from tratativa.accounts.secrecy.masking import masked

_TRACES = logging.Formatter()


class Masked(logging.LogRecord):
    """A record whose sentence, arguments and traceback hold no secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As any record."""
        super().__init__(*args, **kwargs)
        if isinstance(self.msg, str):
            self.msg = masked(self.msg)
        if isinstance(self.args, tuple):
            self.args = tuple(_masked(one) for one in self.args)
        elif isinstance(self.args, Mapping):
            self.args = {name: _masked(one) for name, one in self.args.items()}
        if self.exc_info and self.exc_info[0]:
            self.exc_text = masked(_TRACES.formatException(self.exc_info))

    def getMessage(self) -> str:
        """The sentence; what an object says of itself may hold an address."""
        return masked(super().getMessage())


class Refusals(logging.Filter):
    """A refusal is a line: nothing went wrong in the program, and no traceback says otherwise."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets everything by, refusals without their traceback: a stranger's wrong Host is one, too."""
        if getattr(record, "status_code", 0) in {HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN}:
            record.exc_info = record.exc_text = None
        return True


def configure(how: dict[str, Any]) -> None:
    """Sets logging up, for every process that reads the settings."""
    logging.setLogRecordFactory(Masked)
    logging.config.dictConfig(how)


def _masked(value: object) -> object:
    return masked(value) if isinstance(value, str) else value
