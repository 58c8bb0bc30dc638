"""Triage: whether a person or a machine wrote a letter, and whether a machine may answer it.

Two questions, answered apart: list mail was written by a person and must be read, and still nothing automatic may
answer it. Rules by RFC 3834 (automatic answers), 3464 (bounces), 8098 (receipts), 5965 (complaints) and by what the
mail systems in use write.
"""

import re
from dataclasses import dataclass

from tratativa.mail.reading import addresses
from tratativa.mail.reading.fields import Fields

BOUNCE, COMPLAINT, RECEIPT, ABSENCE, NOTICE = "bounce", "complaint", "receipt", "absence", "notice"


@dataclass(frozen=True)
class Triage:
    """`machine` is the kind of machine that wrote, or nothing; `quiet` forbids an automatic answer."""

    machine: str
    quiet: bool


# Beginnings of subjects that only machines write, in the languages our customers' mail systems speak.
_SUBJECTS = (
    (ABSENCE, "resposta automática", "resposta automatica", "resposta de ausência", "resposta de férias"),
    (ABSENCE, "ausência temporária", "ausencia temporaria", "ausente do escritório", "fora do escritório"),
    (ABSENCE, "fora do escritorio", "estou de férias", "aviso de férias", "auto-reply", "autoreply"),
    (ABSENCE, "auto reply", "auto response", "automatic reply", "automatic response", "autoresponse"),
    (
        ABSENCE,
        "out of office",
        "out of the office",
        "ooo:",
        "vacation",
        "away from",
        "i am out of",
        "respuesta automática",
    ),
    (ABSENCE, "fuera de la oficina", "réponse automatique", "absence du bureau", "absent du bureau"),
    (ABSENCE, "automatische antwort", "abwesenheit", "abwesend", "risposta automatica", "fuori ufficio"),
    (ABSENCE, "automatisch antwoord", "afwezig", "automatyczna odpowiedź", "autosvar", "automatiskt svar"),
    (
        ABSENCE,
        "frånvaro",
        "automatisk svar",
        "automaattinen vastaus",
        "otomatik yanıt",
        "автоответ",
        "自动答复",
        "自動回覆",
    ),
    (RECEIPT, "lida:", "lido:", "confirmação de leitura", "read:", "read receipt", "return receipt"),
    (RECEIPT, "gelesen:", "leído:", "letto:", "gelezen:", "disposition notification"),
    (BOUNCE, "não foi possível entregar", "não foi possivel entregar", "nao foi possivel entregar"),
    (BOUNCE, "falha no envio", "mensagem não entregue", "mensagem devolvida"),
    (BOUNCE, "e-mail não entregue", "email não entregue", "notificação de status de entrega"),
    (BOUNCE, "undelivered", "undeliverable", "undeliver", "failure notice", "delivery status notification"),
    (BOUNCE, "delivery failure", "delivery failed", "delivery notification"),
    (BOUNCE, "mail delivery", "mail system error", "mail could not be delivered", "mail undeliverable"),
    (
        BOUNCE,
        "message undeliverable",
        "message delivery",
        "message not delivered",
        "returned mail",
        "returned to sender",
    ),
    (
        BOUNCE,
        "returned message",
        "returned to sender",
        "non delivery",
        "non-delivery",
        "nondeliverable",
        "warning: could not send",
    ),
    (BOUNCE, "warning: message", "could not send message", "unable to deliver", "rejected mail", "error sending"),
    (BOUNCE, "email delivery failure", "e-mail delivery", "there was an error sending your mail", "permanent delivery"),
    (BOUNCE, "entrega fallida", "correo no entregado", "no se puede entregar", "no se ha podido entregar"),
    (BOUNCE, "échec de la remise", "message non distribué", "unzustellbar", "nicht zustellbar"),
    (BOUNCE, "mancato recapito", "impossibile recapitare", "onbestelbaar", "niet bezorgd", "nie można dostarczyć"),
    (BOUNCE, "配信不能", "未达到", "无法投递", "退信", "недоставленное", "не доставлено"),
    (NOTICE, "confirm your subscription", "email feedback report", "complaint about message"),
)
_BEGINNINGS = tuple((start, kind) for kind, *starts in _SUBJECTS for start in starts)
_DAEMONS = re.compile(
    r"^(?:mailer[._-]?daemon|post[._-]?master|mail[._-]?daemon|mail[._-]?delivery|mail[._-]?deliver|mdaemon|bounces?"
    r"|mail[._-]?system|autoresponder|auto[._-]?reply|majordomo|listserv)\b"
)
_NAMED = re.compile(r"^(?:mailer[._-]?daemon|post[._-]?master|mail[._-]?daemon|mail delivery (?:sub)?system|mdaemon)\b")
_NO_REPLY = re.compile(r"^(?:no|nao|n[ãa]o|do[._-]?not|donot)[._-]?(?:reply|responda|responder|respond)")
_SYSTEMS = re.compile(r"^(?:root|mail|system|daemon|uucp|smtp)@")
_REPORTS = {
    "message/delivery-status": BOUNCE,
    "message/global-delivery-status": BOUNCE,
    "message/disposition-notification": RECEIPT,
    "message/feedback-report": COMPLAINT,
}
_UNDELIVERED = re.compile(
    r"(?i)could not be delivered|couldn't be delivered|not be delivered to|undeliverable|delivery (?:has )?failed"
    r"|delivery to the following|unable to deliver|was not delivered|user unknown|mailbox is full|mailbox unavailable"
    r"|unknown user|host unknown|address(?:es)? (?:had|have) (?:permanent|fatal) |returned to sender"
    r"|não pôde ser entregue|não foi entregue|não foi possível entregar|配信できません|配送できません"
)


