"""Reading scenarios: YAML files become Scenarios that know their lines; what the grammar does not know is a problem."""

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tratativa.rulebook import shipped
from tratativa.rulebook.terms import yaml_source
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.problems import Problem
from tratativa.rulebook.terms.yaml_source import BadYaml, Loc, Source

PARTIES = ("customer", "seller", "marketplace")
HEAD = ("scenario", "rulebook", "rows", "now", "order", "customer", "seller", "calendar", "includes", "steps")
MOVES = (*PARTIES, "partner", "at", "after", "order", "return", "mail", "expect")
BESIDE = ("refused", "case")


class BadScenario(Exception):
    """A scenario file nobody could play; `problems` name each file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Step:
    """One mapping of `steps:`: its move (`seller`, `at`, `expect`…), what it says, and what stands beside it."""

    move: str
    says: Any
    refused: Any
    case: str
    path: Loc


@dataclass(frozen=True)
class Scenario:
    """One story: the stage it plays on and its steps.

    `folder` is its rulebook's; `includes` are the folders of what is added to it: laws are proven on somebody's rules.
    """

    name: str
    folder: Path
    rows: tuple[str, ...]
    now: str
    order: Mapping[str, Any] | None
    customer: Mapping[str, Any]
    seller: Mapping[str, Any]
    calendar: Mapping[str, Any] | None
    includes: tuple[Path, ...]
    steps: tuple[Step, ...]
    source: Source
    path: Loc

    @property
    def file(self) -> str:
        """The file's name as problems show it."""
        return self.source.name

    def line(self, path: Loc = ()) -> int:
        """The line of what lies at this path of the scenario."""
        return self.source.line_of((*self.path, *path))


def files(paths: Iterable[Path]) -> list[Path]:
    """The scenario files meant by rulebook folders, scenario folders, files, or shipped rulebooks' names.

    Raises BadScenario for a path that leads nowhere.
    """
    found: list[Path] = []
    for path in paths:
        here = path if path.exists() else shipped.folder(str(path)) or path
        if here.is_file():
            found.append(here)
            continue
        is_rulebook = (here / "rulebook.yaml").is_file()
        inside = stories(here) or ([] if is_rulebook else _under(here))
        if not inside and not is_rulebook:
            raise BadScenario(
                [Problem(str(path), 1, "não há cenários aqui; dê um arquivo, ou uma pasta com scenarios/")]
            )
        found.extend(inside)
    return found


def stories(folder: Path) -> list[Path]:
    """The scenario files of a rulebook's folder, however deep they lie."""
    return sorted((folder / "scenarios").rglob("*.yaml"))


def _under(folder: Path) -> list[Path]:
    """The files of a folder of scenarios; what lies below is a rulebook's own where one begins there."""
    holds_rulebooks = next(folder.rglob("rulebook.yaml"), None)
    return sorted(folder.glob("*.yaml") if holds_rulebooks else folder.rglob("*.yaml"))


def _home(file: Path) -> Path:
    """The folder of the rulebook a story lies in, however deep; where there is none, the one it would lie in."""
    above = file.resolve().parents
    return next((folder for folder in above if (folder / "rulebook.yaml").is_file()), file.resolve().parent.parent)


def read(file: Path) -> list[Scenario]:
    """The scenarios of one file, which holds one or a list of them. Raises BadScenario."""
    try:
        source = yaml_source.read(file.read_bytes(), _shown(file))
    except BadYaml as bad:
        raise BadScenario(bad.problems) from None
    except OSError as bad:
        raise BadScenario([Problem(str(file), 1, f"não consigo ler: {bad.strerror}")]) from None
    many = isinstance(source.data, list)
    heads = list(enumerate(source.data)) if many else [(0, source.data)]
    reader = _Reader(file, source)
    scenarios = [reader.scenario(head, (index,) if many else ()) for index, head in heads]
    if reader.problems:
        raise BadScenario(reader.problems)
    return [scenario for scenario in scenarios if scenario]


def nearest(name: object, known: Collection[str]) -> str:
    """`; você quis dizer X?`, where something known is near."""
    near = difflib.get_close_matches(str(name), list(known), 1)
    return f"; você quis dizer `{near[0]}`?" if near else ""


def _shown(file: Path) -> str:
    path = file.resolve()
    inside = next((folder for folder in path.parents if folder.name == "scenarios"), None)
    return str(path.relative_to(inside.parent.parent)) if inside else file.name


def _head(folder: Path) -> Mapping[str, Any]:
    """What the folder's rulebook.yaml says; nothing where it cannot be read: a broken rulebook complains elsewhere."""
    try:
        data = yaml_source.read((folder / "rulebook.yaml").read_bytes(), "rulebook.yaml").data
    except (BadYaml, OSError):
        return {}
    return data if isinstance(data, Mapping) else {}


def _queues(folder: Path) -> frozenset[str]:
    """The ids of the rulebook's queues: each is a party a step may name."""
    listed = _head(folder).get("queues")
    queues = [one for one in listed or () if isinstance(one, Mapping)] if isinstance(listed, list) else []
    return frozenset(
        name for one in queues for name in (str(one.get("id", "")), slug(str(one.get("label", "")))) if name
    )


