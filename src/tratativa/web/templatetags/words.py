"""Words for values: moments, money, sizes, initials; loaded in every template."""

import re
import uuid
from datetime import datetime
from typing import Any, Protocol

from django import template
from django.conf import settings
from django.template import Context
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tratativa.accounts import formatting, moments
from tratativa.cases.core import protocols
from tratativa.cases.files import kinds
from tratativa.rulebook.conduct import carriers
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.web.frame import revealing

register = template.Library()
_STRONG = re.compile(r"\*\*([^*\n]+)\*\*")


@register.simple_tag
def site_languages() -> list[tuple[str, str]]:
    """The languages of the pages, each called as those call it who speak it: Django's own tag would translate them."""
    return list(settings.LANGUAGES)


@register.filter
def moment(at: datetime | None, now: datetime) -> str:
    """`at` as people say it at `now`."""
    return moments.short(at, now) if at else ""


@register.filter
def exactly(at: datetime | None) -> str:
    """`at` with weekday, date and hour."""
    return moments.long(at) if at else ""


@register.filter
def told(of: Any, name: str) -> str:
    """A moment of an order by its name, with weekday, date and hour; of one known by its day, the day."""
    at: datetime | None = getattr(of, name)
    if at is None:
        return ""
    return moments.day(at) if name in of.by_day else moments.long(at)


@register.filter
def followed_at(parcel: Any) -> str:
    """The carrier's own page of a parcel that has `carrier` and `tracking`; empty where none is known."""
    return carriers.follow(parcel.carrier, parcel.tracking)


@register.filter
def due(at: datetime | None) -> str:
    """`at` with weekday, date, hour and the zone it is told in."""
    return moments.due(at) if at else ""


@register.filter
def time_left(until: datetime | None, now: datetime) -> str:
    """How long until a moment, or how long ago it was."""
    return moments.left(until, now) if until else ""


@register.filter
def urgency(until: datetime | None, now: datetime) -> str:
    """How pressing a due time is, as a class name."""
    return moments.urgency(until, now)


@register.filter
def masked_phone(number: str) -> str:
    """Enough of a telephone to recognise, too little to call: `••• 4321`."""
    return f"••• {number[-4:]}" if len(number) > 7 else "•••"


@register.simple_tag(takes_context=True)
def revealed(context: Context, thing: uuid.UUID, what: str) -> bool:
    """Whether this reader asked to see this and may see it for a while yet."""
    return revealing.is_open(context.get("request"), thing, what)


@register.filter
def money(cents: int, paid_in: MoneyRules) -> str:
    """`R$ 1.234,56` of an amount in cents, as this rulebook's people write it."""
    return paid_in.show(cents)


@register.filter
def file_size(size: int) -> str:
    """`340 KB`, `1,4 MB` of a number of bytes; `1.4 MB` in English."""
    if size < 1024 * 1024:
        return f"{max(1, size // 1024)} KB"
    return f"{number_format(round(size / 1024 / 1024, 1), 1)} MB"


@register.filter
def file_format(name: str) -> str:
    """`PDF`, `JPG`: the format as people write it; empty where the name says none."""
    return kinds.called(name)


@register.filter
def may_be_seen(name: str) -> bool:
    """Whether a file of this name may have a preview: a picture, or the first page of a PDF."""
    return kinds.of(name) != kinds.OTHER


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = [word for word in name.split(" · ")[0].split() if word[:1].isalnum()]
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper() or "?"


@register.filter
def protocol(value: str) -> str:
    """A protocol as people read it."""
    return protocols.show(value)


@register.filter
def emphasis(words: str) -> SafeString:
    """A text of the rulebook, escaped, with its `**strong**` words strong: all the Markdown such texts use."""
    return mark_safe(_STRONG.sub(r"<strong>\1</strong>", escape(words)))  # noqa: S308 - escaped first


class Said(Protocol):
    """An entry of a conversation; `told` when its words are a text of the rulebook."""

    @property
    def words(self) -> str: ...
    @property
    def told(self) -> bool: ...


@register.filter
def said(line: Said) -> str:
    """The words of an entry: a text of the rulebook with its strong words, a person's as they were written."""
    return emphasis(line.words) if line.told else line.words


def plain(words: str) -> str:
    """A text of the rulebook without its marks, for where nothing can be strong."""
    return _STRONG.sub(r"\1", words)


@register.filter
def marked(html: str) -> SafeString:
    """A message with its marks; cleaned once more, since what stands in a row may have come in another way."""
    try:
        return mark_safe(formatting.read(html).html)  # noqa: S308 - written anew, tag by tag
    except formatting.TooMuch:
        return escape(html)


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    """The mapping's value for a key, or empty."""
    return mapping.get(key, "") if mapping else ""
