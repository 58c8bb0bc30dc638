"""One's own second factors: allauth's pages, where this desk has a rule of its own for them."""

from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages as notices
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tratativa.accounts.access import second_factor
from tratativa.accounts.factors import removing

INDEX = reverse_lazy("mfa_index")
_NEEDED = gettext_lazy("O seu papel pede a verificação em duas etapas, e só há esta: faça antes outra.")


class Factors(IndexView):  # type: ignore[misc]  # allauth ships no types
    """What guards the account, and what may be added."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether one is demanded that is not there yet."""
        found = dict(super().get_context_data(**kwargs))
        return found | {"demanded": second_factor.is_demanded(self.request.user.pk)}


class _Kept:
    """Refuses to take away the last factor of somebody whose role demands one; of two at once one waits."""

    def form_valid(self, form: Any) -> HttpResponse:
        person = self.request.user.pk  # type: ignore[attr-defined]
        with transaction.atomic():
            removing.in_turn(person)
            found = self._found()
            if found is not None and removing.is_needed(found):
                notices.error(self.request, _NEEDED)  # type: ignore[attr-defined]
                return redirect("mfa_index")
            return super().form_valid(form)  # type: ignore[misc, no-any-return]

    def _found(self) -> Any:
        raise NotImplementedError


class RemoveKey(_Kept, RemoveWebAuthnView):  # type: ignore[misc]
    """Takes a passkey away."""

    success_url = INDEX

    def _found(self) -> Any:
        return self.get_object()


class RemoveCodes(_Kept, DeactivateTOTPView):  # type: ignore[misc]
    """Takes the codes of an app away."""

    def _found(self) -> Any:
        return self.authenticator


class RenameKey(EditWebAuthnView):  # type: ignore[misc]
    """Calls a passkey otherwise."""

    success_url = INDEX


@require_GET
def keys(request: HttpRequest) -> HttpResponseBase:
    """Where allauth lists passkeys: here they stand with the other factors."""
    return redirect("mfa_index")


ADDRESSES = (
    ("", Factors.as_view(), "mfa_index"),
    ("webauthn/", keys, "mfa_list_webauthn"),
    ("webauthn/add/", AddWebAuthnView.as_view(), "mfa_add_webauthn"),
    ("webauthn/keys/<int:pk>/remove/", RemoveKey.as_view(), "mfa_remove_webauthn"),
    ("webauthn/keys/<int:pk>/edit/", RenameKey.as_view(), "mfa_edit_webauthn"),
    ("totp/deactivate/", RemoveCodes.as_view(), "mfa_deactivate_totp"),
)
