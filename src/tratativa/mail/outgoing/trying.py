"""Trying a mail server out: one letter through it, and what is wrong with it in a sentence."""

import smtplib
import ssl

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.mail.outgoing.servers import Server
from tratativa.mail.outgoing.smtp import Backend
from tratativa.outward import guard, turns

PATIENCE = 15  # seconds from one word of the server's to the next
TALK = 40  # seconds in all


def try_out(server: Server | None, to: str) -> str:
    """Sends a letter to this address by the server, or by the environment's where None; what is wrong, or nothing."""
    backend = backend_of(server)
    sender = server.sender if server else settings.DEFAULT_FROM_EMAIL
    subject = _("Carta de teste da Tratativa")
    body = _("Se você lê isto, as cartas da mesa saem por este servidor.")
    letter = EmailMessage(subject, body, sender, [to], headers={"Auto-Submitted": "auto-generated"})
    try:
        with turns.taken(TALK):
            hand_over(backend, letter)
    except (OSError, ValueError) as problem:  # smtplib's errors are OSErrors
        return _told(problem, backend.host)
    return ""


def hand_over(backend: Backend, letter: EmailMessage) -> None:
    """Gives the server one letter. Raises OSError and ValueError."""
    try:
        backend.open()
        backend.send_messages([letter])
    finally:
        backend.close()


def backend_of(server: Server | None) -> Backend:
    """What speaks to this server, or to the environment's where None."""
    if server is None:
        return Backend(timeout=PATIENCE)
    return Backend(
        host=server.host, port=server.port, username=server.user, password=server.password, timeout=PATIENCE,
        use_tls=server.security == "starttls", use_ssl=server.security == "tls", authority=server.authority,
    )  # fmt: skip


def _told(problem: Exception, host: str) -> str:
    gaps = {"host": host, "why": _said(problem)}
    if sentence := _by_code(problem):
        return str(sentence) % gaps
    for kind, sentence in _SENTENCES:
        if isinstance(problem, kind):
            return str(sentence) % gaps
    return _("O servidor %(host)s não aceitou a carta: %(why)s") % gaps


_SENTENCES: tuple[tuple[type[Exception], Promise], ...] = (
    (guard.Refused, gettext_lazy(
        "A mesa não se conecta a %(host)s: o nome não existe, ou está numa rede interna. Confira-o; se for um servidor "
        "da casa, quem cuida da máquina o diz em TRATATIVA_CONNECT_TO.")),
    (ssl.SSLCertVerificationError, gettext_lazy(
        "O certificado de %(host)s não vale para este nome, ou é de uma autoridade que a mesa não conhece. Confira o "
        "nome do servidor; se a autoridade for da casa, cole-a no formulário. (%(why)s)")),
    (ssl.SSLError, gettext_lazy(
        "%(host)s não fala TLS nesta porta. Troque a proteção: STARTTLS costuma ser a 587, TLS a 465. (%(why)s)")),
    (smtplib.SMTPAuthenticationError, gettext_lazy(
        "%(host)s não aceitou usuário e senha. Muitos provedores pedem uma senha de aplicativo. (%(why)s)")),
    (smtplib.SMTPSenderRefused, gettext_lazy(
        "%(host)s não deixa enviar em nome deste remetente: use um endereço que seja desta conta. (%(why)s)")),
    (smtplib.SMTPRecipientsRefused, gettext_lazy(
        "%(host)s não aceitou o destinatário da carta de teste. Confira o endereço; sem usuário e senha, muitos "
        "servidores só entregam na própria casa. (%(why)s)")),
    (smtplib.SMTPNotSupportedError, gettext_lazy(
        "%(host)s não oferece a proteção pedida. Escolha outra: TLS, na porta 465, ou nenhuma. (%(why)s)")),
    (smtplib.SMTPServerDisconnected, gettext_lazy(
        "%(host)s desligou. É provável que a porta peça outra proteção: STARTTLS na 587, TLS na 465. (%(why)s)")),
    (turns.Busy, turns.BUSY),
    (TimeoutError, gettext_lazy(
        "%(host)s não respondeu a tempo. Confira nome e porta; alguns provedores de nuvem fecham a porta 25.")),
    (ConnectionRefusedError, gettext_lazy("%(host)s não atende nesta porta. Confira a porta e a proteção.")),
)  # fmt: skip


# What a code means whichever command it answers (RFC 4954, section 6; RFC 5321, section 4.2.3): smtplib tells a MAIL
# that may not be sent before signing in as a wrong sender.
_CODES: tuple[tuple[frozenset[int], Promise], ...] = (
    (frozenset({530}), gettext_lazy(
        "%(host)s só manda cartas de quem entra: preencha usuário e senha. (%(why)s)")),
    (frozenset({534}), gettext_lazy(
        "%(host)s não aceita esta senha: crie uma senha de aplicativo na conta, e use-a aqui. (%(why)s)")),
    (frozenset({538, 523}), gettext_lazy(
        "%(host)s só aceita senha numa conexão protegida. Troque a proteção: STARTTLS na 587, TLS na 465. (%(why)s)")),
    (frozenset(range(400, 500)), gettext_lazy(
        "%(host)s pede para tentar mais tarde: está ocupado, sem espaço, ou ainda não conhece esta mesa. Espere alguns "
        "minutos e teste de novo. (%(why)s)")),
)  # fmt: skip
_SEALED_FIRST = gettext_lazy(
    "%(host)s só conversa numa conexão protegida. Troque a proteção: STARTTLS na 587, TLS na 465. (%(why)s)"
)


def _by_code(problem: Exception) -> Promise | None:
    """The sentence of the server's code, where that says more than which command it answered."""
    code, words = _answer(problem)
    if code == 530 and "STARTTLS" in words.upper():  # RFC 3207, section 4
        return _SEALED_FIRST
    return next((sentence for codes, sentence in _CODES if code in codes), None)


def _answer(problem: Exception) -> tuple[int, str]:
    """The code and the words a server refused with; 0 where it said nothing."""
    code, said = getattr(problem, "smtp_code", 0), getattr(problem, "smtp_error", b"")
    if isinstance(problem, smtplib.SMTPRecipientsRefused) and problem.recipients:
        code, said = next(iter(problem.recipients.values()))
    return int(code or 0), said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _said(problem: Exception) -> str:
    """What the server said, on one line, for whoever looks further."""
    said = _answer(problem)[1] or str(problem)
    return " ".join(said.split())[:200] or type(problem).__name__
