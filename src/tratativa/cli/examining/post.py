"""The post: the server letters leave by and in whose name, and whether the mailboxes answer."""

import smtplib

from tratativa.cli.finding import Finding, page
from tratativa.config.saying import gettext as _
from tratativa.config.saying import ngettext

SHOWN = 3


def server() -> Finding:
    """Whether letters leave; it connects to the mail server."""
    from tratativa.mail.outgoing import smtp
    from tratativa.outward import guard

    connection = smtp.Backend(timeout=10)
    gaps = {"host": connection.host}
    address = page("mail_settings")
    if not connection.host:
        said = _(
            "Não há servidor de e-mail: avisos não saem. Diga-o na configuração pelo navegador, ou defina "
            "TRATATIVA_SMTP_HOST."
        )
        return Finding(False, said, address)
    try:
        connection.open()
        connection.close()
    except guard.Refused:
        said = _(
            "Com as configurações deste terminal a mesa não se conecta a %(host)s: não existe, ou está numa rede "
            "interna. Confira o nome; se for um servidor seu, diga-o em TRATATIVA_CONNECT_TO, aqui e onde ela é "
            "servida."
        )
        return Finding(False, said % gaps, address)
    except (OSError, smtplib.SMTPException) as problem:
        said = _("O servidor de e-mail %(host)s não responde (%(why)s). Confira-o em Caixas e remetente, ou as "
                 "TRATATIVA_SMTP_*.")  # fmt: skip
        return Finding(False, said % {**gaps, "why": problem}, address)
    return Finding(True, _("O servidor de e-mail %(host)s responde.") % gaps)


def sender() -> Finding:
    """In whose name letters leave."""
    from tratativa.mail.outgoing import servers

    name = servers.sender()
    if servers.domain() in {"", "localhost"}:
        said = _("As cartas sairiam em nome de %(sender)s, que ninguém conhece. Diga o remetente em TRATATIVA_FROM, ou "
                 "em Caixas e remetente.")  # fmt: skip
        return Finding(False, said % {"sender": name}, page("mail_settings"))
    return Finding(True, _("As cartas saem em nome de %(sender)s.") % {"sender": name})


def mailboxes() -> Finding:
    """Whether those that are fetched answer, as of when they were asked last."""
    from tratativa.accounts import clock, moments
    from tratativa.mail.intake import troubles
    from tratativa.mail.models import Mailbox

    now = clock.now()
    fetched = Mailbox.objects.filter(kind="imap", paused_at=None).order_by("address")
    found = [(box, troubles.of(box, at=now)) for box in fetched]
    silent = [(box, standing) for box, standing in found if not standing.well]
    if not found:
        return Finding(True, _("A mesa não busca cartas em caixa nenhuma."))
    if not silent:
        return Finding(True, _("Toda caixa que a mesa busca responde: %(count)d.") % {"count": len(found)})
    asked = _("perguntada %(when)s")
    told = [
        f"{box.address} ({asked % {'when': moments.short(box.looked_at, now)}}): {standing.said} {standing.remedy}"
        if box.looked_at else f"{box.address}: {standing.said} {standing.remedy}"
        for box, standing in silent[:SHOWN]
    ]  # fmt: skip
    said = ngettext(
        "%(count)d caixa não responde. %(told)s", "%(count)d caixas não respondem. %(told)s", len(silent)
    )  # fmt: skip
    return Finding(False, said % {"count": len(silent), "told": " ".join(told)}, page("post"))
