"""Reading scenarios: YAML files become Scenarios that know their lines; what the grammar does not know is a problem."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tratativa.rulebook import shipped
from tratativa.rulebook.terms import languages, yaml_source
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.problems import Problem
from tratativa.rulebook.terms.yaml_source import BadYaml, Loc, Source
from tratativa.scenarios import script_files
from tratativa.scenarios.scripts import BESIDE, HEAD, MOVES, BadScenario, Scenario, Step, nearest


def read(file: Path) -> list[Scenario]:
    """The scenarios of one file, which holds one or a list of them. Raises BadScenario."""
    try:
        source = yaml_source.read(file.read_bytes(), script_files.shown(file))
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
            language=self._language(head, path),
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

    def _language(self, head: Mapping[str, Any], path: Loc) -> str:
        language = str(head.get("language") or "")
        if language and (unknown := languages.wrong(language)):
            self._problem((*path, "language"), unknown)
        return language

    def _folder(self, name: str, added: Sequence[str], path: Loc) -> Path:
        """The rulebook a story plays under: its own folder's, which it is there to prove, else the one it names.

        A story that adds its folder's rulebook to another one, by `includes`, plays under that one.
        """
        own = script_files.home(self.file)
        if (own / "rulebook.yaml").is_file() and not script_files.calls(own) & set(added):
            known = {"", *script_files.calls(own), *script_files.included(own)}
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
        own = script_files.home(self.file)
        found = own if name in script_files.calls(own) and (own / "rulebook.yaml").is_file() else shipped.folder(name)
        if found is None:
            self._problem((*path, "includes"), f"não existe o rulebook `{name}`{nearest(name, shipped.names())}")
        return found or own

    def _queues(self, folder: Path) -> frozenset[str]:
        if folder not in self.queues:
            self.queues[folder] = script_files.queues(folder)
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
