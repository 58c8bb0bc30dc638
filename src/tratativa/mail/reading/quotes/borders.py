"""Borders: the lines below which a client puts the letter answered or the letter passed on, in any language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tratativa.mail.reading.lines import Line
from tratativa.mail.reading.quotes import evidence

_LABELS = {
    "from": "from|de|remetente|von|da|van|od|från|fra|avsändare|afsender|avsender|lähettäjä|от|від|feladó|de la"
    "|expeditor"
    "|gönderen|kimden|差出人|发件人|寄件者|寄件人|보낸 사람|보낸사람|מאת|من|expéditeur|mittente|afzender|nadawca"
    "|odesílatel|odesilatel|odosielateľ|odosielatel|šalje|pošiljatelj|отправитель|desde|remitente|από"
    "|lähettänyt|de (from)",
    "date": "sent|date|enviado|enviada|enviadas|enviados|enviado em|enviada em|enviado el|enviado às"
    "|enviado a las|data"
    "|data/hora|data de envio|data e hora|fecha|gesendet|gesendet am|datum|datum/uhrzeit|envoyé|envoyé le|inviato"
    "|verzonden|verzonden op|wysłano|data wysłania|skickat|skickad|sendt|dato|lähetetty|päivämäärä|päiväys|отправлено"
    "|дата|дата відправлення|надіслано|küldve|elküldve|dátum|trimis|dată|data trimiterii|tarih|gönderildi"
    "|gönderme tarihi|送信日時|日付|日期|发送时间|发送日期|寄件日期|傳送時間|날짜|보낸 날짜|odesláno|odoslané"
    "|poslano|التاريخ"
    "|تاريخ|תאריך|נשלח|ημερομηνία|στάλθηκε|date and time|sent at|sent on|envoyée|dana|datum odeslání|sendt den",
    "to": "to|para|an|à|a|pour|aan|do|till|til|vastaanottaja|кому|címzett|către|catre|kime|alıcı|宛先|收件人"
    "|收件者|받는 사람"
    "|받는사람|komu|pre|إلى|אל|προς|destinatário|destinatario|destinataire|destinatários|empfänger|prima|za|sent to",
    "copy": "cc|c/c|bcc|cco|cci|ccn|cópia|copia|kopie|kopia|kopi|kopio|копия|копія|másolat|másolatot kap|dw|udw"
    "|copie à|copie|抄送|副本|참조|kópia|bilgi|com cópia|con copia|másolatot|do wiadomości|copia a|нусха|העתק|نسخة",
    "subject": "subject|assunto|asunto|betreff|betr|objet|oggetto|onderwerp|temat|ämne|emne|aihe|otsikko|тема|tárgy"
    "|subiect|konu|件名|主题|主題|主旨|标题|제목|předmět|predmet|الموضوع|נושא|θέμα|sujet|sujeto|naslov",
    "other": "reply-to|responder a|responder para|antwort an|antwoord aan|répondre à|rispondi a|odpowiedz do"
    "|importance"
    "|importância|prioridade|prioridad|priority|priorität|priorité|wichtigkeit|anexos|anexo|attachments"
    "|attachment|anlagen"
    "|pièces jointes|allegati|organization|organisation|organização|adjuntos|ответить|sensitivity|válasz|bijlagen",
}
_KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
_COLON = re.compile(r"[:：]")
_BRACKETED = re.compile(r"^\W*|\W*$")
_ORIGINAL = re.compile(
    r"original message|original e-?mail|original appointment|reply message|mensagem (?:original|anterior|respondida)"
    r"|mensaje original|correo original|message (?:d['’]origine|original|initial)|courriel original"
    r"|messaggio originale"
    r"|urspr(?:ü|ue)ngliche (?:nachricht|e-mail|mail)|original-?nachricht|originalmail|oorspronkelijk bericht"
    r"|origineel bericht|oryginalna wiadomość|wiadomość oryginalna|wiadomo\S* orygina\S*|ursprungligt meddelande"
    r"|originalmeddelande|oprindelig (?:meddelelse|besked|mail)|opprinnelig melding|original melding"
    r"|alkuperäinen viesti|исходное (?:сообщение|письмо)|оригинальное сообщение|původní (?:zpráva|e-mail)"
    r"|pôvodná správa|eredeti üzenet|mesaj(?:ul)? original|özgün (?:ileti|mesaj)|orijinal (?:ileti|mesaj)"
    r"|izvorna poruka|originalna poruka|原始邮件|原始郵件|元のメッセージ|원본 메시지|الرسالة الأصلية"
    r"|הודעה מקורית|αρχικό μήνυμα"
)
_FORWARDED = re.compile(
    r"forward|encaminha|reenvia|transf[ée]r|réexpédi|inoltra|weitergeleitet|doorgestuurd|przekaz|podaje dalej"
    r"|vidarebefordra|videresend|välitet|edelleenlähet|пересыла|пересла|переадрес|перенаправ|přepos|prepos|továbbít"
    r"|redirec[țt]ionat|transmis|ileti?len|iletilmiş|yönlendir|prosl(?:e|ij)eđ|转发|轉寄|転送|전달|προωθ|הועבר"
    r"|معاد توجيه"
)
_ABOVE = re.compile(
    r"(?:repl|respond|respuest|respost|répon|antwort|rispo|beantwoord|writ|escr[ei]|type|digit)\w{0,9} .{0,40}?"
    r"(?:above|acima d|(?:por )?cima d|por encima de|encima de|arriba de|au-dessus de|oberhalb|über|sopra|boven)"
    r" ?(?:this|the|est[ae]|ess[ae]|cette|dieser?|questa|deze) (?:\w{1,12} )?"
    r"(?:line|linha|l[ií]nea|ligne|linie|zeile|riga|linea|regel|lijn)\b"
    r"|please type your reply above"
)
_RULE = re.compile(r"^[-_=*—–⎯─\s]{5,}$")
# «Enviado em: …» with day and hour stands in headers only; «Data: …» stands on every receipt.
_SENT = re.compile(
    r"\b(?:sent|enviad[oa]s?(?: em| el| às)?|gesendet(?: am)?|envoyée?(?: le)?|inviato|verzonden(?: op)?"
    r"|wysłano|skickat"
    r"|skickad|sendt|lähetetty|отправлено|odesláno|odoslané|trimis|gönderildi|elküldve)[ *_\xa0]{0,3}[:：]",
    re.I,
)
_MAIN = {"from", "date", "to", "subject"}
_REACH = 16


@dataclass(frozen=True)
class Block:
    """The headers of a letter as a client writes them into a body: the last line, and which are there.

    `typed` ones have neither an address nor a line drawn above: a person may have written them.
    """

    end: int
    kinds: frozenset[str]
    typed: bool


def label(line: Line) -> str:
    """Which header a line looks like: from, date, to, copy, subject, other, or nothing."""
    text = line.bare
    colon = _COLON.search(text, 0, 40)
    if not colon:
        return ""
    return _KINDS.get(text[: colon.start()].strip(" *_\t\xa0>").casefold(), "")


def block(lines: Sequence[Line], start: int) -> Block | None:
    """The headers that begin in a line, if enough speaks for their being a letter's (docs/mail.md)."""
    if label(lines[start]) in ("", "other"):
        return None
    kinds: list[str] = []
    end, loose = start, 0
    for at in range(start, min(len(lines), start + _REACH)):
        kind = label(lines[at])
        if kind:
            kinds.append(kind)
            end, loose = at, 0
        else:
            loose += 1
            if loose > 2 or (lines[at].blank and loose > 1 and kinds and set(kinds) & {"subject"}):
                break
    seen = frozenset(kinds)
    text = " ".join(line.bare[:500] for line in lines[start : end + 1])
    drawn = _underlined(lines, start)
    typed = not drawn and not evidence.ADDRESS.search(text)
    return Block(end, seen, typed) if _convinces(seen, text, drawn) else None


