"""Folders: a rulebook's files as texts and pictures by their paths, kept with a version and laid out in a folder again.

Paths are relative to the folder, with `/`. What it includes from beside itself is there as `../name/file`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from tratativa.rulebook import reading, shipped
from tratativa.rulebook.terms import yaml_source
from tratativa.rulebook.terms.problems import Problem

TEXTS = frozenset({".yaml", ".yml", ".md", ".txt"})
PICTURES = frozenset({".png", ".jpg", ".webp", ".svg"})
MOST_FILES = 500
MOST_LETTERS = 8_000_000  # of all texts
WIDTH = 110  # columns a value may take where a file is written anew
_PART = r"[\w][\w .()+-]{0,79}"
_PATH = re.compile(rf"(?:\.\./[a-z0-9][a-z0-9-]{{0,59}}/)?(?:{_PART}/){{0,3}}{_PART}")
_DEPTHS = ("*", "*/*", "*/*/*")  # a rulebook's folder is no tree
_OWN_FILE = ("playbooks", "templates", "pictures")


@dataclass(frozen=True)
class Files:
    """A rulebook's folder: its texts and its pictures by path."""

    texts: Mapping[str, str]
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The folder's name by what is in it: sha256, hexadecimal."""
        drawn = {path: hashlib.sha256(content).hexdigest() for path, content in self.pictures.items()}
        said = json.dumps([dict(self.texts), drawn], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Ready:
    """A rulebook as read, and the files that say it."""

    loaded: reading.Loaded
    files: Files


def is_path(path: str, *, suffixes: frozenset[str] = TEXTS) -> bool:
    """Whether a file of a rulebook may be called so: nothing that leads out, nothing hidden, a known end."""
    return bool(_PATH.fullmatch(path)) and PurePosixPath(path).suffix in suffixes


def read(folder: Path) -> Files:
    """What lies in a rulebook's folder, and in those it includes from beside it. Raises BadRulebook."""
    texts, pictures = dict(_texts(folder, "")), dict(_pictures(folder, ""))
    for name, other in _beside(folder, set()):
        texts |= dict(_texts(other, f"../{name}/"))
        pictures |= dict(_pictures(other, f"../{name}/"))
    if len(texts) + len(pictures) > MOST_FILES or sum(len(text) for text in texts.values()) > MOST_LETTERS:
        raise reading.BadRulebook([Problem("rulebook.yaml", 1, "a pasta tem arquivos demais, ou grandes demais")])
    return Files(texts, pictures)


def lay_out(files: Files, root: Path, name: str) -> Path:
    """Writes them into `root/name`, what is included from beside it into `root`; that folder.

    Raises ValueError for a path that is none.
    """
    home = root / name
    home.mkdir(parents=True)
    for path, text in files.texts.items():
        _write(home, path, text.encode(), TEXTS)
    for path, content in files.pictures.items():
        _write(home, path, content, PICTURES)
    return home


def of_version(data: Mapping[str, Any], digest: str, pictures: Mapping[str, bytes]) -> Files:
    """The files of a stored version nobody kept the folder of: those that ship, where they say the same, else written
    anew from its data, what it included spelt out. `pictures` are its pictures' bytes by digest."""
    folder = shipped.folder(str(data.get("rulebook", "")))
    if folder is not None and reading.load(folder).digest == digest:
        return read(folder)
    known = data.get("pictures") or {}
    drawn = {f"pictures/{name}": pictures[one["digest"]] for name, one in known.items() if one["digest"] in pictures}
    return Files(dict(_written(data)), drawn)


def _written(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    apart = {*reading.LISTS, *_OWN_FILE, "includes"}
    yield "rulebook.yaml", _yaml({key: value for key, value in data.items() if key not in apart})
    for part in reading.LISTS:
        if data.get(part):
            yield f"{part}.yaml", _yaml(data[part])
    for number, one in enumerate(data.get("playbooks") or (), 1):
        yield f"playbooks/{number:02}.yaml", _yaml(one)
    own = str(data.get("language") or "")
    for name, said in (data.get("templates") or {}).items():
        if isinstance(said, str):
            yield f"templates/{name}.md", said
            continue
        for language, text in said.items():
            yield f"templates/{name}.md" if language == own else f"templates/{name}.{language}.md", text


def _yaml(data: Any) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=WIDTH))


def _texts(folder: Path, before: str) -> Iterator[tuple[str, str]]:
    for file, path in _files(folder, before, TEXTS):
        try:
            raw = file.read_bytes()
            text = raw.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise reading.BadRulebook([Problem(path, 1, "o arquivo não está em UTF-8, ou não se lê")]) from None
        if len(raw) > yaml_source.MAX_BYTES or "\x00" in text:
            raise reading.BadRulebook([Problem(path, 1, "um arquivo tem até 1 MiB e nenhum caractere nulo")])
        yield path, text.replace("\r\n", "\n")


def _pictures(folder: Path, before: str) -> Iterator[tuple[str, bytes]]:
    for file, path in _files(folder, before, PICTURES):
        if path.removeprefix(before).startswith("pictures/"):
            yield path, file.read_bytes()


def _files(folder: Path, before: str, suffixes: frozenset[str]) -> Iterator[tuple[Path, str]]:
    for file in sorted(found for pattern in _DEPTHS for found in folder.glob(pattern)):
        path = before + file.relative_to(folder).as_posix()
        if is_path(path, suffixes=suffixes) and file.is_file() and not file.is_symlink():
            yield file, path


def _beside(folder: Path, seen: set[str]) -> Iterator[tuple[str, Path]]:
    """The folders beside this one that it includes, and those they do, by the name they are included under."""
    try:
        said = yaml_source.read((folder / "rulebook.yaml").read_bytes(), "rulebook.yaml").data
    except (yaml_source.BadYaml, OSError):
        return
    names = said.get("includes") if isinstance(said, dict) else None
    for name in names if isinstance(names, list) else ():
        if not isinstance(name, str) or name in seen or Path(name).name != name or shipped.folder(name):
            continue
        if found := reading.beside(folder, name):
            seen.add(name)
            yield name, found
            yield from _beside(found, seen)


def _write(home: Path, path: str, content: bytes, suffixes: frozenset[str]) -> None:
    if not is_path(path, suffixes=suffixes):
        raise ValueError(path)
    to = home / path
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(content)
