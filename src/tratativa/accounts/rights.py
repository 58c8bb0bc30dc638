"""The table of rights: what each role may do, for every team. Gates ask it, the page of roles draws it, the access
test walks it; whatever is not in it nobody may.

Rights are about a team's work as a whole. What may be done on one case, and until when, is the rulebook's to say.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tratativa.accounts.models import Role
from tratativa.rulebook.terms.parties import Party


class Right(StrEnum):
    """One thing a role may do or not."""

    READ = "read"
    EXPORT = "export"
    ANSWER = "answer"
    ASSIGN = "assign"
    SHARE_VIEWS = "share_views"
    MEDIATE = "mediate"
    RELEASE_WORDS = "release_words"
    RELEASE_MONEY = "release_money"
    JUDGE = "judge"
    POST = "post"
    STANDING = "standing"
    REPLIES = "replies"
    TAGS = "tags"
    PEOPLE = "people"
    SETTINGS = "settings"
    AUDIT = "audit"


A, S, G, M, F, N = Role.ADMIN, Role.SUPERVISOR, Role.AGENT, Role.MEDIATOR, Role.FINANCE, Role.ANALYST
_ALL = frozenset({A, S, G, M, F, N})
_WORK = frozenset({A, S, G, M})  # who deals with cases and people
_ADMIN = frozenset({A})
_LED = frozenset({A, S})
_NOBODY: frozenset[Role] = frozenset()

# The roles a team knows, in the order they are offered.
ROLES: Mapping[Party, tuple[Role, ...]] = MappingProxyType(
    {Party.MARKETPLACE: (A, S, G, M, F, N), Party.SELLER: (A, S, G, N), Party.PARTNER: (A, G)}
)

# Right: who has it in the marketplace's team, in a seller's, in a partner's.
TABLE: Mapping[Right, tuple[frozenset[Role], frozenset[Role], frozenset[Role]]] = MappingProxyType(
    {
        Right.READ: (_ALL, frozenset({A, S, G, N}), frozenset({A, G})),
        Right.EXPORT: (_ALL, frozenset({A, S, G, N}), _NOBODY),
        Right.ANSWER: (_WORK | {F}, frozenset({A, S, G}), frozenset({A, G})),
        Right.ASSIGN: (_LED, _LED, _NOBODY),
        Right.SHARE_VIEWS: (_LED, _LED, _NOBODY),
        Right.MEDIATE: (frozenset({A, S, M}), _NOBODY, _NOBODY),
        Right.RELEASE_WORDS: (_WORK, _NOBODY, _NOBODY),
        Right.RELEASE_MONEY: (frozenset({A, F}), _NOBODY, _NOBODY),
        Right.JUDGE: (_WORK, _NOBODY, _NOBODY),
        Right.POST: (_WORK, _NOBODY, _NOBODY),
        Right.STANDING: (_ADMIN, _ADMIN, _NOBODY),
        Right.REPLIES: (_LED, _LED, _NOBODY),
        Right.TAGS: (_LED, _LED, _NOBODY),
        Right.PEOPLE: (_ADMIN, _ADMIN, _ADMIN),
        Right.SETTINGS: (_ADMIN, _NOBODY, _NOBODY),
        Right.AUDIT: (_ADMIN, _ADMIN, _NOBODY),
    }
)
_COLUMN = MappingProxyType({Party.MARKETPLACE: 0, Party.SELLER: 1, Party.PARTNER: 2})

SENTENCES: Mapping[Right, Promise] = MappingProxyType(
    {
        Right.READ: _("Ler atendimentos, pedidos e artigos"),
        Right.EXPORT: _("Exportar listas"),
        Right.ANSWER: _("Abrir e tratar atendimentos, escrever a clientes e às outras partes"),
        Right.ASSIGN: _("Dar atendimentos a colegas, distribuir as filas, anotar ausências e ver as tarefas da equipe"),
        Right.SHARE_VIEWS: _("Compartilhar vistas da lista com a equipe, e fixá-las"),
        Right.MEDIATE: _("Decidir mediações"),
        Right.RELEASE_WORDS: _("Liberar ou recusar mensagens retidas"),
        Right.RELEASE_MONEY: _("Ser a segunda pessoa em valores acima do limite"),
        Right.JUDGE: _("Decidir denúncias, pontos contestados e avisos de sanção"),
        Right.POST: _("Tratar o correio que não achou o seu atendimento"),
        Right.STANDING: _("Aplicar sanções, ou responder a elas e contestar pontos"),
        Right.REPLIES: _("Escrever as respostas prontas da equipe, e as que o marketplace oferece aos lojistas"),
        Right.TAGS: _("Mudar e apagar as etiquetas da equipe"),
        Right.PEOPLE: _("Convidar pessoas, mudar papéis e desativar"),
        Right.SETTINGS: _("Mudar os ajustes: lojistas, caixas, regras, filas, marca"),
        Right.AUDIT: _("Ler e exportar o registro de auditoria"),
    }
)


def may(party: Party, role: str, right: Right) -> bool:
    """Whether this role of a team of this party has the right. A customer, and the desk itself, have no role."""
    column = _COLUMN.get(party)
    return column is not None and role in TABLE[right][column]


def of(party: Party, role: str) -> frozenset[Right]:
    """All that this role may."""
    return frozenset(right for right in Right if may(party, role, right))


def roles(party: Party, right: Right) -> list[str]:
    """The roles of a team of this party that have the right."""
    return [str(role) for role in ROLES.get(party, ()) if may(party, role, right)]


def offered(party: Party, role: str) -> bool:
    """Whether a team of this party knows the role."""
    return role in {str(one) for one in ROLES.get(party, ())}
