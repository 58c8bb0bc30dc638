"""The races of `racing`: each takes a new case, lets two act at once, and says what was lost; Django is ready."""

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.test import Client
from django.urls import reverse

from tools.drill import stage
from tratativa.accounts import actors
from tratativa.cases.models import Case, Draft, Entry, Text

MOVED = (409, 422)  # what a form answers that was drawn from an older case


@dataclass(frozen=True)
class Stage:
    """A marketplace, two of its team, two of a seller's, a customer, each with a browser."""

    market: stage.Market
    ana: Client
    bia: Client
    marta: Client
    mara: Client
    buyer: Client


def build() -> Stage:
    """The people."""
    market = stage.market("corridas", "A")
    side = market.sides[0]
    return Stage(
        market, stage.browser(side.agent), stage.browser(side.admin), stage.browser(market.agent),
        stage.browser(market.admin), stage.browser(actors.of_customer(side.customer)),
    )  # fmt: skip


def answers(on: Stage, turn: int) -> Iterator[str]:
    """Two of a seller answer from the same page: one is sent, the other is told and has the words still."""
    case = _case(on, turn)
    words = [f"Primeira resposta {turn}.", f"Outra resposta {turn}."]
    form = {"to": "marketplace", "confirmed": "yes", **stage.seen(case)}
    where = reverse("reply", args=[case.protocol])
    first, second = at_once(
        lambda: on.ana.post(where, {**form, "text": words[0]}), lambda: on.bia.post(where, {**form, "text": words[1]})
    )
    told = set(Text.objects.filter(entry__case=case).values_list("body", flat=True))
    kept = set(Draft.objects.filter(case=case).values_list("body", flat=True))
    for answer, own in zip((first, second), words, strict=True):
        yield from _told_or_kept(answer, own, told, kept)
    if sorted((first.status_code, second.status_code)) != [302, 409]:
        yield f"duas respostas da mesma página: {first.status_code} e {second.status_code}"


def closings(on: Stage, turn: int) -> Iterator[str]:
    """The team closes while the customer writes: a closed case hides no message of theirs."""
    case = _case(on, turn)
    words = f"Ainda não chegou {turn}."
    form = {"seen": str(stage.seen(case)["seen"]), f"seen-{case.protocol}": stage.seen(case)["seen"]}
    closing = {"do": "close", "case": case.protocol, **form}
    _closed, wrote = at_once(
        lambda: on.marta.post(reverse("bulk"), closing),
        lambda: on.buyer.post(reverse("my_reply", args=[case.protocol]), {"text": words}),
    )
    case.refresh_from_db()
    said = Text.objects.filter(entry__case__customer=case.customer_id, body=words).exists()
    if wrote.status_code == 302 and not said:
        yield "uma mensagem do cliente que a página disse enviada não está no histórico"
    if case.closed_at and Entry.objects.filter(case=case, event="message.posted", party="customer").count() > 1:
        last = Entry.objects.filter(case=case, event__in=["message.posted", "case.closed"]).latest("number")
        if last.event == "case.closed":
            yield "um atendimento encerrado por cima da mensagem do cliente"


def assignments(on: Stage, turn: int) -> Iterator[str]:
    """Two take one case: one has it, and the other's page says so."""
    case = _case(on, turn)
    told = {f"seen-{case.protocol}": stage.seen(case)["seen"], "do": "assign", "case": case.protocol}
    people = [on.market.agent, on.market.admin]
    first, second = at_once(
        lambda: on.marta.post(reverse("bulk"), {**told, "person": str(people[0].person_id)}),
        lambda: on.mara.post(reverse("bulk"), {**told, "person": str(people[1].person_id)}),
    )
    case.refresh_from_db()
    taken = Entry.objects.filter(case=case, event="case.assigned").count()
    if taken != 1:
        yield f"o mesmo atendimento assumido {taken} vezes da mesma página"
    winner = people[0] if case.assignee_id == people[0].person_id else people[1]
    loser = second if winner is people[0] else first
    if winner.name not in loser.content.decode():
        yield "quem chegou em segundo não soube quem foi o primeiro"


def drafts(on: Stage, turn: int) -> Iterator[str]:
    """One person writes in two windows: neither's words take the other's place unseen."""
    case = _case(on, turn)
    where = reverse("draft", args=[case.protocol])
    words = [f"Numa janela {turn}.", f"Na outra {turn}."]
    windows = [on.ana, _twin(on.ana)]
    answered = at_once(
        lambda: windows[0].post(where, {"text": words[0], "to": "marketplace", "draft": ""}),
        lambda: windows[1].post(where, {"text": words[1], "to": "marketplace", "draft": ""}),
    )
    kept = Draft.objects.filter(case=case).values_list("body", flat=True).get()
    for answer, own in zip(answered, words, strict=True):
        if answer.json().get("saved") and own != kept:
            yield "um rascunho que a página disse guardado foi tomado por outro"
        if not answer.json().get("saved") and answer.json().get("elsewhere", {}).get("text") != kept:
            yield "a outra janela não soube o que estava guardado"


KINDS: Mapping[str, Callable[[Stage, int], Iterator[str]]] = {
    "respostas": answers,
    "encerramentos": closings,
    "atribuições": assignments,
    "rascunhos": drafts,
}


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gives, begun together, each on a connection of its own."""
    line = threading.Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        try:
            line.wait(30)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def _told_or_kept(answer: Any, own: str, told: set[str], kept: set[str]) -> Iterator[str]:
    if answer.status_code == 302 and own not in told:
        yield "uma resposta que a página disse enviada não está no histórico"
    if answer.status_code in MOVED:
        if own in told:
            yield "uma resposta recusada está no histórico"
        if own not in kept and own not in answer.content.decode():
            yield "um texto recusado não está em lugar nenhum"
        elif own not in answer.content.decode():
            yield "um texto recusado não está mais no campo"


def _case(on: Stage, turn: int) -> Case:
    side = on.market.sides[0]
    case = stage.open_case(side.order, side.customer, f"Cadê o pedido {turn}?")
    case.refresh_from_db()
    return case


def _twin(client: Client) -> Client:
    twin = Client(raise_request_exception=False)
    twin.cookies = client.cookies
    return twin
