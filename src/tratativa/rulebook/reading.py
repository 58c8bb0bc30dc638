"""Reading a rulebook folder: YAML and templates become one checked Rulebook that knows its file and lines."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tratativa.rulebook import shipped
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms import error_messages, languages, pictures, yaml_source
from tratativa.rulebook.terms.problems import Problem
from tratativa.rulebook.terms.yaml_source import BadYaml

_NAME = 60  # letters of a rulebook's name
_NEIGHBOURS = 50  # folders beside a rulebook that are looked into
LISTS = ("reasons", "actions", "deadlines", "asks", "groups", "case_fields")
# What stands beside `rulebook.yaml` and never in it.
_ELSEWHERE = {part: f"{part}.yaml" for part in LISTS} | {
    "playbooks": "playbooks/<nome>.yaml, um arquivo por roteiro",
    "templates": "templates/<nome>.md, um arquivo por texto",
    "pictures": "pictures/, um arquivo por imagem",
}
Loc = tuple[str | int, ...]


class BadRulebook(Exception):
    """A rulebook with problems; `problems` names each one's file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Loaded:
    """A rulebook as read: the model, its plain data, its digest, where each piece stands, and the bytes of its pictures
    by their digest, which the data names."""

    book: Rulebook
    data: dict[str, Any]
    digest: str
    places: "Places"
    drawn: Mapping[str, pictures.Drawn] = field(default_factory=dict)


class Places:
    """From a path in the combined data back to a file and a line, and from a picture's digest to its bytes."""

    def __init__(self) -> None:
        self._sources: dict[Loc, tuple[yaml_source.Source, str, Loc]] = {}
        self.drawn: dict[str, pictures.Drawn] = {}

    def remember(self, prefix: Loc, source: yaml_source.Source, name: str, inner: Loc = ()) -> None:
        """What lies under `prefix` came from `inner` of this source."""
        self._sources[prefix] = (source, name, inner)

    def problem(self, path: Loc, text: str) -> Problem:
        """A Problem at this path of the combined data."""
        for size in range(len(path), -1, -1):
            found = self._sources.get(path[:size])
            if found:
                source, name, inner = found
                return Problem(name, source.line_of((*inner, *path[size:])), text)
        return Problem("rulebook.yaml", 1, text)


def load(folder: Path) -> Loaded:
    """Reads, combines and checks a rulebook folder. Raises BadRulebook with every problem found."""
    places = Places()
    data = _combine(folder, places, including=())
    if not data["groups"]:
        del data["groups"]  # a rulebook without any keeps the digest it had before there were groups
    book = _checked(data, places)
    for language in sorted(book.languages - {book.language}):
        with languages.reading_in(language):
            _checked(data, places)
    return Loaded(book, data, digest(data), places, places.drawn)


def _checked(data: Mapping[str, Any], places: Places) -> Rulebook:
    try:
        return Rulebook.model_validate(data)
    except ValidationError as bad:
        raise BadRulebook([places.problem(*_explain(dict(error))) for error in bad.errors()]) from None


def digest(data: Mapping[str, Any]) -> str:
    """The content's name: sha256 over its canonical JSON, hexadecimal."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=64)
def parse(canonical: str, language: str = "") -> Rulebook:
    """A stored version's JSON as a Rulebook again, its words in this language or the rulebook's own; cached, since
    versions never change."""
    with languages.reading_in(language):
        return Rulebook.model_validate(json.loads(canonical))


def _combine(folder: Path, places: Places, including: tuple[str, ...]) -> dict[str, Any]:
    data = _mapping(folder, "rulebook.yaml", places)
    if lost := [part for part in _ELSEWHERE if part in data]:
        raise BadRulebook([places.problem((part,), _belongs(part)) for part in lost])
    name = str(data.get("rulebook", folder.name))
    for part in LISTS:
        data[part] = _list(folder, part, places)
    data["playbooks"] = [_playbook(file, index, folder, places) for index, file in enumerate(_playbook_files(folder))]
    data["templates"] = _templates(folder, str(data.get("language") or languages.OWN))
    if files := [file for file in sorted(folder.glob("pictures/*")) if not file.name.startswith(".")]:
        data["pictures"] = {file.name: _picture(file, folder, places) for file in files}
    for other in _included(data, places):
        if other in including or other == name:
            raise BadRulebook([places.problem(("includes",), f"`{other}` inclui a si mesmo")])
        _include(data, str(other), folder, places, (*including, name))
    return data


def _belongs(part: str) -> str:
    return f"`{part}` não fica em rulebook.yaml, onde ninguém o leria: ponha em {_ELSEWHERE[part]}"


def _included(data: Mapping[str, Any], places: Places) -> list[str]:
    """The names of the rulebooks this one takes in."""
    names = data.get("includes") or []
    if not isinstance(names, list) or not all(isinstance(name, str) and len(name) <= _NAME for name in names):
        raise BadRulebook([places.problem(("includes",), "`includes` é uma lista de nomes de rulebooks")])
    return names


def _include(data: dict[str, Any], other: str, folder: Path, places: Places, including: Loc) -> None:
    """Adds the lists of an included rulebook behind the rulebook's own."""
    # A name, never a path: a folder somebody sent must not read what lies elsewhere.
    named = Path(other).name == other and other not in {"", ".", ".."}
    found = (beside(folder, other) or shipped.folder(other)) if named else None
    if found is None:
        raise BadRulebook([places.problem(("includes",), f"não existe o rulebook incluído `{other}`")])
    inner = Places()
    included = _combine(found, inner, tuple(str(name) for name in including))
    for part in (*LISTS, "playbooks"):
        for index, item in enumerate(included[part]):
            here: Loc = (part, len(data[part]))
            origin = inner._sources.get((part,))
            if origin:
                places.remember(here, origin[0], origin[1], (index,))
            elif alone := inner._sources.get((part, index)):
                places.remember(here, *alone)
            data[part].append(item)
    if "withdrawal" in included:  # the law says until when, and whoever includes it by which reasons
        data["withdrawal"] = {**included["withdrawal"], **_said(data.get("withdrawal"))}
    data["templates"] = included["templates"] | data["templates"]
    if "pictures" in included:
        data["pictures"] = included["pictures"] | data.get("pictures", {})
        places.drawn |= inner.drawn


