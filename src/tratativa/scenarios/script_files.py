"""Where stories lie: the files meant by what was named, and what the rulebook around a file says of itself."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tratativa.rulebook import shipped
from tratativa.rulebook.terms import languages, yaml_source
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.problems import Problem
from tratativa.rulebook.terms.yaml_source import BadYaml
from tratativa.scenarios.scripts import BadScenario


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


def home(file: Path) -> Path:
    """The folder of the rulebook a story lies in, however deep; where there is none, the one it would lie in."""
    above = file.resolve().parents
    return next((folder for folder in above if (folder / "rulebook.yaml").is_file()), file.resolve().parent.parent)


def shown(file: Path) -> str:
    """The file as problems name it: from its rulebook's folder on, where it lies in one."""
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


def queues(folder: Path) -> frozenset[str]:
    """The ids of the rulebook's queues: each is a party a step may name."""
    listed = _head(folder).get("queues")
    queues = [one for one in listed or () if isinstance(one, Mapping)] if isinstance(listed, list) else []
    return frozenset(
        name
        for one in queues
        for name in (str(one.get("id", "")), *map(slug, languages.texts_of(one.get("label"))))
        if name
    )


def calls(folder: Path) -> set[str]:
    """What the rulebook of a folder is called in its stories: as its folder, or by its own name."""
    return {folder.name, str(_head(folder).get("rulebook", folder.name))}


def included(folder: Path) -> set[str]:
    """The rulebooks that the rulebook of a folder includes."""
    included = _head(folder).get("includes")
    return set(map(str, included)) if isinstance(included, list) else set()
