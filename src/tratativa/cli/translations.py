"""Translations: every sentence of code and templates, and whether each language's catalogue has them all."""

import ast
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
HEADER = "# What Tratativa says. Its sentences are born in Brazilian Portuguese, in code and templates."
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def languages(package: Path) -> list[str]:
    """The languages with a catalogue, as their folders are called (`en`, `pt_PT`); English first, though it be empty.

    A language more is a folder `locale/xx/LC_MESSAGES` with an empty `django.po`, and nothing else.
    """
    found = sorted(file.parent.parent.name for file in package.glob("locale/*/LC_MESSAGES/django.po"))
    return list(dict.fromkeys(["en", *found]))


def catalogue_file(package: Path, language: str = "en") -> Path:
    """Where a language's catalogue of a package lies."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def read(package: Path, language: str = "en") -> Catalog:
    """A language's catalogue; an empty one when there is none yet."""
    file = catalogue_file(package, language)
    if not file.exists() or not file.stat().st_size:
        return Catalog(locale=language, project="tratativa", charset="utf-8", header_comment=HEADER, fuzzy=False)
    with file.open("rb") as source:
        return read_po(source, locale=language, charset="utf-8")


def found(package: Path) -> Catalog:
    """Every sentence the package's Python and templates mark for translation."""
    catalogue = Catalog(locale="en", project="tratativa", charset="utf-8")
    for path in sorted(package.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
            for _line, message, comments, context in extract("python", _source(path), KEYWORDS, ["Translators:"]):
                catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def gaps(package: Path, language: str = "en") -> Iterator[str]:
    """One sentence for every message that is missing, empty, doubtful, loses a gap in this language, or cannot be
    found."""
    yield from _hidden(package)
    known = read(package, language)
    for message in found(package):
        if not message.id:
            continue
        translated = known.get(message.id, message.context)
        if translated is None:
            yield f"falta no catálogo: {_shown(message)}"
        elif translated.fuzzy:
            yield f"duvidosa (fuzzy): {_shown(message)}"
        elif not all(_strings(translated.string)):
            yield f"sem tradução: {_shown(message)}"
        elif not translated.fuzzy and (wrong := list(translated.check(known))):
            yield f"lacunas diferentes ({wrong[0]}): {_shown(message)}"


def update(package: Path, language: str = "en") -> int:
    """Brings the catalogue in line with the sources, keeping what is translated; returns how many wait."""
    catalogue = read(package, language)
    catalogue.update(found(package), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    file = catalogue_file(package, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    write_po(written, catalogue, width=100, no_location=True, sort_output=True, omit_header=False)
    # The date of the extraction says nothing, and two branches that translate would always disagree on it.
    lines = [line for line in written.getvalue().splitlines(keepends=True) if b"POT-Creation-Date" not in line]
    file.write_bytes(b"".join(lines))
    return len([message for message in catalogue if message.id and not all(_strings(message.string))])


def compile_catalogue(package: Path, language: str = "en") -> None:
    """Writes the binary catalogue that Django reads, beside the text; in one piece, never half a file."""
    file = catalogue_file(package, language)
    if not file.exists():
        return
    new = file.with_suffix(f".{os.getpid()}.new")
    with new.open("wb") as target:
        write_mo(target, read(package, language))
    new.rename(file.with_suffix(".mo"))


def _hidden(package: Path) -> Iterator[str]:
    """Calls inside an f-string: whoever extracts sentences takes the f-string for one text and does not see them."""
    names = {"_", *KEYWORDS}
    for path in _python(package):
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for call in ast.walk(string) if isinstance(string, ast.JoinedStr) else ():
                if isinstance(call, ast.Call) and _name(call.func) in names:
                    yield f"dentro de uma f-string, onde não se acha: {path.relative_to(package)}:{call.lineno}"


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def _python(package: Path) -> Iterator[Path]:
    yield from (path for path in sorted(package.rglob("*.py")) if "migrations" not in path.parts)


def _source(path: Path) -> io.BytesIO:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django's stand-in for a template is no Python: its calls stand one to a line, with the template's indents.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    return io.BytesIO(text.encode())


def _strings(string: str | Iterable[str] | None) -> list[str]:
    return [string or ""] if isinstance(string, str | None) else list(string)


def _shown(message: Message) -> str:
    return repr(_strings(message.id)[0])