def _calls(folder: Path) -> set[str]:
    """What the rulebook of a folder is called in its stories: as its folder, or by its own name."""
    return {folder.name, str(_head(folder).get("rulebook", folder.name))}


def _included(folder: Path) -> set[str]:
    """The rulebooks that the rulebook of a folder includes."""
    included = _head(folder).get("includes")
    return set(map(str, included)) if isinstance(included, list) else set()


class _Reader:
    """Collects the scenarios of a file and everything that is wrong with them."""

    def __init__(self, file: Path, source: Source) -> None:
        self.file, self.source = file, source
        self.problems: list[Problem] = []
        self.queues: dict[Path, frozenset[str]] = {}

    def scenario(self, head: Any, path: Loc) -> Scenario | None:
        if not isinstance(head, Mapping) or not isinstance(head.get("scenario"), str):
            self._problem(path, "um cenário é um mapa que começa por `scenario: o que se conta`")
            return None
        for key in head:
            if key not in HEAD:
                self._problem((*path, key), f"um cenário não tem `{key}`{nearest(key, HEAD)}")
        added = [str(name) for name in self._list(head, "includes", path)]
        folder = self._folder(str(head.get("rulebook", "")), added, path)
        order = head.get("order", {})
        return Scenario(
            name=str(head["scenario"]),
            folder=folder,
            rows=tuple(str(row) for row in self._list(head, "rows", path)),
            now=str(head.get("now", "2026-11-23 09:00")),
            order=None if order is None or order == "none" else self._map(head, "order", path),
            customer=self._map(head, "customer", path),
            seller=self._map(head, "seller", path),
            calendar=self._map(head, "calendar", path) if "calendar" in head else None,
            includes=tuple(self._added(name, path) for name in added),
            steps=tuple(self._steps(head, path, self._queues(folder))),
            source=self.source,
            path=path,
        )

    def _folder(self, name: str, added: Sequence[str], path: Loc) -> Path:
        """The rulebook a story plays under: its own folder's, which it is there to prove, else the one it names.

        A story that adds its folder's rulebook to another one, by `includes`, plays under that one.
        """
        own = _home(self.file)
        if (own / "rulebook.yaml").is_file() and not _calls(own) & set(added):
            known = {"", *_calls(own), *_included(own)}
            if name not in known:
                told = ", ".join(f"`{one}`" for one in sorted(known - {""}))
                self._problem(
                    (*path, "rulebook"),
                    f"esta história está na pasta de {told} e fala de `{name}`: tire `rulebook:`, ou inclua `{name}`",
                )
            return own
        found = shipped.folder(name) if name else None
        if found is None:
            self._problem((*path, "rulebook"), f"não existe o rulebook `{name}`{nearest(name, shipped.names())}")
        return found or own

    def _added(self, name: str, path: Loc) -> Path:
        """The folder of what a story includes: its own, where that is meant, else a shipped one."""
        own = _home(self.file)
        found = own if name in _calls(own) and (own / "rulebook.yaml").is_file() else shipped.folder(name)
        if found is None:
            self._problem((*path, "includes"), f"não existe o rulebook `{name}`{nearest(name, shipped.names())}")
        return found or own

    def _queues(self, folder: Path) -> frozenset[str]:
        if folder not in self.queues:
            self.queues[folder] = _queues(folder)
        return self.queues[folder]

    def _steps(self, head: Mapping[str, Any], path: Loc, queues: frozenset[str]) -> Iterable[Step]:
        for index, says in enumerate(self._list(head, "steps", path)):
            here: Loc = ("steps", index)
            if not isinstance(says, Mapping):
                self._problem((*path, *here), "um passo é um mapa, como `customer: {open: …}`")
                continue
            moves = [key for key in says if key not in BESIDE]
            if len(moves) != 1:
                self._problem((*path, *here), f"um passo diz uma coisa só; este diz {len(moves)}")
                continue
            if moves[0] not in MOVES and slug(moves[0]) not in queues:
                self._problem((*path, *here), f"não existe o passo `{moves[0]}`{nearest(moves[0], MOVES)}")
                continue
            yield Step(moves[0], says[moves[0]], says.get("refused"), str(says.get("case", "")), here)

    def _map(self, head: Mapping[str, Any], key: str, path: Loc) -> Mapping[str, Any]:
        value = head.get(key) or {}
        if isinstance(value, Mapping):
            return value
        self._problem((*path, key), f"`{key}` é um mapa")
        return {}

    def _list(self, head: Mapping[str, Any], key: str, path: Loc) -> list[Any]:
        value = head.get(key) or []
        if isinstance(value, list):
            return value
        self._problem((*path, key), f"`{key}` é uma lista")
        return []

    def _problem(self, path: Loc, text: str) -> None:
        self.problems.append(Problem(self.source.name, self.source.line_of(path), text))