def _convinces(kinds: frozenset[str], text: str, underlined: bool) -> bool:
    """Whether it is a letter's headers and no list of somebody's own: «De: R$ 250,00 / Para: R$ 199,90»."""
    main = kinds & _MAIN
    address = bool(evidence.ADDRESS.search(text))
    text = evidence.ascii_digits(text)
    when = evidence.dated(text.casefold())
    if "from" in main and _SENT.search(text) and when and evidence.TIME.search(text):
        return True
    if len(main) >= 3 and ("from" in main or "subject" in main):
        return address or (when and {"from", "date", "subject"} <= main)
    return len(main) == 2 and "from" in main and address and (when or underlined or "subject" in main)


def _underlined(lines: Sequence[Line], start: int) -> bool:
    """Whether a drawn line stands above, as most clients draw one."""
    above = next((line for line in reversed(lines[max(0, start - 3) : start]) if not line.blank), None)
    return above is not None and rule(above)


def rule(line: Line) -> bool:
    """Whether a line is drawn: dashes or underscores only."""
    return bool(_RULE.match(line.bare)) if line.bare else False


def original(line: Line) -> bool:
    """«-----Mensagem original-----»: the letter answered follows."""
    text = line.bare
    if len(text) > 120 or not text.startswith(("-", "_", "=", "*", "–", "—", "#")):
        return False
    return bool(_ORIGINAL.search(text.casefold())) and len(_BRACKETED.sub("", text)) < 60


def forwarded(lines: Sequence[Line], at: int) -> bool:
    """«---------- Mensagem encaminhada» or «Início da mensagem encaminhada:»: a letter passed on follows."""
    text = lines[at].bare
    if len(text) > 120 or not _FORWARDED.search(text.casefold()):
        return False
    if text.startswith(("-----", "_____", "=====", "- ----")) or text.rstrip().endswith(("--", "__")):
        return True
    following = next((line for line in lines[at + 1 : at + 5] if not line.blank), None)
    return text.endswith(":") and len(text) < 80 and following is not None and bool(label(following))


def above_this_line(line: Line) -> bool:
    """The line desks put above what they send: what stands below it was sent by them."""
    return len(line.bare) < 200 and bool(_ABOVE.search(line.bare.casefold()))
