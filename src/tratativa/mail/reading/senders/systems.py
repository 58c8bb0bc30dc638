"""Systems: how mail systems are called and how they talk, so that they are told from people whose parcel got lost."""

import re

_DAEMONS = re.compile(
    r"(?:mailer[._-]?daemon|post[._-]?master|mail[._-]?daemon|mail[._-]?delivery(?:[._-]?sub[._-]?system)?|mdaemon"
    r"|bounces?|mail[._-]?system)(?:[+=-].*)?"
)
# Addresses of programs, and of people who own a domain and were in want of a name.
_PROGRAMS = re.compile(r"(?:auto[._-]?responder|auto[._-]?reply|majordomo|listserv|root|mail|system|daemon|uucp|smtp)?")
_NAMED = re.compile(r"[\"'<\s]*(?:mailer[._-]?daemon|post[._-]?master|mail[._-]?daemon|mail delivery (?:sub)?system)\b")
_NO_REPLY = re.compile(r"^(?:no|nao|n[ãa]o|do[._-]?not|donot)[._-]?(?:reply|responda|responder|respond)")
_RETURNED = {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}
# Words of the trade: parcels, too, «não foram entregues», but they have no mailbox and no user that is unknown.
_UNDELIVERED = re.compile(
    r"(?i)(?:message|e-?mail|mensagem|correo|mensaje|mail)\b.{0,60}?(?:could not|couldn't|cannot|can't|was not|not) be"
    r"(?:en)? delivered|undeliverable|delivery to the following (?:recipient|address)|not be delivered to|user unknown"
    r"|unable to deliver (?:your |the |this )?(?:message|mail|e-?mail)|mailbox (?:is full|unavailable|not found)"
    r"|unknown user|host unknown|no such user|address(?:es)? (?:had|have) (?:permanent|fatal) "
    r"|(?:mensagem|e-?mail)\b.{0,60}?não (?:pôde|foi|pode|foi possível) (?:ser )?entreg"
    r"|caixa (?:postal|de entrada) (?:cheia|inexistente)|destinatário (?:não encontrado|inexistente|desconhecido)"
    r"|(?:mensaje|correo)\b.{0,60}?no (?:se pudo|pudo|se ha podido) (?:ser )?entreg|配信できません|配送できません"
)
# 550 5.1.1, (#5.1.1), Status: 4.4.7 (RFC 3463), and the bare codes of older systems beside the command they answer.
_STATUS = re.compile(
    r"(?<![\d.])[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3}(?![\d.])|\(#[45]\.\d{1,3}\.\d{1,3}\)"
    r"|(?im:^(?:status|diagnostic-code|final-recipient):)|(?:<<<|said:|SMTP error.{0,80})\s*[45]\d\d\b"
)
_HEAD = re.compile(r"(?im)^[> \t]{0,8}(?:message-id|received):")
_LOOKED_AT = 16_000


def daemon(sender: str, named: str) -> bool:
    """Whether a letter is from what mail systems call themselves: the whole of its address, or its name."""
    return bool(_DAEMONS.fullmatch(sender.partition("@")[0]) or _NAMED.match(named.lower()))


def program(sender: str) -> bool:
    """Whether an address is one that programs have, or says that nobody reads it, or is none."""
    return unattended(sender) or bool(_PROGRAMS.fullmatch(sender.partition("@")[0]))


def unattended(sender: str) -> bool:
    """Whether nobody reads what is sent to this address, by its own word."""
    return bool(_NO_REPLY.match(sender))


def speaks(kinds: frozenset[str], text: str) -> bool:
    """Whether it talks as mail systems do: of what failed, or with the head of the letter it returns."""
    return fails(text) or returns(kinds, text)


def returns(kinds: frozenset[str], text: str) -> bool:
    """Whether the head of a letter stands in it or beside it, as in what a mail system returns."""
    return bool(kinds & _RETURNED or _HEAD.search(text[:_LOOKED_AT]))


def coded(text: str) -> bool:
    """Whether it names a status, as mail systems do: people tell of what was not delivered in words alone."""
    return bool(_STATUS.search(text[:_LOOKED_AT]))


def fails(text: str) -> bool:
    """Whether it says, in a status or in the words of the trade, that a letter did not arrive."""
    said = text[:_LOOKED_AT]
    return bool(_STATUS.search(said) or _UNDELIVERED.search(said))
