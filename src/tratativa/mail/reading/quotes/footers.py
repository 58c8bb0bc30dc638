"""Footers: what stands below a letter though nobody wrote it for it: signatures, phones, lists, scanners, lawyers."""

import re
from collections.abc import Sequence

from tratativa.mail.reading.lines import Line
from tratativa.mail.reading.quotes import borders, evidence

_LONGEST = 25
_LIST = re.compile(
    r"mailing list|lista de (?:discuss|e-?mail|correo)|-users\b|unsubscribe|descadastr|cancelar (?:a )?inscri"
    r"|google groups"
    r"|grupos do google|you received this (?:message|email) because|você (?:está recebendo|recebeu) (?:esta|essa)"
    r"|listinfo|mailman|-leave@|yahoo! groups"
)
_SCANNED = re.compile(
    r"virus-free|livre de v[ií]rus|(?:est[ea]|this) (?:e-?mail|mensagem|message|email).{0,40}(?:vírus|virus|antiv)"
    r"|avast|\bavg\b|kaspersky|mcafee|mailscanner|não cont[ée]m vírus|verificad[oa] por antivírus|sin virus"
    r"|garanti sans virus"
)
_SCANNERS = re.compile(r"www\.|https?:|avast|\bavg\b|kaspersky|mcafee|mailscanner|norton|avira|eset\b")
_LAWYERS = re.compile(
    r"^\W{0,4}(?:esta? (?:mensagem|e-?mail|comunicação)|este e-?mail|aviso legal|aviso de confidencialidade"
    r"|confidential"
    r"|this (?:e-?mail|message|communication)|the information (?:contained|in this)|antes de imprimir|before printing"
    r"|le informazioni contenute|diese e-?mail|ce (?:message|courriel)|este mensaje|este correo|disclaimer"
    r"|as informações"
    r"|the contents of this|please consider the environment|pense no meio ambiente|questo messaggio)"
)
_CONFIDENT = re.compile(
    r"confidenc|confident|privileg|sigilo|intended (?:only|solely|recipient)|destinat[áa]ri|vertraulich"
    r"|riservat|imprimir"
    r"|printing|uso exclusivo|legal"
)
# What a customer says, and no card of theirs: «Quero reembolso», «ainda não chegou», «P.S.: mandem a nota».
_WANTS = re.compile(
    r"\b(?:quero|queremos|queria|preciso|precisamos|exijo|pe[çc]o|solicito|gostaria|aguardo|aguardando|n[ãa]o|nunca"
    r"|ainda|nada|ningu[ée]m|chegou|veio|vieram|recebi|recebemos|comprei|paguei|devolvi|enviei|mandei|mandem|faltou"
    r"|faltam|cad[êe]|reembols\w+|estorn\w+|troc(?:a|ar|o|aram)|cancel\w+|devolu[çc][ãa]o|quebrad[oa]s?|errad[oa]s?"
    r"|defeito|pedido \d+|p\.?s\.?:|obs\.?:|procon|i want|refund|quiero|reembolso)(?!\w)",
    re.I,
)
_SIGNED = re.compile(r"^--\s?$|^[-_]{2}\s$")


def fold(lines: Sequence[Line], own: Sequence[int], *, below: bool) -> set[int]:
    """Which of a stretch of own lines nobody wrote for this letter; `below` a quote more is taken for that."""
    folded: set[int] = {at for at in own if lines[at].signature}
    folded |= _signature(lines, own)
    folded |= _below(lines, own, _listed(lines, own))
    if below:
        folded |= _below(lines, own, _lawyers(lines, own))
    return folded | _devices(lines, [at for at in own if at not in folded])


def _below(lines: Sequence[Line], own: Sequence[int], start: int | None) -> set[int]:
    return set() if start is None else set(own[start:])


def _signature(lines: Sequence[Line], own: Sequence[int]) -> set[int]:
    """The last «-- » that few lines follow (RFC 3676 §4.3) and what stands below it, until somebody says something."""
    drawn = [place for place, at in enumerate(own) if _SIGNED.match(lines[at].text)]
    if not drawn or drawn[-1] < len(own) - _LONGEST:
        return set()
    start = drawn[-1]
    if len(drawn) > 1 and all(lines[own[place]].text == "--" for place in drawn):
        return set()  # lines drawn around something
    end = next((place for place in range(start + 1, len(own)) if _speaks(lines, own, place)), len(own))
    return set(own[start:end])


def _speaks(lines: Sequence[Line], own: Sequence[int], place: int) -> bool:
    """Whether words begin here that nobody puts into a signature: a sentence, or what asks or wants something."""
    text = lines[own[place]].bare
    if evidence.ADDRESS.search(text) or _LAWYERS.match(text.casefold()) or evidence.device(text):
        return False
    if _SCANNED.search(text.casefold()) or _LIST.search(text.casefold()):
        return False
    return bool(_WANTS.search(text)) or (text.endswith("?") and len(text.split()) > 1)


def _listed(lines: Sequence[Line], own: Sequence[int]) -> int | None:
    """A drawn line with a mailing list's address and instructions below it."""
    for place in range(len(own) - 1, max(-1, len(own) - _LONGEST - 1), -1):
        if borders.rule(lines[own[place]]):
            below = " ".join(lines[at].bare.casefold()[:200] for at in own[place + 1 : place + 4])
            if _LIST.search(below):
                return place
    return None


def _lawyers(lines: Sequence[Line], own: Sequence[int]) -> int | None:
    """Where confidentiality or a virus scanner's praise begins."""
    for place, at in enumerate(own):
        text = lines[at].bare.casefold()
        whole = text + " " + " ".join(lines[other].bare.casefold()[:300] for other in own[place + 1 : place + 6])
        if (_LAWYERS.match(text) and _CONFIDENT.search(whole)) or (len(text) < 200 and _SCANNED.search(text)):
            while place and (lines[own[place - 1]].blank or borders.rule(lines[own[place - 1]])):
                place -= 1
            return place
    return None


def _devices(lines: Sequence[Line], own: Sequence[int]) -> set[int]:
    """The last lines, where a phone or a service signs."""
    folded: set[int] = set()
    for at in reversed(own):
        line = lines[at]
        if line.blank:
            continue
        if borders.rule(line):
            if folded:
                folded.add(at)
            continue
        if not evidence.device(line.bare) and not _praised(line):
            break
        folded.add(at)
    return folded


def _praised(line: Line) -> bool:
    """Whether a virus scanner praises itself, by its name or its address."""
    text = line.bare.casefold()
    return len(text) < 200 and bool(_SCANNED.search(text) and _SCANNERS.search(text))
