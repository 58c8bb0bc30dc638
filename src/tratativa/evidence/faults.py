"""Faults: what a walk over the ledger can find wrong."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tratativa.accounts import text

# What Python says of a thing that is of no shape we write: another type, a key missing, no such day, nested too deep.
ODD = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True)
class Fault:
    """The first thing that does not fit in one chain: which chain (a case's protocol, a marketplace), where, why."""

    chain: str
    number: int
    why: Promise

    def __str__(self) -> str:
        # Whose name it is may be a forger's: neither a terminal nor the database has to swallow it raw.
        gaps = {"chain": text.line(self.chain[:200]), "number": self.number, "why": self.why}
        return gettext("%(chain)s, linha %(number)s: %(why)s") % gaps


MISSING = _("falta um registro")
UNLINKED = _("não continua o registro anterior")
ALTERED = _("foi alterado")
WORDS_ALTERED = _("as palavras foram alteradas")
WORDS_GONE = _("as palavras sumiram sem registro de que foram apagadas")
READERS_ALTERED = _("quem pode ler as palavras foi alterado")
OWNERS_ALTERED = _("de quem é o atendimento, ou sob que regras, foi alterado")
RULES_ALTERED = _("uma versão das regras não é a que foi adotada")
FILE_GONE = _("um arquivo que o registro trouxe não está mais nele")
FILE_ALTERED = _("um arquivo foi alterado")
FILE_STRANGE = _("há um arquivo que nenhum registro trouxe")
NO_PAPER = _("um arquivo passa por documento de identidade sem que a resposta a um pedido o diga")
BYTES_GONE = _("os bytes de um arquivo sumiram")
BYTES_ALTERED = _("os bytes de um arquivo foram alterados")
SHOWN_ALTERED = _("o que a fila vê não é o que o registro diz que lhe foi mostrado")
CUT = _("o fim foi cortado")
NO_CASE = _("o atendimento foi apagado")
REWRITTEN = _("a corrente do atendimento foi reescrita depois de encadeada")
SHORTER = _("faltam registros que a corrente do marketplace já conhecia")
MOVED = _("o atendimento foi levado para outro marketplace")
FORGOTTEN = _("nenhuma corrente do marketplace fala dos registros daqui em diante")
NO_ROOT = _("a âncora assinada fala de uma corrente que não está mais aqui")
FORGED = _("a assinatura da âncora não confere")
OTHER_CHAIN = _("a âncora assinada fala de outro marketplace")
NAME_TAKEN = _("o marketplace que esta âncora nomeia é agora outro, com registros daqueles dias")
RENAMED = _("o marketplace se chama de outro modo, e nenhuma linha da auditoria diz desde quando")
HELD_CUT = _("faltam elos que a pasta dos dados guarda")
HELD_REWRITTEN = _("os elos não são os que a pasta dos dados guarda")
HELD_MISSING = _("a pasta dos dados guarda âncoras, e não mais até onde foram os elos")
HELD_UNREADABLE = _("o que a pasta dos dados guarda do registro não se lê")
UNREAD = _("não se lê, e o que vem depois não foi lido")
NO_ANCHOR = _("falta a âncora que esta cópia guarda")
UNREADABLE = _("isto não é uma âncora")
