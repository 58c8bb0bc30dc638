"""Documents people are known by: checked, stored without punctuation, shown masked to who need only recognise them.

Which kinds there are says the rulebook's land; where it says nothing, they are Brazil's CPF and CNPJ (ADR 69).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from stdnum import get_cc_module
from stdnum.br import cnpj, cpf
from stdnum.exceptions import InvalidChecksum, InvalidFormat, ValidationError

from tratativa.accounts import text


class BadDocument(ValueError):
    """Not a CPF or CNPJ; the message is the sentence for whoever typed it."""


def parse(raw: str, kinds: Sequence[str] = ()) -> str:
    """A document of one of these kinds, as python-stdnum calls them (`us.ein`), without its punctuation.

    Where none is named: a CPF as 11 digits or a CNPJ as 14 characters (the alphanumeric form included), upper case.

    Raises BadDocument. A CPF with all digits alike passes the checksum and is refused all the same.
    """
    if kinds:
        return _of_kinds(raw, kinds)
    value = plain(text.line(raw))
    if value.isdigit() and len(value) == 10 and cpf.is_valid(f"0{value}"):
        raise BadDocument(_("Faltou o zero à esquerda? O CPF seria %(document)s.") % {"document": show(f"0{value}")})
    try:
        if len(value) == 14:
            return str(cnpj.validate(value))
        if len(value) == 11 and len(set(value)) > 1:
            return str(cpf.validate(value))
    except InvalidFormat:
        pass
    except ValidationError:
        raise _miscounted() from None
    else:
        if len(value) == 11 and value.isdigit():
            raise _miscounted()
    raise BadDocument(_("Confira o documento: um CPF tem 11 dígitos e um CNPJ tem 14."))


def _miscounted() -> BadDocument:
    """As long as it should be, and mistyped all the same."""
    return BadDocument(_("Confira o documento: os dígitos não conferem; um deles está errado ou trocado."))


def plain(raw: str) -> str:
    """What was typed as documents are kept: letters and digits alone, upper case; whether it is one is not asked."""
    return "".join(char for char in raw.upper() if char.isascii() and char.isalnum())


def _of_kinds(raw: str, kinds: Sequence[str]) -> str:
    for _name, module in _modules(kinds):
        if module.is_valid(text.line(raw)):
            return str(module.compact(text.line(raw)))
    if any(_is_miscounted(raw, module) for _name, module in _modules(kinds)):
        raise _miscounted()
    names = ", ".join(name for name, _module in _modules(kinds))
    raise BadDocument(_("Confira o documento: aqui se usa %(kinds)s.") % {"kinds": names})


def _is_miscounted(raw: str, module: Any) -> bool:
    try:
        module.validate(text.line(raw))
    except InvalidChecksum:
        return True
    except ValidationError:
        pass
    return False


def _modules(kinds: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """What python-stdnum checks each of these kinds with, behind what people call it."""
    for kind in kinds:
        country, _dot, name = kind.partition(".")
        if (module := get_cc_module(country, name)) is not None:
            yield name.upper(), module


def _written(value: str, module: Any) -> str:
    return str(module.format(value)) if hasattr(module, "format") else value


def show(value: str, kinds: Sequence[str] = ()) -> str:
    """The document with its usual punctuation; as it is kept where it could be of several of these kinds (ADR 112)."""
    if kinds:
        found = _could_be(value, kinds)
        return _written(value, found[0][1]) if len(found) == 1 else value
    if len(value) == 11:
        return f"{value[:3]}.{value[3:6]}.{value[6:9]}-{value[9:]}"
    if len(value) == 14:
        return f"{value[:2]}.{value[2:5]}.{value[5:8]}/{value[8:12]}-{value[12:]}"
    return value


def kinds_named(kinds: Sequence[str] = ()) -> str:
    """What these kinds of document are called, as a label says it: «CPF ou CNPJ», «SSN ou EIN»."""
    names = [name for name, _module in _modules(kinds)] or ["CPF", "CNPJ"]
    return _listed(names)


def _could_be(value: str, kinds: Sequence[str]) -> list[tuple[str, Any]]:
    """The kinds this document, without its punctuation, is a valid one of."""
    return [(name, module) for name, module in _modules(kinds) if value and module.is_valid(value)]


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s ou %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def with_its_kind(value: str, kinds: Sequence[str] = ()) -> str:
    """The document behind the name of its kind: `CNPJ 11.222.333/0001-81`, `EIN 12-3456789`; empty where unknown."""
    kind = kind_of(value, kinds)
    return f"{kind} {show(value, kinds)}" if kind else value


def kind_of(value: str, kinds: Sequence[str] = ()) -> str:
    """What people call a document like this one: `CNPJ`, `EIN`; empty where it is none of these kinds.

    Nine digits may be an SSN and an EIN, and only the hyphens, which are not kept, told which: then both are named.
    """
    if kinds:
        return _listed([name for name, _module in _could_be(value, kinds)])
    return ("CPF" if len(value) == 11 else "CNPJ") if value else ""


def mask(value: str, kinds: Sequence[str] = ()) -> str:
    """Enough to recognise, too little to use: `***.456.789-**`, `12.ABC.***/****-**`, of another land `***6789`."""
    if kinds:
        return f"***{value[-4:]}" if len(value) > 6 else "***"
    shown = show(value)
    if len(value) == 11:
        return f"***{shown[3:11]}-**"
    if len(value) == 14:
        return f"{shown[:6]}.***/****-**"
    return "***"
