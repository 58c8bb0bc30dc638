"""Postal addresses as people fill them in: their parts, what is wrong with them, and the one line they are shown in."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tratativa.accounts import text

PARTS = {
    "cep": 8, "rua": 120, "numero": 20, "complemento": 80, "bairro": 80, "cidade": 80, "uf": 2,
}  # fmt: skip
_STATES = "AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO"


def one_line(address: Mapping[str, str]) -> str:
    """The whole address as people read it in one line."""
    street = f"{address['rua']}, {address['numero']}"
    if address.get("complemento"):
        street += f", {address['complemento']}"
    cep = address["cep"]
    return f"{street}, {address['bairro']}, {address['cidade']} - {address['uf']}, {cep[:5]}-{cep[5:]}"


def parts() -> dict[str, str]:
    """What people call each part of an address, by its name in `PARTS`."""
    return {
        "cep": _("CEP"), "rua": _("Rua"), "numero": _("Número"), "complemento": _("Complemento"),
        "bairro": _("Bairro"), "cidade": _("Cidade"), "uf": _("Estado (UF)"),
    }  # fmt: skip


def errors_of(given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with an address, a sentence that names the part by each part that is wrong.

    Every part must be there (C-08: all of the address is confirmed), but for the complement.
    """
    errors: dict[str, str] = {}
    for name, label in parts().items():
        value, limit = given.get(name) or "", PARTS[name]
        if name == "cep":
            wrong = len(text.digits(value)) != limit and _("«CEP» tem oito dígitos, como 01310-100.")
        elif name == "uf":
            wrong = value.upper() not in _STATES.split() and _("«Estado (UF)» é uma sigla, como SP.")
        else:
            wrong = len(value) > limit and _("«%(part)s» passa de %(limit)d caracteres.") % {
                "part": label,
                "limit": limit,
            }
        if not value and name != "complemento":
            errors[name] = _("Preencha «%(label)s».") % {"label": label}
        elif wrong:
            errors[name] = str(wrong)
    return errors
