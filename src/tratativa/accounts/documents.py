"""CPF and CNPJ: checked, stored without punctuation, shown masked to those who need only recognise them."""

from django.utils.translation import gettext as _
from stdnum.br import cnpj, cpf
from stdnum.exceptions import ValidationError

from tratativa.accounts import text


class BadDocument(ValueError):
    """Not a CPF or CNPJ; the message is the sentence for whoever typed it."""


def parse(raw: str) -> str:
    """A CPF as 11 digits or a CNPJ as 14 characters (the alphanumeric form included), upper case.

    Raises BadDocument. A CPF with all digits alike passes the checksum and is refused all the same.
    """
    value = "".join(char for char in text.line(raw).upper() if char.isascii() and char.isalnum())
    if value.isdigit() and len(value) == 10 and cpf.is_valid(f"0{value}"):
        raise BadDocument(_("Faltou o zero à esquerda? O CPF seria %(document)s.") % {"document": show(f"0{value}")})
    try:
        if len(value) == 14:
            return str(cnpj.validate(value))
        if len(value) == 11 and len(set(value)) > 1:
            return str(cpf.validate(value))
    except ValidationError:
        pass
    raise BadDocument(_("Confira o documento: um CPF tem 11 dígitos e um CNPJ tem 14."))


def show(value: str) -> str:
    """The document with its usual punctuation."""
    if len(value) == 11:
        return f"{value[:3]}.{value[3:6]}.{value[6:9]}-{value[9:]}"
    if len(value) == 14:
        return f"{value[:2]}.{value[2:5]}.{value[5:8]}/{value[8:12]}-{value[12:]}"
    return value


def mask(value: str) -> str:
    """Enough to recognise, too little to use: `***.456.789-**`, `12.ABC.***/****-**`."""
    shown = show(value)
    if len(value) == 11:
        return f"***{shown[3:11]}-**"
    if len(value) == 14:
        return f"{shown[:6]}.***/****-**"
    return "***"
