"""Spreadsheets as people save them: CSV with a comma, a semicolon or a tab, in UTF-8 or Windows' own letters."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tratativa.accounts import text

LARGEST = 16 * 1024 * 1024  # bytes
LINES = 50_000
CELL = 400  # letters


class BadSheet(Exception):
    """Nothing of the file can be read; the message says why."""


@dataclass(frozen=True)
class Column:
    """A column: its heading in the reader's language, the names it goes by in any, an example, and whether a line needs
    it."""

    key: str
    heading: Promise
    names: tuple[str, ...]
    example: str
    needed: bool = False


@dataclass(frozen=True)
class Line:
    """One line: its number in the file, and what stands under each column's key."""

    number: int
    cells: Mapping[str, str]


def model(columns: Sequence[Column], examples: Sequence[str], *, delimiter: str) -> str:
    """An empty sheet with its headings and one line of examples, one a column."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([str(column.heading) for column in columns])
    writer.writerow(examples)
    return out.getvalue()


def read(data: bytes, columns: Sequence[Column]) -> Iterator[Line]:
    """The lines that hold something. Raises BadSheet for what is no sheet, or lacks a column that is needed."""
    rows = _rows(data)
    first, header = next(rows, (0, []))
    if not first:
        raise BadSheet(_("O arquivo está vazio."))
    places = _places(header, columns)
    count = -1
    for count, (number, cells) in enumerate(rows):
        if count >= LINES:
            raise BadSheet(_("O arquivo tem mais de %(count)d linhas; divida-o.") % {"count": LINES})
        yield Line(number, {key: text.line(cells[at][:CELL]) if at < len(cells) else "" for key, at in places.items()})
    if count < 0:
        raise BadSheet(_("O arquivo só tem a linha dos nomes: escreva as outras e mande-o de novo."))


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds something, with the line it ends on."""
    if len(data) > LARGEST:
        raise BadSheet(_("O arquivo passa de 16 MB; divida-o."))
    if data[:4] == b"PK\x03\x04":
        raise BadSheet(_("Isto é uma pasta do Excel. Salve-a como CSV e mande o CSV."))
    said = _decoded(data)
    reader = csv.reader(io.StringIO(said, newline=""), delimiter=_delimiter(said), strict=False)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as bad:
        raise BadSheet(_("O arquivo não é um CSV: %(why)s.") % {"why": bad}) from None


def _decoded(data: bytes) -> str:
    if b"\x00" in data:
        raise BadSheet(_("O arquivo não é um CSV."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _delimiter(said: str) -> str:
    first = said.lstrip().splitlines()[0] if said.strip() else ""
    return max(";,\t", key=first.count)


def _places(header: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    names = [text.line(cell).casefold() for cell in header]
    found = {
        column.key: names.index(name)
        for column in columns
        for name in (str(column.heading).casefold(), *column.names[::-1])
        if name in names
    }
    if lost := [str(column.heading) for column in columns if column.needed and column.key not in found]:
        said = ngettext(
            "Falta a coluna %(names)s na primeira linha.", "Faltam as colunas %(names)s na primeira linha.", len(lost)
        )
        raise BadSheet(said % {"names": ", ".join(lost)})
    return found
