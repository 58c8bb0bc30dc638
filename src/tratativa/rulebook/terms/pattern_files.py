"""Pattern files: expressions that are data, beside the module that uses them (docs/conduct.md: how to add one)."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path

from pydantic import Field, ValidationError

from tratativa.rulebook.terms import error_messages, yaml_source
from tratativa.rulebook.terms.problems import Problem
from tratativa.rulebook.terms.types import Model
from tratativa.rulebook.terms.yaml_source import BadYaml, Loc, Source

_WORD = re.compile(r"<([a-z][a-z-]*)>")
# A repetition without an end, once what is escaped and what stands in brackets is out of the way.
_QUIET = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_ENDLESS = re.compile(r"[*+]|\{\d*,\}")


class BadPatterns(Exception):
    """A file of patterns that cannot be used; `problems` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Pattern(Model):
    """One expression over folded text (`folding.fold`), alternatives listed, with what it must and must not find.

    `<word>` stands for one of the file's `words`. `weight` is used by the families that are weighed.
    """

    find: str | tuple[str, ...]
    weight: int = Field(default=1, ge=1, le=20)
    matches: tuple[str, ...] = Field(min_length=2)
    spares: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The expression as it is written, its words not yet put in."""
        return self.find if isinstance(self.find, str) else "|".join(self.find)


class Family(Model):
    """Patterns that say the same in other words. `says` tells a person, in Portuguese, what was found.

    `near` must stand within reach before the family counts; `unless` must not stand anywhere around. A `firm` one
    stands although its sentence gives money back; a `denying` one carries a «não» of its own.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    says: str = ""
    near: str = ""
    unless: str = ""
    firm: bool = False
    denying: bool = False
    patterns: tuple[Pattern, ...] = Field(min_length=1)


class Sheet(Model):
    """A file of patterns: words that several expressions share, and families; `undoing` ones take a finding back.

    `words_of` names another file, beside this one, whose words are known here too.
    """

    words_of: str = ""
    words: Mapping[str, str | tuple[str, ...]] = {}
    families: tuple[Family, ...] = ()
    undoing: tuple[Family, ...] = ()

    @cached_property
    def vocabulary(self) -> Mapping[str, str]:
        """Every word as an expression of its own; raises KeyError for a word that is not there (yet)."""
        known: dict[str, str] = {}
        for name, said in self.words.items():
            known[name] = _filled(_one(said), known)
        return known

    def knowing(self, **words: str) -> "Sheet":
        """The same patterns with other words in the place of those of these names."""
        return Sheet(words={**self.words, **words}, families=self.families, undoing=self.undoing)

    def filled(self, source: str) -> str:
        """An expression with its words put in."""
        return _filled(source, self.vocabulary)

    def compiled(self, pattern: Pattern) -> re.Pattern[str]:
        """One pattern, ready to search folded text."""
        return re.compile(self.filled(pattern.source))

    def family(self, name: str) -> Family:
        """The family of this name. Raises KeyError."""
        return {one.name: one for one in (*self.families, *self.undoing)}[name]

    def any_of(self, name: str, flags: int = 0) -> re.Pattern[str]:
        """All patterns of one family as one expression. Raises KeyError for a name that is not there."""
        return re.compile("|".join(f"(?:{self.filled(one.source)})" for one in self.family(name).patterns), flags)

    def walk(self) -> Iterator[tuple[Loc, Family, Pattern]]:
        """Every pattern with its place in the file."""
        for part in ("families", "undoing"):
            for index, family in enumerate(getattr(self, part)):
                for number, pattern in enumerate(family.patterns):
                    yield (part, index, "patterns", number), family, pattern


_KEYS = {*Sheet.model_fields, *Family.model_fields, *Pattern.model_fields}


@cache
def read(file: Path) -> Sheet:
    """The patterns of a file that is shipped. Raises BadPatterns."""
    return parse(file.read_bytes(), file)


def parse(raw: bytes, file: Path) -> Sheet:
    """A file of patterns, every expression tried; `words_of` is looked up beside it. Raises BadPatterns."""
    try:
        source = yaml_source.read(raw, file.name)
        sheet = Sheet.model_validate(source.data)
    except BadYaml as bad:
        raise BadPatterns(list(bad.problems)) from None
    except ValidationError as bad:
        raise BadPatterns(
            [_invalid(source, error["loc"], error_messages.sentence(error, _KEYS)) for error in bad.errors()]
        ) from None
    shared = file.with_name(f"{sheet.words_of}.yaml")
    if sheet.words_of and not shared.exists():
        raise BadPatterns([Problem(file.name, source.line_of(("words_of",)), f"não há `{shared.name}`")])
    known = read(shared) if sheet.words_of else Sheet()
    problems = [Problem(file.name, source.line_of(path), text) for path, text in _faults(sheet, known)]
    if problems:
        raise BadPatterns(problems)
    return sheet.model_copy(update={"words": {**known.words, **sheet.words}})


def _invalid(source: Source, loc: Loc, text: str) -> Problem:
    path = tuple(part for part in loc if part not in {"str", "tuple[str, ...]"})
    return Problem(source.name, source.line_of(path), f"{'.'.join(map(str, path))}: {text}")


def _faults(sheet: Sheet, shared: Sheet) -> Iterator[tuple[Loc, str]]:
    known = dict(shared.vocabulary)
    for name, said in sheet.words.items():
        yield from ((("words", name), text) for text in _wrong(_one(said), known))
        known[name] = _filled(_one(said), known, lost="")
    for path, family, pattern in sheet.walk():
        yield from (((*path, "find"), text) for text in _wrong(pattern.source, known))
        for part in ("near", "unless"):
            yield from (((*path[:2], part), text) for text in _wrong(getattr(family, part), known))


def _wrong(source: str, known: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with one expression, as sentences."""
    lost = [word for word in _WORD.findall(source) if word not in known]
    yield from (f"`<{word}>` não está em words, ou vem depois daqui" for word in lost)
    if _ENDLESS.search(_QUIET.sub("", source)):
        yield "uma repetição sem fim (`*`, `+`, `{2,}`); diga até quantas: `{0,30}`"
    try:
        re.compile(_filled(source, known, lost=""))
    except re.error as bad:
        yield f"não é uma expressão regular: {bad}"


def _one(said: str | tuple[str, ...]) -> str:
    return said if isinstance(said, str) else f"(?:{'|'.join(said)})"


def _filled(source: str, known: Mapping[str, str], lost: str | None = None) -> str:
    return _WORD.sub(lambda word: known[word[1]] if lost is None else known.get(word[1], lost), source)
