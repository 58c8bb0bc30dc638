"""Fields: the headers of a letter, bounded in number and size before anything reads them."""

import email.message
from collections.abc import Iterable, Iterator
from typing import Any

from tratativa.mail.reading import bounds
from tratativa.mail.reading.mime import words


class Fields:
    """The headers of one part, in order, by lower-case name, raw."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = [(name.lower(), value) for name, value in pairs][: bounds.FIELDS]
        self._first: dict[str, str] = {}
        for name, value in self._pairs:
            self._first.setdefault(name, value)

    @classmethod
    def of(cls, part: email.message.Message) -> "Fields":
        """The headers of a part as they stand, surrogates for bytes that are no ASCII."""
        return cls((name, str(value)) for name, value in part.raw_items())

    @classmethod
    def of_plain(cls, pairs: Any) -> "Fields":
        """What `plain` said. Raises ValueError where it did not."""
        if not isinstance(pairs, list) or not all(map(_is_pair, pairs)):
            raise ValueError("no fields")
        return cls((name, value) for name, value in pairs)

    def plain(self) -> list[list[str]]:
        """Names and values, in order."""
        return [[name, value] for name, value in self._pairs]

    def raw(self, name: str) -> str:
        """The first value of a header as it stands, or nothing."""
        return self._first.get(name, "")

    def text(self, name: str) -> str:
        """The first value of a header as text."""
        return words.text(self.raw(name))

    def every(self, name: str) -> Iterator[str]:
        """All values of a header, topmost first."""
        return (value for key, value in self._pairs if key == name)

    def __contains__(self, name: str) -> bool:
        return name in self._first


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and [type(one) for one in value] == [str, str]
