"""Whole files: a file is stored whole or not at all, also on a disk that fills while it is written."""

from contextlib import suppress
from typing import Any

from django.core.files.storage import FileSystemStorage

from tratativa.cases.files import room


class WholeFiles(FileSystemStorage):
    """Files on this machine's disk; what could not be written to its end is taken away again."""

    def _save(self, name: str, content: Any) -> str:
        """Raises NoRoom before a byte is written, and OSError where the disk fills meanwhile."""
        room.ask_for(content.size or 0)
        try:
            return str(super()._save(name, content))  # type: ignore[misc]  # django-stubs know only its public face
        except OSError as problem:
            if room.is_full(problem):
                with suppress(OSError):
                    self.delete(name)
            raise
