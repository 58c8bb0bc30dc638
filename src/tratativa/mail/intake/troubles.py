"""Troubles: why a mailbox could not be read, kept as a word on its row; told to whoever reads, with what to do."""

import imaplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from imap_tools import MailboxLoginError
from imap_tools.errors import MailboxFolderSelectError, MailboxFolderStatusError, MailboxStarttlsError

from tratativa.accounts import text
from tratativa.mail.intake.imap_clients import Ungreeted
from tratativa.mail.models import Mailbox
from tratativa.outward import guard, turns

UNASKED = timedelta(minutes=15)  # they are asked every minute

# The narrower errors before the wider ones. A host that is not there and one inside the house are one word: nobody
# learns by trying which it is.
_WORDS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((MailboxLoginError,), "login"),
    ((MailboxFolderStatusError, MailboxFolderSelectError), "folder"),
    ((guard.Refused,), "host"),
    ((ssl.SSLCertVerificationError,), "certificate"),
    ((ssl.SSLError,), "tls"),
    ((turns.Busy,), "busy"),
    ((ConnectionRefusedError,), "closed"),
    ((TimeoutError,), "silent"),
    ((MailboxStarttlsError,), "starttls"),
    ((Ungreeted,), "greeting"),
    ((imaplib.IMAP4.abort, ConnectionError), "cut"),
)
_SAID: Mapping[str, Promise] = {
    "login": gettext_lazy("O servidor recusou o usuário ou a senha."),
    "folder": gettext_lazy("A pasta «%(folder)s» não existe nesta caixa."),
    "host": gettext_lazy(
        "Não há servidor com o nome «%(host)s» ao qual a mesa possa se conectar: confira como está escrito."
    ),
    "certificate": gettext_lazy("O certificado de «%(host)s» não confere: a conexão não seria segura."),
    "tls": gettext_lazy("«%(host)s» não fala TLS na porta %(port)d: experimente a outra proteção."),
    "busy": turns.BUSY,
    "closed": gettext_lazy("«%(host)s» não atende na porta %(port)d."),
    "silent": gettext_lazy("«%(host)s» não respondeu na porta %(port)d."),
    "starttls": gettext_lazy("«%(host)s» não oferece STARTTLS: experimente TLS."),
    "greeting": gettext_lazy("«%(host)s» não atendeu como um servidor IMAP na porta %(port)d."),
    "cut": gettext_lazy("A conexão com «%(host)s» caiu; a próxima busca continua de onde parou."),
    "sealed": gettext_lazy("A senha guardada não abre mais: escreva-a de novo."),
    "secret": gettext_lazy("A variável de ambiente %(secret)s, com a senha, está vazia."),
}
_REMEDIES: Mapping[str, Promise] = {
    "login": gettext_lazy("Confira usuário e senha; muitos provedores pedem uma senha de aplicativo."),
    "folder": gettext_lazy("Diga outra pasta, ou crie esta no servidor."),
    "host": gettext_lazy("Se for um servidor da casa, quem cuida da máquina o diz em TRATATIVA_CONNECT_TO."),
    "certificate": gettext_lazy(
        "Confira o nome do servidor; se o certificado for de uma autoridade da casa, cole-a na caixa."
    ),
    "tls": gettext_lazy("Confira a proteção e a porta: TLS costuma ser a 993, STARTTLS a 143."),
    "busy": gettext_lazy("Teste a conexão outra vez."),
    "closed": gettext_lazy("Confira a porta e a proteção, e se o servidor está no ar."),
    "silent": gettext_lazy("Confira nome, porta e proteção, e se um firewall os fecha."),
    "starttls": gettext_lazy("Troque a proteção da conexão."),
    "greeting": gettext_lazy("Confira a porta e a proteção: TLS costuma ser a 993, STARTTLS a 143."),
    "cut": gettext_lazy("Se continuar, veja com quem cuida do servidor."),
    "sealed": gettext_lazy("Abra a caixa e escreva a senha."),
    "secret": gettext_lazy("Defina-a para o worker e o serve, ou escreva a senha na caixa."),
}


@dataclass(frozen=True)
class Standing:
    """How a mailbox is: `well`, or what it said and what to do. A paused one, and one handed to us, is well."""

    well: bool = True
    said: str = ""
    remedy: str = ""


def word(problem: Exception) -> str:
    """The word for what went wrong; what is none of ours is kept as the library says it."""
    for kinds, known in _WORDS:
        if isinstance(problem, kinds):
            return known
    return text.line(f"{type(problem).__name__}: {problem}")[:200]


def said(mailbox: Mailbox, trouble: str) -> str:
    """What is wrong, in a sentence; nothing the server wrote is repeated. Words of before stay as they were kept."""
    gaps = {"host": mailbox.host, "port": mailbox.port, "folder": mailbox.folder, "secret": mailbox.secret or "–"}
    return str(_SAID[trouble]) % gaps if trouble in _SAID else trouble


def of(mailbox: Mailbox, *, at: datetime) -> Standing:
    """How it is, as of its last answer: one that nobody has asked for a while is not well either."""
    if mailbox.kind != "imap" or mailbox.paused_at:
        return Standing()
    if mailbox.trouble:
        remedy = _REMEDIES.get(mailbox.trouble) or _("Abra a caixa e teste a conexão.")
        return Standing(False, said(mailbox, mailbox.trouble), str(remedy))
    if mailbox.looked_at and at - mailbox.looked_at > UNASKED:
        return Standing(
            False, _("A mesa não pergunta a ela há mais de quinze minutos."),
            _("Quem pergunta é o worker: veja em Saúde se há um vivo."),
        )  # fmt: skip
    return Standing()
