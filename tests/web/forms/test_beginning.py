"""Forms that begin with what is known: said where it is from, kept as typed, and nobody's who may not know it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import MONDAY, Cast, gather, opener, rewrite
from tests.web.conftest import NINE, Enter
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import actions
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Request
from tratativa.cases.reading import known
from tratativa.cases.requests import requests
from tratativa.orders.models import Order
from tratativa.rulebook.terms.forms import FormField

ADDRESS = "Rua das Acácias, 120, apto 4, Centro, São Paulo - SP, CEP 01310-100"
ACTION = "informar-expedicao-do-produto"


@pytest.fixture
def cast(db: None) -> Cast:
    found = gather("casas-bahia")
    Order.objects.filter(pk=found.order.pk).update(
        stage="shipped", tracking="BR900000003BR", address=ADDRESS, invoice="4812", carrier="Correios"
    )
    found.order.refresh_from_db()
    return found


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)(reason="Atraso na entrega")


def begins(case: Case, actor: Actor, kind: str, *sources: str, **more: Any) -> Any:
    """What a field of this type, known from there, begins with; None where nothing is known."""
    field = FormField.model_validate({"label": "Campo", "type": kind, "known_from": sources, **more})
    case.refresh_from_db()
    found = known.of(case, [field], actor, at=MONDAY)
    return found["campo"].value if found else None


def test_the_form_begins_with_the_order_s_tracking_and_says_so(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.ana).get(f"/cases/{case.protocol}/actions/{ACTION}").text

    assert 'value="BR900000003BR"' in page
    assert f"Do pedido {cast.order.number}." in page
    assert 'aria-describedby="codigo-de-rastreio-whence"' in page


def test_what_was_changed_or_emptied_stays_as_it_was_typed(cast: Cast, case: Case, enter: Enter) -> None:
    for typed in ("não é código", ""):
        page = enter(cast.ana).post(
            f"/cases/{case.protocol}/actions/{ACTION}", {"codigo-de-rastreio": typed, "seen": "0"}
        )  # the choice is missing: the form comes back

        assert page.status_code == 422
        assert "BR900000003BR" not in page.text.partition('name="codigo-de-rastreio"')[2].partition(">")[0]
        assert f"Do pedido {cast.order.number}." not in page.text


def test_the_customer_confirms_the_address_the_order_has(cast: Cast, case: Case, enter: Enter) -> None:
    actions.perform(case, "Confirmar endereço com cliente", by=cast.ana, at=NINE)

    page = enter(cast.cliente).get(f"/my/cases/{case.protocol}/requests/{Request.objects.get().pk}").text

    for said in ("01310-100", "Rua das Acácias", "120", "apto 4", "Centro", "São Paulo", "SP"):
        assert f'value="{said}"' in page
    assert f"Do pedido {cast.order.number}." in page


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (ADDRESS, {"cep": "01310-100", "rua": "Rua das Acácias", "numero": "120", "complemento": "apto 4",
                   "bairro": "Centro", "cidade": "São Paulo", "uf": "SP"}),
        ("Rua das Acácias, 120, São Paulo, SP", {"rua": "Rua das Acácias", "numero": "120", "cidade": "São Paulo",
                                                 "uf": "SP"}),
        ("Av. Brasil, s/n, Centro, Rio de Janeiro/RJ 20040002", {"cep": "20040-002", "rua": "Av. Brasil",
                                                                 "numero": "s/n", "bairro": "Centro",
                                                                 "cidade": "Rio de Janeiro", "uf": "RJ"}),
        ("Sítio Boa Vista", {"rua": "Sítio Boa Vista"}),
    ],
)  # fmt: skip
def test_of_an_address_in_one_line_only_what_is_sure_is_filled_in(
    cast: Cast, case: Case, line: str, parts: dict[str, str]
) -> None:
    Order.objects.update(address=line)

    assert begins(Case.objects.get(), cast.cliente, "address", "order.address") == parts


def test_what_no_page_shows_a_seller_no_form_begins_with(cast: Cast, case: Case) -> None:
    assert begins(case, cast.ana, "address", "order.address") is None
    assert begins(case, cast.marta, "text", "order.address") == ADDRESS


def test_a_form_s_answer_and_an_earlier_action_are_known_to_those_who_read_them(cast: Cast, case: Case) -> None:
    actions.perform(case, "Confirmar endereço com cliente", by=cast.ana, at=NINE)
    home = {"cep": "01310-100", "rua": "Avenida Paulista", "numero": "1000", "bairro": "Bela Vista",
            "cidade": "São Paulo", "uf": "SP"}  # fmt: skip
    requests.answer(Request.objects.get(), {"Endereço": home}, by=cast.cliente, at=NINE)
    actions.perform(
        case, "Informar expedição do produto", by=cast.ana, at=NINE, fields={"Expedição": "Coletado pela Via"}
    )

    answered = begins(case, cast.ana, "address", "answer.endereco.Endereço")
    done = ["action.informar-expedicao-do-produto.Expedição"]

    assert answered["rua"] == "Avenida Paulista"
    assert begins(case, cast.ana, "choice", *done, choices={"correios": "C", "via": "V"}) == "via"
    assert begins(case, cast.cliente, "choice", *done, choices={"correios": "C", "via": "V"}) is None


def test_what_was_left_empty_the_last_time_is_not_what_was_said_before(cast: Cast) -> None:
    def optional(data: dict[str, Any]) -> None:
        action = next(one for one in data["actions"] if one["label"] == "Informar expedição do produto")
        action["fields"][0]["required"] = False

    rewrite(cast.marketplace, optional, at=MONDAY)
    case, name = opener(cast)(reason="Atraso na entrega"), "Informar expedição do produto"
    source, choices = "action.informar-expedicao-do-produto.Expedição", {"correios": "C", "via": "V"}
    actions.perform(case, name, by=cast.ana, at=NINE, fields={"Expedição": "Coletado pela Via"})
    before = begins(case, cast.ana, "choice", source, choices=choices)

    actions.perform(case, name, by=cast.ana, at=NINE, fields={"Expedição": ""})

    assert (before, begins(case, cast.ana, "choice", source, choices=choices)) == ("via", None)


def test_what_an_order_lacks_is_known_to_the_marketplace_alone(cast: Cast, case: Case) -> None:
    Order.objects.update(shortage_cents=6135)

    known_to = [begins(case, actor, "money", "order.shortage") for actor in (cast.marta, cast.ana, cast.cliente)]

    assert known_to == ["61,35", None, None]


def test_of_several_sources_the_first_that_is_known_and_no_day_that_passed(cast: Cast, case: Case) -> None:
    Order.objects.update(tracking="", promised_at="2026-11-20", total_cents=19990)

    assert begins(Case.objects.get(), cast.ana, "text", "order.tracking", "order.carrier") == "Correios"
    assert begins(Case.objects.get(), cast.ana, "date", "order.promised_at") == "2026-11-20"
    assert begins(Case.objects.get(), cast.ana, "date", "order.promised_at", not_before="today") is None
    assert begins(Case.objects.get(), cast.ana, "money", "order.total") == "199,90"


def test_a_rulebook_that_says_nothing_of_it_asks_nothing_of_the_database(
    cast: Cast, case: Case, django_assert_num_queries: Callable[[int], Any]
) -> None:
    rewrite(cast.marketplace, lambda data: None, at=MONDAY)
    fields = [FormField.model_validate({"label": "Campo"})]
    rulebook_versions.of(case)

    with django_assert_num_queries(0):
        assert known.of(case, fields, cast.ana, at=MONDAY) == {}
