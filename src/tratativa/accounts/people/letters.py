"""The letter of an invitation: who invites, to what, and the link; nothing where no mail server is known."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tratativa.accounts import text
from tratativa.accounts.people import invitations, postage
from tratativa.accounts.people.models import Invitation


def ask(invitation: Invitation) -> bool:
    """Has the letter sent after this transaction; whether one can leave at all."""
    if not postage.leaves():
        return False
    language = invitation.marketplace.language or translation.get_language() or settings.LANGUAGE_CODE
    job = app.configure_task("accounts.send_invitation", queue="mail")
    job.defer(invitation_id=str(invitation.pk), language=language)
    return True


def send(invitation_id: str | uuid.UUID, language: str, *, at: datetime) -> None:
    """Sends it, if its link still opens."""
    found = Invitation.objects.select_related("marketplace", "seller", "partner", "by").filter(pk=invitation_id).first()
    if found is None or not invitations.holds(found, at=at):
        return
    with translation.override(language):
        subject, body = _written(found)
    sender = settings.DEFAULT_FROM_EMAIL
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject=subject, body=body, from_email=sender, to=[found.email], headers=headers).send()
    Invitation.objects.filter(pk=found.pk).update(sent_at=at)


def _written(found: Invitation) -> tuple[str, str]:
    team = str(invitations.team_of(found))
    gaps = {
        "team": team, "who": found.by.name if found.by else team, "link": invitations.link(found),
        "days": invitations.LIFE.days,
    }  # fmt: skip
    subject = _("Convite para a equipe de %(team)s") % gaps
    body = _(
        "%(who)s convidou você para a equipe de %(team)s.\n\n"
        "Abra este link para aceitar; ele vale por %(days)d dias e uma só vez:\n%(link)s\n\n"
        "Se você não esperava este convite, não faça nada."
    )
    return subject, text.one_stop(body % gaps)
