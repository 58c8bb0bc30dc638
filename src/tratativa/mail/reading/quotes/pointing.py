"""Pointing: words that say nothing by themselves and send the reader to what stands below: «resposta em vermelho».

Where all that would remain of a letter is a greeting or such a pointer, the rest of it is what its writer wants read.
"""

import re
from collections.abc import Sequence

from tratativa.mail.reading.lines import Line

# Names are written with capitals; the words between and beside them are few.
_NAME = (
    r"(?:[ ,]+(?:(?-i:[A-ZÀ-Ý][\w.'-]{0,30})|a|ao|à|aos|todos|todas|pessoal|equipe|time|galera|gente|tudo|bem|bom|da|de"
    r"|do|d[oa]s|sr|sra|srs|como|v[ãa]o|vai|atendimento|sac|there|all|team|everyone|a|equipo|todo)){0,6}"
)
_GREETING = re.compile(
    r"(?:oi+e?|ol[áa]|opa|bom dia|boa tarde|boa noite|prezad[oa]s?(?:\(as?\))?|car[oa]s?|senhor(?:es|as?)?"
    r"|hola|buenas|buen(?:os|as) (?:d[íi]as|tardes|noches)|buen d[íi]a|estimad[oa]s?|tudo bem|tudo bom)"
    rf"{_NAME}\s*[,.!?:;)]*|(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)){_NAME}\s*[,:]",
    re.I,
)
_CLOSING = re.compile(
    r"(?:att|atte|atenciosamente|cordialmente|abra[çc]os?|abs|obrigad[oa]|grat[oa]"
    r"|desde j[áa] (?:obrigad|agrade[çc])\w*|fico no aguardo|aguardo(?: retorno)?|no aguardo|saludos|gracias"
    r"|(?:best |kind )?regards|thanks|thank you|sds"
    rf"|sauda[çc][õo]es){_NAME}\s*[,.!]*",
    re.I,
)
_SIGNED = re.compile(r"(?:[A-ZÀ-Ý][\w.'-]{0,30}\s*){1,4}")
_COLOUR = (
    r"(?:vermelh|azu[il]|verde|amarel|laranja|rox|negrito|destaque|caixa alta|mai[úu]sculas|it[áa]lico|rojo|negrita"
    r"|red\b|blue\b|green\b|bold\b|capitals\b)"
)
_BETWEEN = (
    r"entre as linhas|nas (?:próprias )?linhas|nas entrelinhas|no corpo d|no próprio (?:e-?mail|texto)"
    r"|junto (?:às|a|de cada) |ao lado d|em cada (?:pergunta|item|ponto)|in-?line|between the lines"
    rf"|in the (?:text|body)|entre l[íi]neas|(?:em|en|in) (?:letras? |fonte |cor |texto |color )?{_COLOUR}"
)
_BELOW = r"abaixo|a seguir|mais embaixo|embaixo|below|abajo|debajo"
# «Respostas abaixo», «respondi em vermelho», «meus comentários entre as linhas».
_ANSWERS = re.compile(
    r"(?:\brespost|\brespond|\brespuest|\bcoment|\bobserva[çc]|\b(?:my|our|see) (?:answer|reply|response|comment)"
    r"|\b(?:answers|replies|responses|comments|answered|replied|commented)\b)"
    rf"[^.\n]{{0,60}}?\b(?:{_BETWEEN}|{_BELOW})",
    re.I,
)
_NOT = re.compile(r"\b(?:n[ãa]o|nunca|sem|nenhuma?|ningu[ée]m|quero|preciso|not?|never|without|sin)\b", re.I)
_TALK = r"(?:conversa|e-?mails?|mensage[mn]s?|respostas?|hist[óo]rico|troca|texto|retorno|di[áa]logo|correo|mensajes?)"
# «Vejam o que recebi», «segue abaixo a conversa», «recebi isto:».
_SHOWN = re.compile(
    r"(?:(?:veja|vejam|vide|olhe|olhem|olha|leia|leiam|confira|confiram|mire|miren|vea|vean|see|look)\b.{0,60}"
    r"|(?:segue|seguem|sigue|repasso|encaminho|reencaminho|reenvio)\b.{0,20}"
    rf"\b(?:{_TALK}|abaixo|a seguir|abajo)\b.{{0,30}}"
    r"|(?:recebi|recebemos|chegou|me mandaram|recib[íi]|i got|got)\b.{0,20}"
    rf"\b(?:isso|isto|est[ea]|ess[ea]|esto|this|{_TALK}|o seguinte)\b.{{0,40}}"
    r"|foi (?:isso|isto|ess[ea]|est[ea])\b.{0,40}"
    r"|(?:p(?:ara|/) conhecimento|fyi|eis|abaixo|a seguir|below)\b.{0,40})",
    re.I,
)
_WORDS = 10  # more than that says something
_BRIEF = 6  # so few words are an answer, or what people put above the answers they wrote further down
# What may send to the rest, however it is put: «dados preenchidos abaixo», «logo depois de cada pergunta», «segue».
_HINT = re.compile(
    rf"\b(?:{_BETWEEN}|{_BELOW}|dentro|(?:depois|ap[óo]s|embaixo|debaixo|ao fim|no fim|na frente|abaixo) de cada"
    r"|logo (?:depois|ap[óo]s)|na sequ[êe]ncia|seguem?(?=\W*$)|seguem?\b.{0,30}\b(?:conforme|respost|dados|preench)"
    r"|nesta mesma|neste mesmo|no mesmo e-?mail"
    r"|no (?:seu|vosso) (?:e-?mail|texto)|na (?:sua|pr[óo]pria) (?:mensagem|pergunta)|inside)",
    re.I,
)
_PLACED = re.compile(rf"\b(?:{_BETWEEN}|{_BELOW}|(?:depois|ap[óo]s) de cada)", re.I)
_EMPTY = re.compile(
    r"\W*|\W*(?:up+|segue|seguem|sigue|favor|por favor|pfv|please|urgente|aten[çc][ãa]o|novamente|de novo|outra vez"
    r"|al[ôo]|algu[ée]m|e a[íi]|ent[ãa]o|retorno|cobrando(?: retorno)?|ping|bump|fyi|vide|veja|vejam|ver|anexo"
    r"|refor[çc]ando|reiterando|reenviando|reenvio|insistindo|continuo aguardando|aguardando)\W*",
    re.I,
)
_CLAUSE = re.compile(r"[.,;:!?()–—]+")


