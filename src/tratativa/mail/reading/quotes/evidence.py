"""Evidence: what in a line tells that it introduces somebody else's words, in many clients' languages."""

import re

ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"']{1,64}@[^\s<>()\[\]:;,\"']{1,255}")
TIME = re.compile(r"(?<!\d)\d{1,2}\s?(?::|h|\.|：|時|시)\s?\d{2}(?!\d|[./-]\d)|\b\d{1,2}\s?[ap]\.?m\b", re.I)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NUMERIC = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?!\d)")
NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")

# «wrote», as clients say it; a letter may not touch a word on either side.
VERB = re.compile(
    r"(?<![^\W\d_])(?:wrote|writes|escreveu|escribió|escribio|escribe|escribiu|schrieb|schreibt|geschrieben"
    r"|a (?:é|e)crit|(?:é|e)crit|écrivait|ha scritto|scrisse|scritto|ha escrit|schreef|geschreven|napisał(?:\(a\)|a)?"
    r"|napisal(?:\(a\)|a)?|pisze|skrev|skrifaði|kirjoitti|kirjutas|написал(?:\(а\)|а)?|пишет|писал(?:\(а\)|а)?|написав"
    r"|пише|написа|napsal(?:\(a\)|a)?|napísal(?:\(a\)|a)?|napisao|napisala|је написао|írta|a scris|έγραψε|yazdı|yazmış"
    r"|rašė|rakstīja|shkroi|menulis|đã viết|viết|idatzi du|va escriure|napisal|napisala|je napisal"
    r"|a répondu)(?![^\W\d_])"
    r"|लिखा|כתב/?ה?|كتبت?|写道|寫道|写信|のメール|書きました|작성|썼습니다|เขียน"
)
# Few clients say it, and everybody else says it of everything: only as the last word before the colon.
SAID = re.compile(
    r"(?<![^\W\d_])(?:said|says|disse|dijo|sagte|a dit|ha detto|zei|sade|sa|replied|respondeu|respondió|antwortete)"
    r"\s*[:：]$"
)
# Who begins like this tells of a letter: «Ele escreveu», «O vendedor escreveu», «Como você disse».
TELLING = re.compile(
    r"^(?:ele|ela|eles|elas|eu|nós|você|vocês|o|os|as|um|uma|como|que"
    r"|he|she|they|we|i|you|it|the|as|what|this|él|ella|usted"
    r"|er|sie|wir|ich|ihr|elle|nous|vous|lui|lei|noi|hij|zij|wij|ik|a (?!\d|seg|ter|qua|qui|sex|s[áa]b|dom)"
    r"|il (?!\d|giorno|lun|mar|mer|gio|ven|sab|dom))(?=[\s,]|(?<= ))",
    re.I,
)
# «… às 15:30 o sac@loja.example escreveu», «… vocês (sac@loja.example) escreveram»: clients put no article, and no
# «me», before a name. In small letters only: «La Tienda» is a shop.
_PLACE = re.compile(r"[\d:h./,-]*\d(?:h|hs|min|[ap]m)?[\s,;.]+")
_TOLD = re.compile(
    r"(?:o|a|os|as|um|uma|ao|à|do|da|de|pelo|pela|seu|sua|seus|meu|minha|nosso|nossa|este|esta|esse|essa|aquele|aquela"
    r"|alguém|você|vocês|ele|ela|eles|elas|eu|recebi|el|la|los|las|un|una|su|mi|usted|ustedes|ellos|the|your|my|our"
    r"|some|someone|this|that|you|they|he|she|we|i|from)\s"
)
_ME = re.compile(r"\b(?:me|nos|lhe|te|nós|mim)\s*$")