def _said(part: object) -> Mapping[str, Any]:
    return part if isinstance(part, Mapping) else {}


def beside(folder: Path, name: str) -> Path | None:
    """The folder beside this one that holds the rulebook of this name, whatever the folder is called."""
    named = folder.parent / name
    if (named / "rulebook.yaml").is_file():
        return named
    others = sorted(file.parent for file in folder.resolve().parent.glob("*/rulebook.yaml"))
    return next((other for other in others[:_NEIGHBOURS] if _own_name(other) == name), None)


def _own_name(folder: Path) -> str:
    try:
        data = yaml_source.read((folder / "rulebook.yaml").read_bytes(), "rulebook.yaml").data
    except (BadYaml, OSError):
        return ""
    return str(data.get("rulebook", "")) if isinstance(data, dict) else ""


def _mapping(folder: Path, name: str, places: Places) -> dict[str, Any]:
    source = _source(folder, name)
    if not isinstance(source.data, dict):
        raise BadRulebook([Problem(name, 1, "este arquivo é um mapa: `rulebook:`, `title:`, …")])
    places.remember((), source, _shown(folder, name))
    return dict(source.data)


def _list(folder: Path, part: str, places: Places) -> list[Any]:
    name = f"{part}.yaml"
    if not (folder / name).exists():
        return []
    source = _source(folder, name)
    if not isinstance(source.data, list):
        raise BadRulebook([Problem(name, 1, "este arquivo é uma lista: cada item começa por `- label:`")])
    places.remember((part,), source, _shown(folder, name))
    return list(source.data)


def _playbook_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("playbooks/*.yaml"))


def _playbook(file: Path, index: int, folder: Path, places: Places) -> dict[str, Any]:
    name = f"playbooks/{file.name}"
    source = _source(folder, name)
    if not isinstance(source.data, dict):
        raise BadRulebook([Problem(_shown(folder, name), 1, "um roteiro é um mapa: `playbook:`, `start:`, `steps:`")])
    places.remember(("playbooks", index), source, _shown(folder, name))
    return dict(source.data)


def _templates(folder: Path, own: str) -> dict[str, Any]:
    """The texts by name; `recebido.en.md` is what `recebido.md` says in English."""
    texts: dict[str, Any] = {}
    for file in sorted(folder.glob("templates/*.md"), key=lambda file: (file.stem.count("."), file.stem)):
        name, _dot, language = file.stem.partition(".")
        if not language:
            texts[name] = _template(file, folder)
            continue
        said = texts.get(name, {})
        texts[name] = {**(said if isinstance(said, dict) else {own: said}), language: _template(file, folder)}
    return texts


def _template(file: Path, folder: Path) -> str:
    shown = _shown(folder, f"templates/{file.name}")
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as bad:
        raise BadRulebook([_unreadable(folder, f"templates/{file.name}", bad)]) from None
    except UnicodeDecodeError as bad:
        line = raw[: bad.start].count(b"\n") + 1
        raise BadRulebook([Problem(shown, line, "o arquivo não está em UTF-8; salve-o nessa codificação")]) from None
    if len(raw) > yaml_source.MAX_BYTES or "\x00" in text:
        raise BadRulebook([Problem(shown, 1, "um texto tem até 1 MiB e nenhum caractere nulo")])
    return text


def _picture(file: Path, folder: Path, places: Places) -> dict[str, Any]:
    """What the data says of a picture: nothing of it but its digest, its type and its size."""
    try:
        drawn = pictures.look(file.suffix, file.read_bytes())
    except pictures.BadPicture as bad:
        raise BadRulebook([Problem(_shown(folder, f"pictures/{file.name}"), 1, str(bad))]) from None
    except OSError as bad:
        raise BadRulebook([_unreadable(folder, f"pictures/{file.name}", bad)]) from None
    places.drawn[drawn.digest] = drawn
    return {"digest": drawn.digest, "type": drawn.type, "width": drawn.width, "height": drawn.height}


def _source(folder: Path, name: str) -> yaml_source.Source:
    try:
        raw = (folder / name).read_bytes()
    except FileNotFoundError:
        raise BadRulebook([Problem(name, 1, f"falta o arquivo {name} em {folder.name or folder}")]) from None
    except OSError as bad:
        raise BadRulebook([_unreadable(folder, name, bad)]) from None
    try:
        return yaml_source.read(raw, _shown(folder, name))
    except BadYaml as bad:
        raise BadRulebook(list(bad.problems)) from None


def _unreadable(folder: Path, name: str, bad: OSError) -> Problem:
    return Problem(_shown(folder, name), 1, f"não consigo ler: {bad.strerror}")


def _shown(folder: Path, name: str) -> str:
    return f"{folder.name}/{name}"


def _explain(error: Mapping[str, Any]) -> tuple[Loc, str]:
    path: Loc = tuple(part for part in error["loc"] if part not in {"function-plain[parse]()", "[key]"})
    if error["type"] == "missing":
        return path[:-1], f"falta `{path[-1]}`"
    return path, f"{'.'.join(str(part) for part in path)}: {error_messages.sentence(error)}"
