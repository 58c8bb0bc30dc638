"""Error messages: what pydantic found wrong, told in Portuguese with the nearest valid spelling."""

import difflib
from collections.abc import Callable, Collection, Mapping
from typing import Any

# Every key of the language, filled in by the module that defines them.
KEYS: set[str] = set()


def sentence(error: Mapping[str, Any], keys: Collection[str] = ()) -> str:
    """One validation error as a sentence with its remedy. `keys` are those allowed where it stands, if known."""
    kind = str(error["type"])
    if kind == "extra_forbidden":
        return f"esta chave não existe aqui{_near(error['loc'][-1], keys or KEYS)}"
    if kind == "missing":
        return "falta"
    if kind in {"enum", "literal_error"}:
        return _choice(error)
    say = _KINDS.get(kind)
    return say(error.get("ctx") or {}) if say else str(error["msg"]).removeprefix("Value error, ")


def _choice(error: Mapping[str, Any]) -> str:
    expected = str((error.get("ctx") or {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    return f"`{error['input']}` não vale; use {expected}{_near(error['input'], expected.split(', '))}"


def _near(given: Any, known: Collection[str]) -> str:
    near = difflib.get_close_matches(str(given), sorted(set(known) - {str(given)}), 1)
    return f"; você quis dizer `{near[0]}`?" if near else ""


_KINDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "string_type": lambda _ctx: "isto é um texto; ponha-o entre aspas",
    "int_type": lambda _ctx: "isto é um número inteiro",
    "int_parsing": lambda _ctx: "isto é um número inteiro",
    "bool_type": lambda _ctx: "isto é true ou false",
    "bool_parsing": lambda _ctx: "isto é true ou false",
    "list_type": lambda _ctx: "isto é uma lista",
    "tuple_type": lambda _ctx: "isto é uma lista",
    "dict_type": lambda _ctx: "isto é um mapa",
    "model_type": lambda _ctx: "isto é um mapa",
    "string_too_short": lambda _ctx: "isto não pode ficar vazio",
    "string_too_long": lambda ctx: f"isto passa de {ctx.get('max_length')} caracteres",
    "string_pattern_mismatch": lambda ctx: f"isto não tem a forma esperada ({ctx.get('pattern')})",
    "greater_than_equal": lambda ctx: f"isto é no mínimo {ctx.get('ge')}",
    "less_than_equal": lambda ctx: f"isto é no máximo {ctx.get('le')}",
}