def only(own: Sequence[Line]) -> bool:
    """Whether these lines send the reader to the rest of the letter: a greeting alone, or a pointer in few words."""
    said = [line.bare for line in own if not line.blank]
    if any(_ANSWERS.search(text) and not _NOT.search(text) for text in said):
        return True
    left = [text for text in said if not _GREETING.fullmatch(text)]
    if not left:
        return bool(said)
    pointers = [text for text in left if _points(text)]
    polite = (text for text in left if text not in pointers)
    return bool(pointers) and all(_CLOSING.fullmatch(text) or _SIGNED.fullmatch(text) for text in polite)


def hints(own: Sequence[Line]) -> bool:
    """Whether any word may send the reader to the rest: what stands there must be looked at."""
    return any(_HINT.search(line.bare) for line in own)


def tells(own: Sequence[Line]) -> bool:
    """Whether a clause says that the answers stand further down, whatever the clause beside it denies."""
    said = [clause for line in own for clause in _CLAUSE.split(line.bare)]
    if any(_ANSWERS.search(clause) and not _NOT.search(clause) for clause in said):
        return True
    return brief(own) and any(_PLACED.search(clause) and not _NOT.search(clause) for clause in said)


def brief(own: Sequence[Line]) -> bool:
    """Whether hardly a word is said, greetings, closings and a name apart."""
    said = [line.bare for line in own if not line.blank]
    left = [text for text in said if not (_GREETING.fullmatch(text) or _CLOSING.fullmatch(text))]
    if len(left) > 1 and _SIGNED.fullmatch(left[-1]):
        left = left[:-1]
    return sum(len(text.split()) for text in left) <= _BRIEF


def nothing(own: Sequence[Line]) -> bool:
    """Whether what is said is no answer to anything: «?», «Up», «Urgente!», which ask to look at the rest again."""
    said = " ".join(line.bare for line in own if not _GREETING.fullmatch(line.bare))
    return bool(_EMPTY.fullmatch(said.strip()))


def _points(text: str) -> bool:
    greeted = _GREETING_FIRST.match(text)
    said = text[greeted.end() :] if greeted else text
    return len(said.split()) <= _WORDS and bool(_SHOWN.fullmatch(said.strip())) and not _NOT.search(said)


_GREETING_FIRST = re.compile(r"(?:ol[áa]|oi|bom dia|boa tarde|boa noite|hola|hi|hello)[\w ]{0,30}[,.!:]\s*", re.I)
