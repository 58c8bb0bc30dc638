"""What a new account asks."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tratativa.web.forms.plain_fields import Field


def account(name: str, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """A name and a password, for a new account."""
    return (
        Field("name", _("Nome"), name, errors.get("name", ""), autocomplete="name",
              help=_("Como colegas e clientes vão ler quem escreveu.")),
        Field("password", _("Senha"), "", errors.get("password", ""), input="password", autocomplete="new-password",
              help=_("Dez caracteres ou mais, que não sejam fáceis de adivinhar.")),
    )  # fmt: skip
