"""Where the rulebooks that come with the desk lie."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "rulebooks"


def folder(name: str) -> Path | None:
    """The folder of a shipped rulebook, or None."""
    path = FOLDER / name
    return path if (path / "rulebook.yaml").is_file() else None


def whole() -> list[str]:
    """Those a company can work under. The others are duties that rulebooks include: nobody could do anything."""
    return [name for name in names() if (FOLDER / name / "actions.yaml").is_file()]


def names() -> list[str]:
    """The shipped rulebooks, by name."""
    return sorted(path.parent.name for path in FOLDER.glob("*/rulebook.yaml"))
