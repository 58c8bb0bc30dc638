"""Help articles: its reasons, actions and deadlines as articles, written from the rules themselves."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from tratativa.cases.sentences.reader import party_name
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.any_step import Link
from tratativa.rulebook.language.deadlines import Deadline
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import Reason
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.time import explain
from tratativa.web.help import consequences


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs; `listed` draws them as a list."""

    heading: str
    paragraphs: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True)
class Related:
    """Another article, by its kind and id."""

    title: str
    kind: str
    id: str


@dataclass(frozen=True)
class Article:
    """One article; `kind` is `reason`, `action` or `deadline`, and `id` the rulebook's own.

    `related` are other articles, `links` the marketplace's own lessons and news (M-18, C-20).
    """

    kind: str
    id: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    related: tuple[Related, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def words(self) -> str:
        """Everything it says, for searching."""
        said = (line for section in self.sections for line in section.paragraphs)
        return " ".join([self.title, self.summary, *said, *(one.title for one in self.related)])


def articles(book: Rulebook, party: Party) -> list[Article]:
    """What a member of this party needs to know: every reason, the party's actions, the clocks it owes."""
    mine = [action for action in book.actions if party in action.by or party is Party.MARKETPLACE]
    owed = [rule for rule in book.deadlines if party in {rule.party, Party.MARKETPLACE}]
    return [
        *(_reason(book, reason, mine) for reason in book.reasons),
        *(_action(book, action) for action in mine),
        *(_deadline(book, rule) for rule in owed),
    ]


def search(found: Sequence[Article], query: str) -> list[Article]:
    """The articles with every word of the query, whatever accents and case; all of them without one."""
    wanted = _folded(query).split()
    return [one for one in found if all(word in _folded(one.words) for word in wanted)]


def _reason(book: Rulebook, reason: Reason, mine: Sequence[Action]) -> Article:
    opens = tuple(Related(one.label, "action", one.id) for one in mine if one.id in reason.actions)
    deadlines = tuple(_owed(book, rule) for rule in book.deadlines if book.holds_under("deadlines", rule.id, reason.id))
    sections = _sections(
        (_("O que se espera do lojista"), (reason.duty,), False),
        (_("Prazos"), deadlines, True),
    )
    return Article("reason", reason.id, reason.label, reason.help, sections, opens)


def _action(book: Rulebook, action: Action) -> Article:
    opened_by = tuple(
        Related(reason.label, "reason", reason.id) for reason in book.reasons if action.id in reason.actions
    )
    hindrances = (*(one.why for one in action.unless), action.otherwise)
    sections = _sections(
        (_("Antes de confirmar"), action.check_first, True),
        (_("O que se preenche"), tuple(field.label for field in action.fields), True),
        (_("O que acontece"), tuple(consequences.of(book, action)), True),
        (_("Quando não se pode"), hindrances, True),
    )
    return Article("action", action.id, action.label, action.help, sections, opened_by, action.links)


def _deadline(book: Rulebook, rule: Deadline) -> Article:
    language = explain.spoken(translation.get_language())
    hours = explain.hours(book.clock, language)
    sections = _sections(
        (_("Quem deve"), (party_name(book, rule.party),), False),
        (_("Quanto tempo"), (explain.term(rule.within, language), _("Horário: %(hours)s") % {"hours": hours}), False),
        (_("Exceções"), tuple(f"{one.label}: {explain.term(one.within, language)}" for one in rule.exceptions), True),
        (_("Se o prazo passar"), tuple(consequences.told(book, effect) for effect in rule.missed), True),
        (_("Fonte"), (rule.source,), False),
    )
    named = tuple(Related(one.label, "reason", one.id) for one in book.reasons if rule.id in one.deadlines)
    return Article("deadline", rule.id, rule.label, _owed(book, rule), sections, named)


def _owed(book: Rulebook, rule: Deadline) -> str:
    language = explain.spoken(translation.get_language())
    gaps = {"label": rule.label, "party": party_name(book, rule.party), "term": explain.term(rule.within, language)}
    return _("%(label)s: %(party)s tem %(term)s") % gaps


def _sections(*drafts: tuple[str, Sequence[str], bool]) -> tuple[Section, ...]:
    return tuple(_filled(drafts))


def _filled(drafts: Sequence[tuple[str, Sequence[str], bool]]) -> Iterator[Section]:
    for heading, paragraphs, listed in drafts:
        said = tuple(dict.fromkeys(line for line in paragraphs if line))
        if said:
            yield Section(heading, said, listed)


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))
