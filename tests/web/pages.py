"""Pages as a browser takes them."""

import re


def flat(page: str) -> str:
    """A page in one line, without the blanks nobody is shown: in and between tags, and at an element's edges."""
    line = " ".join(page.split())
    for shown, read in ((" >", ">"), (r"(<[a-z][^<>]*>) ", r"\1"), (" </", "</"), ("> <", "><")):
        line = re.sub(shown, read, line)
    return line
