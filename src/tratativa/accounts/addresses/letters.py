"""The letters of a change of e-mail: to the old address and to the new one, each with its own link."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from tratativa.accounts.addresses import changing
from tratativa.accounts.addresses.models import EmailChange
from tratativa.accounts.people import hiring


def send(change_id: str | uuid.UUID, side: str, language: str, *, at: datetime) -> None:
    """Sends it, if the change still may come to be. Whoever has an account is told that somebody wanted its address."""
    found = EmailChange.objects.select_related("person").filter(pk=change_id).first()
    if found is None or not changing.holds(found, at=at):
        return
    with translation.override(language):
        subject, body = _written(found, side)
    to = found.old if side == changing.OLD else found.new
    EmailMessage(
        subject=subject, body=body, from_email=settings.DEFAULT_FROM_EMAIL, to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()  # fmt: skip


def _written(found: EmailChange, side: str) -> tuple[str, str]:
    gaps = {"old": found.old, "new": found.new, "link": changing.link(found, side), "site": settings.SITE_URL}
    if side == changing.OLD:
        return _("Trocar o e-mail da sua conta?"), _(
            "Alguém que entrou na sua conta em %(site)s pediu para entrar com %(new)s em vez deste endereço.\n\n"
            "Se foi você, confirme aqui; se não foi, pare aqui. O link vale por um dia:\n%(link)s\n\n"
            "Só quando os dois endereços confirmarem é que o e-mail muda. Até lá você entra com este."
        ) % gaps
    if hiring.find(found.new):
        return _("Este endereço já tem uma conta"), _(
            "Alguém quis usar este endereço em outra conta de %(site)s. Já há uma com ele, a sua, e nada mudou.\n\n"
            "Se foi você, entre com essa conta. Se não foi, não faça nada."
        ) % gaps
    return _("Confirme o seu novo e-mail"), _(
        "Alguém pediu para entrar em %(site)s com este endereço.\n\n"
        "Se foi você, confirme aqui; o link vale por um dia:\n%(link)s\n\n"
        "O endereço de antes também confirma. Se não foi você, não faça nada."
    ) % gaps
