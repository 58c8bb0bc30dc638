"""Words of this desk's own that no password may lean on: whoever guesses at a desk tries its name first.

The list (ASVS 6.1.2): the product's and its pages' words, and the names of the marketplaces this desk serves.
"""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tratativa.accounts.models import Marketplace

WORDS = ("tratativa", "atendimento", "marketplace", "mediacao", "protocolo", "vendedor", "suporte")
LEAST = 6  # characters that are left, and a password may lean on, once such a word is taken away


class OwnWords:
    """Refuses a password that is such a word and little else."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError where too little is left without the word."""
        typed = _plain(password)
        names = [name for row in Marketplace.objects.values_list("name", "slug") for name in row]
        for word in {_plain(one) for one in (*WORDS, *names)}:
            if len(word) >= 4 and word in typed and len(typed) - len(word) < LEAST:
                raise ValidationError(self.get_help_text(), code="password_own_word")

    def get_help_text(self) -> str:
        """The sentence for whoever chooses one."""
        return _("A senha não pode ser pouco mais que o nome da mesa, do marketplace ou de uma página daqui.")


def _plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text.lower()) if char.isalnum())
