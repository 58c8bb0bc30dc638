"""Mentions: the colleagues a note names with an at-sign, among those who may read it and no others."""

import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership
from tratativa.cases.models import Case
from tratativa.notices import teams


def named(words: str, members: Iterable[Membership]) -> frozenset[uuid.UUID]:
    """The people among these members whom the words name: `@Ana Lima`, `@Ana` where one is called so, or
    `@ana@loja.example`, whatever case and accents. The members come with their people loaded."""
    left, found = _plain(words), set()
    handles = dict(_handles(list(members)))
    # The longest first: «@Ana Lima» is not «@Ana».
    for handle in sorted(handles, key=len, reverse=True):
        sign = re.compile(rf"(?<![\w.@])@{re.escape(handle)}(?!\w)")
        if sign.search(left):
            found.add(handles[handle])
            left = sign.sub(" ", left)
    return frozenset(found)


def offered(case: Case, actor: Actor) -> list[tuple[str, str]]:
    """The colleagues the actor may mention on this case, by name: what is written after the at-sign, and the name
    shown. Where two are called alike, each by the e-mail address."""
    members = list(teams.of(case, actor.party).select_related("person").order_by("person__name", "pk"))
    alike = Counter(_plain(one.person.name) for one in members)
    return [
        (one.person.name if alike[_plain(one.person.name)] == 1 else one.person.email, one.person.name)
        for one in members
        if one.person_id != actor.person_id
    ]


def _handles(members: list[Membership]) -> Iterator[tuple[str, uuid.UUID]]:
    """By what each may be called; what would mean two of them means nobody."""
    names = Counter(_plain(one.person.name) for one in members)
    firsts = Counter(_plain(one.person.get_short_name()) for one in members)
    for one in members:
        yield _plain(one.person.email), one.person_id
        if names[name := _plain(one.person.name)] == 1:
            yield name, one.person_id
        if firsts[first := _plain(one.person.get_short_name())] == 1:
            yield first, one.person_id


def _plain(text: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())