def triage(fields: Fields, kinds: frozenset[str], text: str) -> Triage:
    """What wrote the letter, by its headers first, by its subject and its first lines after them."""
    # Postfix and Exim call their bounces automatic replies: what a letter is comes before what it says of itself.
    machine = (
        _reported(fields, kinds) or _returned(fields) or _declared(fields) or _sent_by(fields, text) or _titled(fields)
    )
    precedence = fields.text("precedence").lower()
    quiet = (
        bool(machine)
        or "x-auto-response-suppress" in fields
        or precedence in ("bulk", "list", "junk")
        or "list-id" in fields
        or bool(_NO_REPLY.match(_sender(fields)))
    )
    return Triage(machine, quiet)


def _declared(fields: Fields) -> str:
    """What the headers say outright."""
    submitted = fields.text("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
    if submitted and submitted != "no":
        return ABSENCE if submitted.startswith("auto-replied") else NOTICE
    suppress = fields.text("x-auto-response-suppress").strip().lower()
    # A list such as «DR, RN, NRN, OOF» stands on people's mail too: whole companies send it by default.
    if suppress == "all":
        return NOTICE
    precedence = fields.text("precedence").lower()
    replies = (
        "x-autorespond",
        "x-autoresponder",
        "x-autoreply-from",
        "x-ms-exchange-inbox-rules-loop",
        "x-mail-autoreply",
    )
    said = fields.text("x-autoreply").lower()
    if (
        said not in ("", "no")
        or any(name in fields for name in replies)
        or precedence in ("auto_reply", "auto-reply", "junk")
    ):
        return ABSENCE
    return NOTICE if precedence == "bulk" and "x-loop" in fields else ""


def _reported(fields: Fields, kinds: frozenset[str]) -> str:
    """Machine-readable reports in the letter's body, of itself or as its whole."""
    kind = fields.raw("content-type").partition(";")[0].strip().lower()
    if kind == "multipart/report" or kind in _REPORTS:
        return next((_REPORTS[found] for found in sorted(kinds) if found in _REPORTS), BOUNCE)
    if "message/feedback-report" in kinds:
        return COMPLAINT
    return BOUNCE if "message/delivery-status" in kinds and fields.raw("return-path").strip() in ("", "<>") else ""


def _returned(fields: Fields) -> str:
    """A bounce by its own headers, or by the daemon that sent it."""
    marked = "x-failed-recipients" in fields or "x-ms-exchange-message-is-ndr" in fields
    named = (_sender(fields), fields.text("from").lower().lstrip("\"'<"))
    return BOUNCE if marked or any(_NAMED.match(name) for name in named) else ""


def _sent_by(fields: Fields, text: str) -> str:
    if any(value.strip() == "<>" for value in fields.every("return-path")):
        return BOUNCE
    sender = _sender(fields)
    if _DAEMONS.match(sender):
        return BOUNCE
    if _NO_REPLY.match(sender) and fields.text("precedence").lower() == "bulk":
        return NOTICE
    unattended = bool(_NO_REPLY.match(sender) or _SYSTEMS.match(sender) or not sender)
    return BOUNCE if unattended and _UNDELIVERED.search(text[:4000]) else ""


def _titled(fields: Fields) -> str:
    """By the beginning of the subject; behind «Re:» it is somebody's answer to a machine, not a machine."""
    subject = fields.text("subject").casefold()
    return next((kind for start, kind in _BEGINNINGS if subject.startswith(start)), "")


def _sender(fields: Fields) -> str:
    found = addresses.mailboxes(fields.raw("from"))
    return found[0].address if found else ""
