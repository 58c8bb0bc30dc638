"""YAML as plain data that remembers its lines: no tags, no aliases, no doubled keys, nothing is ever constructed."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from tratativa.rulebook.terms.problems import Problem

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 30
MAX_NODES = 60_000
Loc = tuple[str | int, ...]

_INTEGER = re.compile(r"^[-+]?(0|[1-9][0-9]{0,17})$")
_NUMBER = re.compile(r"^[-+]?[0-9]{1,15}\.[0-9]{1,15}$")
_WORDS: dict[str, Any] = {"": None, "null": None, "~": None, "true": True, "false": False}


class BadYaml(Exception):
    """A file that is not the YAML this desk reads; `problems` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problems = [problem]


class Source:
    """What a file says, and on which line each piece of it stands."""

    def __init__(self, name: str, data: Any, lines: dict[Loc, int]) -> None:
        self.name = name
        self.data = data
        self._lines = lines

    def line_of(self, path: Loc) -> int:
        """The line (from 1) of what lies at this path, or of the nearest thing around it."""
        for size in range(len(path), -1, -1):
            if path[:size] in self._lines:
                return self._lines[path[:size]]
        return 1


def read(raw: bytes, name: str) -> Source:
    """Reads one YAML document of at most 1 MiB, 30 levels and 60,000 nodes.

    Plain words mean what they say: only true and false are flags, dates and times stay text, and keys are
    always text (YAML 1.1 would make `no` a flag and `12:30` a number). Raises BadYaml.
    """
    if len(raw) > MAX_BYTES:
        raise BadYaml(Problem(name, 1, "o arquivo passa de 1 MiB; divida-o"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = raw[: bad.start].count(b"\n") + 1
        raise BadYaml(Problem(name, line, "o arquivo não está em UTF-8; salve-o nessa codificação")) from None
    return _Builder(name).build(text)


class _Builder:
    """Walks the parser's events once; the parser itself never recurses, so depth is ours to bound."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Loc, int] = {}
        self.nodes = 0

    def build(self, text: str) -> Source:
        try:
            events = self._content(yaml.parse(text, Loader=yaml.CSafeLoader))
            first = next(events, None)
            data = self._node(first, events, ()) if first else None
            extra = next(events, None)
        except yaml.MarkedYAMLError as bad:
            line = bad.problem_mark.line + 1 if bad.problem_mark else 1
            raise BadYaml(Problem(self.name, line, f"isto não é YAML: {bad.problem}")) from None
        except yaml.YAMLError as bad:
            raise BadYaml(Problem(self.name, 1, f"isto não é YAML: {bad}")) from None
        if extra is not None:
            raise self._bad(extra, "um arquivo leva um só documento; tire o segundo `---`")
        return Source(self.name, data, self.lines)

    def _content(self, events: Iterator[Event]) -> Iterator[Event]:
        for event in events:
            if isinstance(event, AliasEvent):
                raise self._bad(event, "âncoras e apelidos (`&`, `*`) não são aceitos; escreva de novo")
            if isinstance(
                event,
                MappingStartEvent | SequenceStartEvent | ScalarEvent | MappingEndEvent | SequenceEndEvent,
            ):
                yield event
            elif isinstance(event, DocumentStartEvent | StreamEndEvent):
                continue

    def _node(self, event: Event, events: Iterator[Event], path: Loc) -> Any:
        self._admit(event, path)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _admit(self, event: Event, path: Loc) -> None:
        self.nodes += 1
        self.lines.setdefault(path, _line(event))
        if self.nodes > MAX_NODES:
            raise self._bad(event, "o arquivo tem mais de 60.000 itens; divida-o")
        if len(path) > MAX_DEPTH:
            raise self._bad(event, f"há mais de {MAX_DEPTH} níveis aqui")
        tag = getattr(event, "tag", None)
        if (tag and not isinstance(event, ScalarEvent)) or tag not in {None, "!"}:
            raise self._bad(event, f"etiquetas como `{tag}` não são aceitas")
        if getattr(event, "anchor", None):
            raise self._bad(event, "âncoras (`&`) não são aceitas; escreva de novo")

    def _sequence(self, events: Iterator[Event], path: Loc) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Event], path: Loc) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                raise self._bad(event, "uma chave é uma palavra, não uma lista nem um mapa")
            key = str(event.value)
            if key in pairs or key == "<<":
                raise self._bad(event, f"a chave `{key}` aparece duas vezes" if key in pairs else "`<<` não é aceito")
            self._admit(event, (*path, key))
            pairs[key] = self._node(next(events), events, (*path, key))
        return pairs

    def _scalar(self, event: ScalarEvent) -> Any:
        value = str(event.value)
        if "\x00" in value:
            raise self._bad(event, "há um caractere nulo aqui")
        if event.style:  # the C parser says an empty text for a plain scalar, the Python one None
            return value
        if value in _WORDS:
            return _WORDS[value]
        if _INTEGER.match(value):
            return int(value)
        return float(value) if _NUMBER.match(value) else value

    def _bad(self, event: Event, text: str) -> BadYaml:
        return BadYaml(Problem(self.name, _line(event), text))


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