QUOTING = re.compile(r"^(?:quoting|citando|zitat von|citado por|en réponse à|citazione|citation de|cytowanie)\b", re.I)
OPENER = re.compile(
    r"^(?:on|at|em|no dia|a|el|el día|le|il|il giorno|in data|am|op|den|dne|dňa|w dniu|dnia|d\.|på|vào|pada|la"
    r"|în data de"
    r"|pe|в|на|во|у|ma|il-|στις|في|ב|בתאריך|vie|tarihinde|the|dana)(?=[\s,.:'’])",
    re.I,
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

DEVICE = re.compile(
    r"^(?:[-–—_*\s]{0,6})(?:sent (?:from|via|with|using|by|on)|get (?:the )?(?:new )?outlook|download outlook"
    r"|enviad[oa] (?:do|da|de|desde|pelo|pela|por|via|com|con|a partir)|mensagem enviada d|obter o|obtenha o|baixe o"
    r"|obtener|obtén|descargar outlook|gesendet (?:von|mit|mittels)|von meinem|diese nachricht wurde von|outlook für"
    r"|holen sie sich outlook|envoyé (?:de|depuis|à partir|avec|via)|télécharg|obtenir outlook|inviato (?:da|dal|con)"
    r"|scarica outlook|ottieni outlook|verzonden (?:vanaf|met|via|vanuit)|wysłan[eoya]|skickat från|skickades från"
    r"|sendt fra|hent outlook|lähetetty|отправлено (?:с|из)|надіслано з|odesláno z|odoslané z|trimis (?:de pe|din)"
    r"|iphone|elküldve|发自我的|從我的|iphoneから送信|나의 iphone)",
    re.I,
)
_MACHINES = re.compile(
    r"iphone|ipad|ipod|android|galaxy|samsung|celular|smartphone|telefone|teléfono|telefono|tablet|mobile|móvil|movil"
    r"|dispositivo|device|yahoo|gmail|outlook|hotmail|\bmail\b|e-mail|windows|blackberry|motorola|\bmoto\b"
    r"|xiaomi|redmi"
    r"|huawei|honor|oneplus|nokia|sony|xperia|phone|blue\s?mail|proton|spark|\buol\b|\bbol\b|terra|zimbra|zoho"
    r"|handy|mobil"
    r"|telefon|aparelho|mac\b|matkapuhel|puhelim|телефон|устройств|k-9|fairemail|aqua|thunderbird|tutanota"
    r"|posteo|手机",
    re.I,
)


def ascii_digits(text: str) -> str:
    """The text with Arabic and Persian digits as ours."""
    return text if text.isascii() else text.translate(_DIGITS)


def dated(text: str) -> bool:
    """Whether a whole date stands in the text, in numbers or with a month's name of any language."""
    if NUMERIC.search(text) or "年" in text or "년" in text:
        return True
    year = YEAR.search(text)
    return bool(year and NUMBER.search(text[: year.start()] + " " + text[year.end() :]))


def told(head: str) -> bool:
    """Whether the words before a verb of writing tell of somebody who wrote, as people do and no client does."""
    address = ADDRESS.search(head)
    before = head[: address.start()] if address else head
    place = max((found.end() for found in _PLACE.finditer(before)), default=0)
    return bool(_TOLD.match(before[place:].lstrip(" ,-–(")) or _ME.search(head))


# «Enviado do meu celular para a loja no dia 10, e nada»: somebody tells of a parcel. No phone says so much.
_TOLD_ON = re.compile(
    r"\b(?:par?a (?:a|o|as|os|voc[êe]s?|minha|meu|sua|seu|endere[çc]o)|n[ãa]o|nada|nem|nunca|quero|queria|preciso|exijo"
    r"|pe[çc]o|aguardo|at[ée] (?:agora|hoje)|no dia|em \d|dia \d|h[áa] \d|ontem|hoje|chegou|veio|recebi|devolv\w*"
    r"|reembolso|estorno|troca|pedido|loja|nota|comprovante|dinheiro|quebrad[oa]|errad[oa]|defeito|mas|e a[íi])\b",
    re.I,
)


def device(text: str) -> bool:
    """Whether a line is what a phone or a mail service adds below every letter."""
    if len(text) > 120 or not DEVICE.match(text) or not _MACHINES.search(text):
        return False
    return not _TOLD_ON.search(text)
