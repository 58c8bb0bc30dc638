"""The form of the page people sign in by: allauth's, with our own words on it."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for e-mail and password, and whether to stay in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As allauth makes it."""
        super().__init__(*args, **kwargs)
        self.fields["login"].label = gettext_lazy("E-mail")
        self.fields["login"].widget.attrs["placeholder"] = ""
        if "remember" in self.fields:
            self.fields["remember"].label = gettext_lazy("Lembrar de mim")
