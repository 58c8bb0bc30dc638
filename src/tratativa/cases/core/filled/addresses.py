"""Postal addresses as people fill them in: their parts, what is wrong with them, and the one line they are shown in."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.rulebook.language.lands import AddressPart, Land

PARTS = {
    "cep": 8, "rua": 120, "numero": 20, "complemento": 80, "bairro": 80, "cidade": 80, "uf": 2,
}  # fmt: skip
_LONGEST = 120
# How an address is told in one line: «Rua das Acácias, 120, apto 4, Centro, São Paulo - SP, CEP 01310-100».
_CEP = re.compile(r"(?:\bCEP\W*)?\b([0-9]{5})-?([0-9]{3})\b", re.IGNORECASE)
_BETWEEN = re.compile(r",|\s-\s|/(?=\s*[A-Z]{2}\b)")
_HOUSE = re.compile(r"(?:n[º°o.]*\s*)?[0-9][\w/-]{0,9}$|s/?n[º°o.]?$", re.IGNORECASE)
_STATES = "AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO"


def one_line(address: Mapping[str, str]) -> str:
    """The whole address as people read it in one line."""
    if "cep" not in address:
        return ", ".join(filter(None, address.values()))
    street = f"{address['rua']}, {address['numero']}"
    if address.get("complemento"):
        street += f", {address['complemento']}"
    cep = address["cep"]
    return f"{street}, {address['bairro']}, {address['cidade']} - {address['uf']}, {cep[:5]}-{cep[5:]}"


def told(line: str, land: Land) -> dict[str, str]:
    """What of an address that somebody wrote in one line is sure, by the names of its parts; elsewhere, nothing."""
    if land.address:
        return {}
    found: dict[str, str] = {}
    if cep := _CEP.search(line):
        found["cep"] = f"{cep[1]}-{cep[2]}"
    pieces = [piece for one in _BETWEEN.split(_CEP.sub("", line)) if (piece := one.strip(" ,.-"))]
    if len(pieces) > 1 and pieces[-1] in _STATES.split():
        found["uf"], found["cidade"] = pieces.pop(), pieces.pop()
    if pieces:
        found["rua"] = pieces.pop(0)
    if pieces and _HOUSE.match(pieces[0]):
        found["numero"] = pieces.pop(0)
    if found.keys() >= {"uf", "numero"} and 0 < len(pieces) < 3:  # of more it is not known which is what
        found |= dict(zip(("bairro", "complemento"), reversed(pieces), strict=False))
    return {name: value for name, value in found.items() if len(value) <= limit(name) + 1}


def names(land: Land) -> tuple[str, ...]:
    """The names of the parts an address has there."""
    return tuple(part.id for part in land.address) or tuple(PARTS)


def limit(name: str) -> int:
    """How many characters the part may have."""
    return PARTS.get(name, _LONGEST)


def parts(land: Land) -> dict[str, str]:
    """What people call each part of an address there, by its name."""
    if land.address:
        return {part.id: part.label for part in land.address}
    return {
        "cep": _("CEP"), "rua": _("Rua"), "numero": _("Número"), "complemento": _("Complemento"),
        "bairro": _("Bairro"), "cidade": _("Cidade"), "uf": _("Estado (UF)"),
    }  # fmt: skip


def errors_of(given: Mapping[str, str], land: Land) -> dict[str, str]:
    """What is wrong with an address, a sentence that names the part by each part that is wrong.

    Every part must be there (C-08: all of the address is confirmed), but for the complement.
    """
    if land.address:
        found = {part.id: _wrong(part, given.get(part.id) or "") for part in land.address}
        return {name: said for name, said in found.items() if said}
    errors: dict[str, str] = {}
    for name, label in parts(land).items():
        value, most = given.get(name) or "", PARTS[name]
        if name == "cep":
            wrong = len(text.digits(value)) != most and _("«CEP» tem oito dígitos, como 01310-100.")
        elif name == "uf":
            wrong = value.upper() not in _STATES.split() and _("«Estado (UF)» é uma sigla, como SP.")
        else:
            wrong = len(value) > most and _("«%(part)s» passa de %(limit)d caracteres.") % {
                "part": label,
                "limit": most,
            }
        if not value and name != "complemento":
            errors[name] = _("Preencha «%(label)s».") % {"label": label}
        elif wrong:
            errors[name] = str(wrong)
    return errors


def _wrong(part: AddressPart, value: str) -> str:
    if not value:
        return _("Preencha «%(label)s».") % {"label": part.label} if part.required else ""
    if len(value) > _LONGEST:
        return _("«%(part)s» passa de %(limit)d caracteres.") % {"part": part.label, "limit": _LONGEST}
    if not part.fits(value):
        shapes = ", ".join(part.shapes)
        return _("«%(part)s» se escreve como %(shapes)s (9 é um algarismo, A uma letra).") % {
            "part": part.label,
            "shapes": shapes,
        }
    return ""
