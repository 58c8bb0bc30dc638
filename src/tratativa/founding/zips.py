"""A rulebook that arrives as a ZIP: unpacked within bounds into a folder of its own, and nothing else than files.

Whoever sends it is not believed: names that lead out, links, devices, encrypted or huge entries are refused before a
byte of them is written; what is written is counted as it is unpacked, whatever the archive says of its size.
"""

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

LARGEST = 5 * 1024 * 1024  # bytes of the archive
UNPACKED = 20 * 1024 * 1024  # bytes of all its files
ENTRIES = 500
DEEP = 6  # folders
_CHUNK = 64 * 1024
# The others unfold whatever they are given in one piece: 64 KiB of bzip2 may hold more than a gigabyte.
_UNFOLDED_IN_PIECES = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_CALLED = "ZIP"  # what its outermost folder is called where a problem names a file in it
_SUFFIXES = frozenset({".yaml", ".yml", ".md", ".txt", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ""})


class BadZip(Exception):
    """What was sent is no archive a rulebook can be read from; the message says why."""


@contextmanager
def unpacked(sent: BinaryIO) -> Iterator[Path]:
    """The folder in which its `rulebook.yaml` lies, for as long as this lasts. Raises BadZip."""
    with tempfile.TemporaryDirectory(prefix="tratativa-rules-") as place:
        root = Path(place) / _CALLED
        root.mkdir()
        try:
            with zipfile.ZipFile(sent) as archive:
                _unpack(archive, root)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, OSError, zlib.error) as no:
            raise BadZip(_("Isto não é um ZIP que se possa abrir.")) from no
        yield _home(root)


def _unpack(archive: zipfile.ZipFile, root: Path) -> None:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > ENTRIES:
        raise BadZip(_("O ZIP tem mais de %(count)d arquivos.") % {"count": ENTRIES})
    left, seen = UNPACKED, set()
    for entry in entries:
        parts = _parts(entry)
        if parts is None:
            continue
        name = "/".join(parts).casefold()
        if name in seen:
            raise BadZip(_("O ZIP tem dois arquivos com o mesmo nome: %(name)s") % {"name": "/".join(parts)[:80]})
        seen.add(name)
        left = _write(archive, entry, root.joinpath(*parts), left)


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...] | None:
    """Where in the folder it goes; None for what a file manager adds by itself. Raises BadZip."""
    name = entry.filename
    parts = PurePosixPath(name).parts
    shown = {"name": name[:80]}
    if "\\" in name or "\x00" in name or ":" in name or name.startswith("/") or ".." in parts or len(parts) > DEEP:
        raise BadZip(_("O ZIP tem um caminho que sai da pasta: %(name)s") % shown)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        raise BadZip(_("O ZIP tem algo que não é um arquivo: %(name)s") % shown)
    if entry.compress_type not in _UNFOLDED_IN_PIECES:
        raise BadZip(_("O ZIP tem um arquivo comprimido de um modo que a mesa não abre: %(name)s") % shown)
    if entry.flag_bits & 0x1:
        raise BadZip(_("O ZIP está protegido por senha."))
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return None
    if PurePosixPath(name).suffix.lower() not in _SUFFIXES or any(len(part) > 100 for part in parts):
        raise BadZip(_("O ZIP tem um arquivo que não é de regras: %(name)s") % shown)
    return parts


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path, left: int) -> int:
    to.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, to.open("xb") as file:
        while piece := source.read(_CHUNK):
            left -= len(piece)
            if left < 0:
                raise BadZip(_("O ZIP é grande demais depois de aberto."))
            file.write(piece)
    return left


def _home(root: Path) -> Path:
    """The folder itself, or the only one in it."""
    if (root / "rulebook.yaml").is_file():
        return root
    inner = [one for one in root.iterdir() if one.is_dir()]
    if len(inner) == 1 and (inner[0] / "rulebook.yaml").is_file():
        return inner[0]
    raise BadZip(_("Não há um rulebook.yaml no ZIP."))
