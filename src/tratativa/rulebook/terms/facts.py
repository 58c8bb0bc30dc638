"""The closed vocabulary of facts: what a `when:` may ask about a case, its order, its people and its past."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

StageName = Literal["received", "paid", "invoiced", "shipped", "delivered", "cancelled"]
Stage: tuple[str, ...] = get_args(StageName)
ReturnStage = ("none", "code_given", "collection", "posted", "received", "refused")
Value = str | int | bool | None | frozenset[str]


@dataclass(frozen=True)
class Fact:
    """One thing that can be asked. `values` closes the set; `ordered` lets `before` and `after` compare; `money` is in
    cents; `names` says whose ids the value is (a rulebook's reasons, kinds or actions); `many` holds a set."""

    name: str
    type: Literal["choice", "flag", "number", "money", "text"]
    meaning: str
    values: tuple[str, ...] = ()
    ordered: bool = False
    names: Literal["", "reasons", "kinds", "actions", "queues", "asked", "case_fields"] = ""
    many: bool = False


_ROLES = ("admin", "supervisor", "agent", "mediator", "finance", "analyst", "customer", "clock")
_PARTIES = ("customer", "seller", "marketplace", "partner")

VOCABULARY: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("case.status", "choice", "aberto ou encerrado", ("open", "closed")),
        Fact("case.kind", "choice", "o tipo do caso", names="kinds"),
        Fact("case.queue", "choice", "a fila que o caso filho pergunta; vazio nos outros casos", names="queues"),
        Fact("case.reason", "choice", "o motivo escolhido na abertura", names="reasons"),
        Fact("case.channel", "text", "por onde o caso chegou (page, phone, email…)"),
        Fact("case.origin", "choice", "quem abriu o caso", _PARTIES),
        Fact("case.waiting_on", "choice", "de quem é a vez", (*_PARTIES, "nobody")),
        Fact("case.mediation", "choice", "em que pé está a mediação", ("none", "offered", "asked", "ruled")),
        Fact("case.critical", "flag", "caso crítico"),
        Fact("case.parent", "choice", "o caso que pergunta, onde este é um caso filho", ("open", "closed")),
        Fact("case.internal", "flag", "o cliente ainda não pode saber do caso"),
        Fact("case.overdue", "flag", "algum prazo perdido ainda sem resposta"),
        Fact("case.assigned", "flag", "alguém é responsável"),
        Fact("case.days_since_closing", "number", "há quantos dias o caso foi encerrado; vazio enquanto aberto"),
        Fact("order.known", "flag", "o caso tem um pedido"),
        Fact("order.stage", "choice", "a etapa do pedido", Stage, ordered=True),
        Fact("order.payment_method", "text", "a forma de pagamento"),
        Fact("order.carrier", "text", "quem transporta o pedido, como Correios; vazio quando não se sabe"),
        Fact("order.days_since_order", "number", "há quantos dias foi feito o pedido"),
        Fact("order.days_since_delivery", "number", "há quantos dias o pedido foi entregue; vazio antes"),
        Fact("order.categories", "text", "as categorias do que foi comprado", many=True),
        Fact("order.state", "text", "o estado em que o pedido é entregue"),
        Fact("order.total_cents", "number", "o total do pedido, em centavos"),
        Fact("order.shortage_cents", "number", "o valor do que a ruptura deixa de fora, em centavos"),
        Fact("order.distributor_cancels", "flag", "o distribuidor do pedido consegue cancelar"),
        Fact("seller.tier", "text", "o nível do lojista, como o marketplace o chama"),
        Fact("seller.delivery", "choice", "quem entrega", ("own", "marketplace")),
        Fact("seller.suspended", "flag", "vendas suspensas"),
        Fact("history.offered", "choice", "ações oferecidas por uma consequência", names="actions", many=True),
        Fact("history.held", "choice", "ações pedidas que ainda esperam para acontecer", names="actions", many=True),
        Fact("history.done", "choice", "ações já feitas neste caso", names="actions", many=True),
        Fact(
            "order.regret_window",
            "choice",
            "o prazo de arrependimento que `withdrawal` dá; sem ele, sempre fechado",
            ("open", "closed"),
        ),
        Fact("return.stage", "choice", "a etapa da devolução", ReturnStage, ordered=True),
        Fact("case.helping", "flag", "a ajuda pedida ao marketplace ainda não teve resposta"),
        Fact("case.helped", "flag", "o lojista já pediu a ajuda do marketplace"),
        Fact("history.asked", "choice", "pedidos já feitos neste caso", names="asked", many=True),
        Fact("history.answered", "choice", "pedidos já respondidos", names="asked", many=True),
        Fact("history.filled", "choice", "campos do caso já preenchidos", names="case_fields", many=True),
        Fact("history.photos_received", "flag", "algum pedido foi respondido com arquivos"),
        Fact("history.customer_waiting", "flag", "a última palavra do cliente ainda não teve resposta"),
        Fact("history.customer_answered", "flag", "o cliente já leu alguma resposta"),
        Fact("customer.blocked", "flag", "o cadastro do cliente está bloqueado"),
        Fact("customer.signup", "choice", "as etapas do cadastro no site", ("complete", "incomplete")),
        Fact("customer.registry", "choice", "o endereço na Receita, comparado ao do cadastro", ("updated", "outdated")),
        Fact(
            "customer.registry_match", "choice", "os dados do cadastro batem com os da Receita", ("matches", "differs")
        ),
        Fact(
            "customer.registry_status",
            "choice",
            "a situação do CNPJ na Receita",
            ("active", "suspended", "unfit", "closed", "void", "missing"),
        ),
        Fact("customer.same_root", "flag", "há outro cadastro com a mesma raiz de CNPJ"),
        Fact(
            "rulebook.denial_reasons", "choice", "se o motivo de uma negativa é dito ao cliente", ("told", "withheld")
        ),
        Fact("actor.party", "choice", "quem age", _PARTIES),
        Fact("actor.role", "choice", "o papel de quem age", _ROLES),
    )
}

Facts = Mapping[str, Value]
