"""Samples: what the design's pieces are shown with, in every state; nothing here is of a case or anybody's.

Invented data, in the language of the demonstration's stories.
"""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from tratativa.web.case.composing import Composer
from tratativa.web.case.sending import Sent
from tratativa.web.forms.plain_fields import Field

Sample = dict[str, Any]
COLOURS = ("ink", "ink-soft", "ink-faint", "paper", "canvas", "sunken", "hover", "line", "line-strong", "accent",
           "accent-wash", "red", "red-wash", "amber-wash", "green-wash", "violet-wash", "blue-wash")  # fmt: skip
SIZES = ("2xl", "xl", "l", "m", "s", "xs")
TONES = ("waiting", "urgent", "soon", "mediation", "done")


class Said(str):
    """A notice's words, with the tone a page's notices have."""

    level_tag = "info"
    extra_tags = ""

    def __new__(cls, words: str, tone: str) -> "Said":
        """The words, told in this tone."""
        made = super().__new__(cls, words)
        made.level_tag = tone
        return made


def notices() -> list[Said]:
    """One notice of each tone."""
    return [
        Said("Resposta enviada.", "success"),
        Said("Chegou novidade enquanto você escrevia.", "warning"),
        Said("O servidor não respondeu. Tente de novo.", "error"),
        Said("O atendimento está encerrado; reabra-o para escrever.", "info"),
    ]


def tabs() -> list[Sample]:
    """Tabs: the one shown, one that burns, one without a count."""
    return [
        {"label": "Aguardando você", "url": "#signs", "current": True, "count": "12", "hot": False},
        {"label": "Vencidos", "url": "#signs", "current": False, "count": "3", "hot": True},
        {"label": "Encerrados", "url": "#signs", "current": False, "count": None, "hot": False},
    ]


def fields() -> list[Field]:
    """A field of each kind: empty, filled, wrong, optional."""
    two = (("a", "Enviar outro", ""), ("b", "Devolver o dinheiro", "Sai hoje, pelo mesmo meio."))
    return [
        Field("sample-empty", "Nota fiscal", help="Os números, sem pontos."),
        Field("sample-filled", "Rastreio", "BR900000004BR", required=False),
        Field("sample-wrong", "Valor", "12,3,4", "Escreva um valor, como 12,34."),
        Field("sample-date", "Nova previsão", "2026-12-04", input="date"),
        Field("sample-long", "Motivo", "O produto chegou com a tampa rachada.", type="long_text"),
        Field("sample-choice", "Solução", "b", type="choice", options=two),
        Field("sample-tick", "O cliente já foi avisado", "yes", type="tick"),
    ]


def rows() -> list[Sample]:
    """Rows of a list: late, in its last tenth, unread, tagged, of somebody away, over."""
    late = {"due": "venceu há 2 h", "urgency": "late", "gone": None}
    soon = {"due": "faltam 40 min", "urgency": "soon", "gone": 94, "last_tenth": True}
    calm = {"due": "faltam 3 dias", "urgency": "", "gone": 28}
    return [
        _row(1, "Atraso na entrega", "Onde está o meu pedido?", late, unread=True),
        _row(2, "Produto com defeito", "A tampa veio rachada, mando as fotos.", soon, assignee="Ana Lima"),
        _row(3, "Nota fiscal", "Segue a nota.", calm, tags=["atraso", "greve"], said_by="Você",
             assignee="Célia Braga", cover="ausente"),
        _row(4, "Cancelamento", "Obrigada!", {"due": "", "urgency": "", "gone": None}, status="Encerrado",
             tone="done"),
    ]  # fmt: skip


