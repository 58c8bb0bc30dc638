"""Long letters: what one message holds is shown, the rest is folded, and every reader is told where the whole is."""

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.secrecy import masking
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.pieces import File

# Room for the sentence that says so, and for who wrote and about what.
_ROOM = 800
SHOWN = text.MESSAGE_LIMIT - _ROOM


def shown(read: Letter, *, attached: bool) -> str:
    """The writer's words as far as one message holds them; `attached` where the whole stands beside as a file."""
    words, rest = _cut(read)
    if not rest:
        return words
    told = (
        _("(O e-mail continua: faltam aqui %(count)d caracteres. O texto inteiro está no arquivo «%(name)s».)")
        if attached
        else _("(O e-mail continua: faltam aqui %(count)d caracteres. A equipe do marketplace pode ler o resto.)")
    )
    return f"{words}\n\n{told % {'count': len(rest), 'name': _whole_name()}}"


def folded(read: Letter) -> str:
    """What is folded under the message: the rest of the writer's words first."""
    return "\n\n".join(part for part in (_cut(read)[1], _paragraph(read.folded)) if part)


def whole(read: Letter) -> list[File]:
    """The writer's words as a file, where one message does not hold them."""
    if not _cut(read)[1]:
        return []
    return [File(_whole_name(), "text/plain", _paragraph(read.visible).encode())]


def _paragraph(said: str) -> str:
    """The words without what opens a door: a letter of ours that is quoted carries its reader's link and address."""
    return text.paragraph(masking.masked(said))


def _cut(read: Letter) -> tuple[str, str]:
    words = _paragraph(read.visible)
    if len(words) <= SHOWN:
        return words, ""
    end = max(words.rfind("\n", SHOWN // 2, SHOWN), words.rfind(" ", SHOWN - 200, SHOWN))
    end = end if end > 0 else SHOWN
    return words[:end].rstrip(), words[end:].strip()


def _whole_name() -> str:
    return _("e-mail inteiro") + ".txt"
