"""Writers: who a letter says it is from, where every reading of its headers agrees on one address.

Two servers and we read the same bytes; whoever makes them disagree has one of them vouch for an address that another
takes for somebody else's. So anything unusual in the field is nobody's address.
"""

import re

from tratativa.mail.reading import bounds
from tratativa.mail.reading.mime import addresses, words
from tratativa.mail.reading.mime.fields import Fields

_HEAD_ENDS = re.compile(rb"\r\n\r\n|\n\n|\r\r|\n\r\n")
_FROM = re.compile(rb"(?:\A|[\r\n])[ \t]*from[ \t]*:", re.I)
_LONE_RETURN = re.compile(rb"\r(?!\n)|\x00")
_ADDRESS_LIKE = re.compile(r"[^\s<>,;:\"'()\[\]]*[@＠][^\s<>,;:\"'()\[\]]*")


def only(raw: bytes, fields: Fields) -> str:
    """The one address of the letter's only From, in lower case; nothing where there are two, or something like it.

    A name that is an address is one more, unless it is the same.
    """
    head = raw[: bounds.HEADER]
    end = _HEAD_ENDS.search(head)
    head = head[: end.start()] if end else head
    if len(_FROM.findall(head)) != 1 or _LONE_RETURN.search(head) or len(list(fields.every("from"))) != 1:
        return ""
    field = fields.raw("from")
    found = addresses.mailboxes(field)
    if len(found) != 1:
        return ""
    address = found[0].address
    written = _like_addresses(field)
    return address if written == {address} and _like_addresses(words.text(field)) <= {address} else ""


def _like_addresses(text: str) -> set[str]:
    return {found.lower().removeprefix("mailto:").rstrip(".") for found in _ADDRESS_LIKE.findall(text)}