def _row(number: int, subject: str, said: str, due: Sample, **more: Any) -> Sample:
    assignee = str(more.get("assignee", ""))
    return {
        "url": "#lists", "protocol": f"0000000000000{number}", "shown": f"20261130-000000{number}-0", "seen": 1,
        "order": f"83010{number}", "order_url": "#lists", "order_label": "Ver pedido", "customer": "Joana Prado",
        "goods": "Jogo de lençóis queen", "subject": subject, "said": said, "said_by": "Joana", "unread": False,
        "status": "Aguardando você", "tone": "waiting", "last": "11:40", "value": "R$ 199,90", "version": 1,
        "initials": "".join(word[0] for word in assignee.split()), "due_exact": "", "last_tenth": False,
        **due, **more,
    }  # fmt: skip


def lines(now: datetime) -> list[SimpleNamespace]:
    """A conversation: a customer's word, a team's note, a reply, and what happened between."""
    ago = [now - timedelta(hours=hours) for hours in (26, 25, 3, 2)]
    told: list[Sample] = [
        {"number": 1, "is_message": True, "party": "customer", "who": "Joana Prado", "title": "para Casa Aurora",
         "readers": "", "at": ago[0], "words": "Bom dia! O lençol veio na cor errada.", "told": False},
        {"number": 2, "is_message": False, "tone": "bad", "icon": "clock-alert", "title": "Prazo perdido.",
         "at": ago[1]},
        {"number": 3, "is_message": True, "party": "seller", "who": "Ana Lima", "title": "nota",
         "readers": "só a equipe", "customer_reads": False, "hidden": True, "at": ago[2],
         "words": "Pedi ao depósito para conferir o lote.", "told": False},
        {"number": 4, "is_message": True, "party": "seller", "who": "Ana Lima", "title": "para o cliente",
         "readers": "o cliente lê", "customer_reads": True, "at": ago[3],
         "rich": "<p>Enviamos outro hoje. <strong>Chega na sexta.</strong></p>", "told": False},
    ]  # fmt: skip
    return [SimpleNamespace(**one) for one in told]


def sending(now: datetime) -> list[Sent]:
    """A message on its way, one that was said, one that came back."""
    words = "Enviamos outro hoje."
    told = (("waiting", "Enviando para o cliente"), ("said", "Mensagem enviada para o cliente"),
            ("refused", "A mensagem não foi enviada: o atendimento foi encerrado."))  # fmt: skip
    return [
        Sent("", state, title, words, 1, now + timedelta(seconds=8), 8.0, "#talk", undo, undo, "")
        for state, title in told
        for undo in ["#talk" if state == "waiting" else ""]
    ]


def composer() -> Composer:
    """A composer that asks whether the customer reads."""
    sends = [("customer", "Enviar ao cliente"), ("marketplace", "Enviar ao marketplace")]
    names = [("customer", "Cliente"), ("marketplace", "Marketplace")]
    return Composer(True, "", "Responder", names, sends, True, False, True, "Escreva a resposta…")


def actions() -> list[Sample]:
    """What may be done, and what may not and why."""
    return [
        {"url": "#talk", "label": "Devolver o dinheiro", "icon": "banknote", "due": None},
        {"url": "", "label": "Encerrar", "why": "Responda ao cliente antes de encerrar."},
    ]


def files() -> list[Sample]:
    """Files as tiles: a document, and a paper whose opening is told."""
    return [
        {"url": "#talk", "name": "nota-fiscal.pdf", "size": 48_213, "picture": False, "paper": False},
        {"url": "#talk", "name": "identidade.jpg", "size": 912_044, "picture": False, "paper": True},
    ]


def empties() -> list[Sample]:
    """What stands where nothing is: nothing waits, nothing found, nothing yet."""
    return [
        {"icon": "inbox", "title": "Nada espera por você",
         "text": "Novos atendimentos e respostas aparecem aqui na hora."},
        {"icon": "search-x", "title": "Nada com estes filtros", "text": "Confira os números ou tire um filtro."},
        {"icon": "tag", "title": "Ainda não há etiquetas", "text": "Abra um atendimento e ponha a primeira."},
    ]  # fmt: skip
