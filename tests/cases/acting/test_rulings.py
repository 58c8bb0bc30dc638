"""Rulings: what was decided is kept whatever a rulebook calls its fields; old rulebooks mean what they meant."""

import json
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from tests.cast import MONDAY, Cast, gather, local, opener, rewrite
from tests.tampering import switched_off
from tratativa.cases import sweeping
from tratativa.cases.acting import actions
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Entry, Version
from tratativa.orders.models import Command
from tratativa.rulebook.language.rulebook import Rulebook

LATE = local("2026-11-25 10:00")


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def ruling_of(book: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in book["actions"] if one.get("place") == "ruling")


def mediated(cast: Cast) -> Case:
    case = opener(cast)()
    sweeping.sweep(at=LATE)
    return actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=LATE)


def renamed(book: dict[str, Any]) -> None:
    """Every field of the ruling gets another label, and so another id; the effects name them anew."""
    action = ruling_of(book)
    names = {"A favor de": "Em benefício de", "Cancelar o pedido": "Cancela", "Decisão": "O que se decidiu"}
    for field in action["fields"]:
        field["label"] = names.get(field["label"], field["label"])
    action["do"] = [
        {"rule": {"benefits": "em-beneficio-de", "words": "o-que-se-decidiu", "cancels": "cancela", "clause": "9.9.1"}},
        {"cancel_order": {"if_field": "cancela"}},
        {"refund": {"choice": "reembolso", "field": "valor-do-reembolso"}},
        {"close": "A mediação foi decidida"},
    ]


def test_a_ruling_whose_fields_were_renamed_is_kept_whole(cast: Cast) -> None:
    rewrite(cast.marketplace, renamed, at=local("2026-02-01 00:00"))
    case = mediated(cast)
    given = {"Em benefício de": "customer", "Cancela": True, "O que se decidiu": "Devolva-se tudo."}

    actions.perform(case, "Decidir mediação", by=cast.marta, at=LATE, fields=given)

    ruled = Entry.objects.select_related("words").get(case=case, event="mediation.ruled")
    assert ruled.data == {"benefits": "customer", "cancels_order": True, "clause": "9.9.1"}
    assert ruled.said == "Devolva-se tudo."
    verbs = Command.objects.values_list("verb", flat=True)
    assert sorted(verbs) == ["cancel_order", "refund"]


def test_a_rulebook_adopted_before_effects_named_their_fields_still_rules(cast: Cast) -> None:
    def older(book: dict[str, Any]) -> None:
        action = ruling_of(book)
        action["fields"] = [one for one in action["fields"] if "eembolso" not in one["label"]]
        action["do"] = ["rule", {"cancel_order": {"if_field": "cancelar-o-pedido"}}, {"close": "Decidida"}]

    rewrite(cast.marketplace, older, at=local("2026-02-01 00:00"))
    with switched_off():
        import_module("tratativa.cases.migrations.0011_named_fields").name_fields(apps, None)
    rulebook_versions.forget()
    case = mediated(cast)
    given = {"a-favor-de": "seller", "decisao": "A entrega está provada."}

    actions.perform(case, "Decidir mediação", by=cast.marta, at=LATE, fields=given)

    ruled = Entry.objects.select_related("words").get(case=case, event="mediation.ruled")
    assert (ruled.data["benefits"], ruled.said) == ("seller", "A entrega está provada.")


def test_the_migration_keeps_every_shipped_rulebook_readable(db: None) -> None:
    cast = gather("compra-agora")

    def older(book: dict[str, Any]) -> None:
        for action in book["actions"]:
            for effect in action["do"]:
                if isinstance(effect, dict) and "share_fields" in (effect.get("escalate") or {}):
                    del effect["escalate"]["share_fields"]

    rewrite(cast.marketplace, older, at=MONDAY)
    version = Version.objects.latest("adopted_at")
    data = json.loads(version.source)
    asking = next(one for one in data["actions"] if one["label"] == "Criar ticket secundário")
    asking["do"][0]["escalate"]["share_fields"] = True
    with switched_off():
        Version.objects.filter(pk=version.pk).update(source=json.dumps(data))
        import_module("tratativa.cases.migrations.0011_named_fields").name_fields(apps, None)

    book = Rulebook.model_validate(json.loads(Version.objects.get(pk=version.pk).source))
    escalate = book.action("Criar ticket secundário").do[0].argument
    assert escalate.share_fields == {name: name for name in ("pedido", "loja", "cnpj", "valor", "evidencias")}
    assert book.action("Finalizar chamado").do[0].argument.leave_queues == "com-filhos-abertos"
