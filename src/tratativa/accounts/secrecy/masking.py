"""Masking: what opens a door by itself is neither shown nor logged: links of letters, reply tokens, ways to hand in."""

import re

MASK = "•••"
# Also as mail programs pass addresses on inside other addresses: %2Fmy%2Flink%2F…
# And as something on the way spoils them: doubled, or with a sign more; the secret in them is as good as before.
_SLASH = r"(?:[/;\\]|%(?:25)?(?:2F|5C|3B))+"
_BEGINS = r"(?:(?<![\w-])|(?<=2F))"
_WAYS_IN = "|".join(
    _SLASH.join(words) for words in (
        ("(?:my|partner)", "link", ""), ("post", "in", "[0-9a-f-]{36}", ""), ("password", "reset", "key", ""),
        ("invitation", "[0-9a-f-]{36}", ""), ("setup", "link", ""),
        ("email-change", "[0-9a-f-]{36}", "(?:old|new)", ""),
    )
)  # fmt: skip
_PATHS = re.compile(rf"({_BEGINS}(?:{_WAYS_IN}))[\w~.=-]+", re.I)
_REPLY_TOKENS = re.compile(r"(\+c[0-9a-z]{1,25}\.)[a-z2-7]{10}(?=@|%40)", re.I)


def masked(text: str) -> str:
    """The text without the secrets in it; where each stood is still told."""
    if "+c" in text or "+C" in text:
        text = _REPLY_TOKENS.sub(rf"\1{MASK}", text)
    return _PATHS.sub(rf"\1{MASK}", text)


def masked_file(data: bytes) -> bytes:
    """The bytes of a text or a letter without the secrets in it; the very same bytes where there are none."""
    text = data.decode("latin-1")
    found = masked(text)
    return data if found == text else found.replace(MASK, "***").encode("latin-1")
