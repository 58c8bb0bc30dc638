"""Charsets: bytes into text, by the name a letter gives, by what the bytes are, never by another codec."""

import codecs
import re

# Python finds codecs such as zlib_codec, punycode and idna by name; only these may be named by a stranger.
_KNOWN = {
    "ascii", "utf-8", "utf-7", "utf-16", "utf-16-be", "utf-16-le", "utf-32", "utf-32-be", "utf-32-le", "iso8859-1",
    "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9",
    "iso8859-10", "iso8859-11", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "cp1250", "cp1251",
    "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "cp437", "cp850", "cp852",
    "cp858", "cp860", "cp866", "koi8-r", "koi8-u", "mac-roman", "tis-620", "gb2312", "gbk", "gb18030", "hz",
    "big5", "big5hkscs", "cp950", "shift_jis", "shift_jis_2004", "cp932", "euc_jp", "iso2022_jp", "iso2022_jp_1",
    "iso2022_jp_2", "iso2022_jp_ext", "euc_kr", "cp949", "johab", "iso2022_kr",
}  # fmt: skip
# What senders write, and what they mean: Latin-1 with Windows' quotes, Korean with Microsoft's additions.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
}
_OUTSIDE = re.compile(r"[^a-z0-9._+-]")
_HALVES = re.compile(r"[\ud800-\udfff]")


def decode(data: bytes, declared: str = "") -> str:
    """Text of the bytes: as declared if they are that, else as UTF-8, else as Windows-1252. Never raises."""
    name = _codec(declared)
    for candidate in ("utf-8", name) if name in ("", "cp1252") else (name, "utf-8"):
        if candidate:
            try:
                return _whole(data.decode(candidate))
            except UnicodeError:
                continue
    # A declared charset with a few broken bytes is still the best reading of the others.
    return _whole(data.decode(name or "cp1252", "replace"))


def _whole(text: str) -> str:
    """Half characters, which UTF-7 lets through, can be written to no file and no row."""
    return _HALVES.sub("\ufffd", text)


def _codec(declared: str) -> str:
    """Python's name of a declared charset, or nothing for one that is unknown or no charset at all."""
    name = _OUTSIDE.sub("", declared.strip().strip("\"'").lower()[:40])
    name = _MEANT.get(name, name)
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    found = _MEANT.get(found, found)
    return found if found in _KNOWN else ""
