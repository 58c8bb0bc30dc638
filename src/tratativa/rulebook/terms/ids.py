"""Ids from labels: a rulebook names things in words, and the words' slug is the id."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)  # the same few hundred names, asked for each case anew
def slug(label: str) -> str:
    """`Aprovar o cancelamento da compra` → `aprovar-o-cancelamento-da-compra`; a slug stays as it is."""
    plain = unicodedata.normalize("NFKD", label.replace("ª", "a").replace("º", "o"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
