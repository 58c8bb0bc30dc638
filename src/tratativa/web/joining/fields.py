"""Fields of a plain form, as `parts/field.html` draws them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Field:
    """One field. `options` are what is chosen from: the value, its label, and what is worth knowing of it."""

    id: str
    label: str
    value: str = ""
    error: str = ""
    help: str = ""
    type: str = "text"
    input: str = "text"
    required: bool = True
    only: str = ""
    mode: str = ""
    placeholder: str = ""
    autocomplete: str = ""
    options: tuple[tuple[str, str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


def account(name: str, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """A name and a password, for a new account."""
    return (
        Field("name", _("Nome"), name, errors.get("name", ""), autocomplete="name",
              help=_("Como colegas e clientes vão ler quem escreveu.")),
        Field("password", _("Senha"), "", errors.get("password", ""), input="password", autocomplete="new-password",
              help=_("Dez caracteres ou mais, que não sejam fáceis de adivinhar.")),
    )  # fmt: skip
