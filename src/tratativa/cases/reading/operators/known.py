"""The operators there are, in the order they are offered. A new one is a line here."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tratativa.cases.reading.operators import columns, moments, people
from tratativa.cases.reading.operators.asked import Asking, Operator, chosen
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party

_MARKET = frozenset({Party.MARKETPLACE})

ALL: tuple[Operator, ...] = (
    Operator(
        pgettext_lazy("operator", "status"), frozenset({"status", "situacao", "estado", "state"}),
        _("como está"), columns.with_status, columns.statuses,
    ),
    Operator(
        pgettext_lazy("operator", "prazo"), frozenset({"prazo", "vence", "due", "deadline"}),
        _("quanto tempo resta: <4h, hoje, vencido"), moments.read, moments.offer,
    ),
    Operator(
        pgettext_lazy("operator", "de"), frozenset({"de", "from"}),
        _("quem abriu, ou o nome do cliente ou da loja"), people.opened_by, people.parties,
    ),
    Operator(
        pgettext_lazy("operator", "cliente"), frozenset({"cliente", "customer"}),
        _("nome, documento, e-mail ou telefone do cliente"), people.of_customer,
    ),
    Operator(
        pgettext_lazy("operator", "loja"), frozenset({"loja", "vendedor", "lojista", "seller", "store"}),
        _("nome da loja"), people.of_seller, of=_MARKET,
    ),
    Operator(
        pgettext_lazy("operator", "responsavel"), frozenset({"responsavel", "assignee", "owner", "responsible"}),
        _("quem cuida: eu, ninguém, um nome"), people.assigned_to, people.responsible,
    ),
    Operator(
        pgettext_lazy("operator", "com"), frozenset({"com", "aguardando", "waiting", "with"}),
        _("com quem está"), chosen(columns.turns, "waiting_on"), columns.turns,
    ),
    Operator(
        pgettext_lazy("operator", "fila"), frozenset({"fila", "queue"}),
        _("a fila de quem responde"), chosen(columns.queues, "queue"), columns.queues, of=_MARKET,
    ),
    Operator(
        pgettext_lazy("operator", "canal"), frozenset({"canal", "channel"}),
        _("por onde chegou"), chosen(columns.channels, "channel"), columns.channels,
    ),
    Operator(
        pgettext_lazy("operator", "assunto"), frozenset({"assunto", "motivo", "reason", "subject"}),
        _("do que se trata"), chosen(columns.reasons, "reason"), columns.reasons,
    ),
    Operator(
        pgettext_lazy("operator", "valor"), frozenset({"valor", "value", "amount"}),
        _("quanto vale: >500, 500..900"), columns.worth, whole=True,
    ),
    Operator(
        pgettext_lazy("operator", "pedido"), frozenset({"pedido", "order"}),
        _("o começo do número do pedido"), columns.of_order,
    ),
    Operator(
        pgettext_lazy("operator", "etiqueta"), frozenset({"etiqueta", "tag"}),
        _("uma etiqueta da equipe"), columns.tagged, columns.words_of_team,
    ),
    Operator(
        pgettext_lazy("operator", "transportadora"), frozenset({"transportadora", "carrier"}),
        _("quem leva a encomenda"), columns.carried_by, columns.carriers,
    ),
    Operator(
        pgettext_lazy("operator", "critico"), frozenset({"critico", "critical"}),
        _("só os críticos, ou só os outros"), columns.is_critical, columns.critical,
    ),
)  # fmt: skip


def of(asking: Asking) -> Mapping[str, Operator]:
    """The operators this party has, by every word they go by."""
    return {
        word: one
        for one in ALL
        if asking.actor.party in one.of
        for word in {*one.also, slug(str(one.name))}
    }  # fmt: skip


def offered(asking: Asking) -> list[Operator]:
    """The operators this party has, in order: those with choices only where there is one."""
    return [one for one in ALL if asking.actor.party in one.of and (one is not _QUEUE or asking.book.queues)]


_QUEUE = next(one for one in ALL if "fila" in one.also)
