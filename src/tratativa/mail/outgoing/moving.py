"""Moving: letters leave by another server; who administers beside reads of it in a letter that still leaves by the old.

Whoever says where letters go reads every way in that is sent by letter: a change is told where the new server cannot
keep it back (ADR 85).
"""

import json
from dataclasses import asdict

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tratativa.accounts.models import Marketplace
from tratativa.accounts.people import hiring
from tratativa.accounts.people.team import Doer, Team
from tratativa.accounts.secrecy import sealing
from tratativa.mail.outgoing import trying
from tratativa.mail.outgoing.servers import Server

PURPOSE = "mail server of before"


def tell(marketplace: Marketplace, before: Server, after: Server, *, by: Doer) -> None:
    """Has every other administrator written to, after this transaction; nobody where letters leave as before."""
    if (before.host, before.port, before.user) == (after.host, after.port, after.user):
        return
    old = sealing.seal(json.dumps(asdict(before)), PURPOSE)
    for one in hiring.administering(Team(marketplace)).exclude(person=by.person):
        app.configure_task("mail.tell_of_move", queue="mail").defer(
            old=old, to=one.person.email, team=marketplace.name, who=by.person.name if by.person else "",
            host=after.host, language=marketplace.language or settings.LANGUAGE_CODE,
        )  # fmt: skip


def send(old: str, to: str, team: str, who: str, host: str, language: str) -> None:
    """Sends it by the server of before. Raises OSError and ValueError where that takes no letter any more."""
    server = Server(**json.loads(sealing.unseal(old, PURPOSE)))
    with translation.override(language):
        gaps = {"team": team, "who": who or _("Quem administra a mesa"), "host": host}
        subject = _("As cartas de %(team)s saem por outro servidor")
        said = _(
            "%(who)s mudou o servidor de e-mail de %(team)s para %(host)s: todas as cartas da mesa saem por ele, as de "
            "senha nova também. Esta carta ainda saiu pelo servidor anterior."
        )
        asks = _("Se isto é um engano, ou você não pediu, fale já com quem administra a equipe.")
        body, headers = f"{said % gaps}\n\n{asks}", {"Auto-Submitted": "auto-generated"}
        letter = EmailMessage(subject % gaps, body, server.sender, [to], headers=headers)
        trying.hand_over(trying.backend_of(server), letter)
