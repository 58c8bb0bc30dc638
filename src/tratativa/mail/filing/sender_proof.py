"""A sender's proof: whether the receiving server vouches for who a letter says it is from (RFC 8601)."""

import re

from tratativa.mail.reading.mime.fields import Fields

_DMARC = re.compile(r"\bdmarc\s{0,5}=\s{0,5}([a-z]{1,20})", re.I)
_COMMENT = re.compile(r"\([^()]{0,500}\)")


def disowned(fields: Fields, receiver: str) -> bool:
    """Whether our receiver says that the sender's domain disowns the letter.

    Only the topmost verdict counts, and only in our receiver's name: the others came with the letter, written by
    anybody. Microsoft 365 leaves its name out, which is why a mailbox may say `receiver: -`.
    """
    topmost = next(fields.every("authentication-results"), "")
    if not receiver or not topmost:
        return False
    name, _semicolon, verdict = _COMMENT.sub(" ", topmost).partition(";")
    if receiver == "-":
        verdict = topmost
    elif name.split()[:1] != [receiver]:
        return False
    found = _DMARC.search(verdict)
    return bool(found) and found[1].lower() in ("fail", "permerror") if found else False
