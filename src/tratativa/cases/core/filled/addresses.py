"""Postal addresses as people fill them in: their parts, what is wrong with them, and the one line they are shown in."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.rulebook.language.lands import AddressPart, Land

PARTS = {
    "cep": 8, "rua": 120, "numero": 20, "complemento": 80, "bairro": 80, "cidade": 80, "uf": 2,
}  # fmt: skip
_LONGEST = 120
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
