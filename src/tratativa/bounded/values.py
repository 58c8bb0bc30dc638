"""Values: frozen dataclasses as plain values and back, each of the type it is declared to be."""

import dataclasses
import types
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_SIMPLE = (str, bytes, bool, int)


def plain(value: Any) -> Any:
    """Dictionaries and lists in place of dataclasses and tuples; a class of another kind says its own `plain`."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.plain() if hasattr(value, "plain") else value


def built(kind: type[T], value: Any) -> T:
    """The dataclass of these plain values. Raises ValueError where one is not of its declared type."""
    found: T = _built(kind, value)
    return found


def _built(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return None if value is None and type(None) in get_args(kind) else _built(get_args(kind)[0], value)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_built(get_args(kind)[0], one) for one in value)
    if kind in _SIMPLE and type(value) is kind:
        return value
    if dataclasses.is_dataclass(kind) and isinstance(value, dict):
        hints = get_type_hints(kind)
        if value.keys() == {field.name for field in dataclasses.fields(kind)}:
            return kind(**{name: _built(hints[name], one) for name, one in value.items()})  # type: ignore[operator]
    if hasattr(kind, "of_plain"):
        return kind.of_plain(value)
    raise ValueError(f"not a {kind}")
