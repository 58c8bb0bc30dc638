"""What a site connects the desk to: a class of another package, named in the settings."""

from importlib.metadata import EntryPoint, entry_points
from typing import Any


def made(group: str, named: str) -> Any:
    """A new object of the class named: by an entry point of the group, or by its place, `package.module:Class`.

    Raises LookupError where nothing of that name is installed.
    """
    known = [EntryPoint("", named, group)] if ":" in named else [*entry_points(group=group, name=named)]
    if not known:
        raise LookupError(named)
    try:
        return known[0].load()()
    except (ImportError, AttributeError) as problem:
        raise LookupError(named) from problem
