"""Opening where a rulebook knows several kinds, or no reasons at all."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import gather
from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case

Enter = Callable[[Actor], Client]


@pytest.mark.django_db
def test_a_seller_starts_a_chat_with_the_reasons_of_a_chat(enter: Enter) -> None:
    cast = gather("madeiramadeira")
    client = enter(cast.ana)

    page = client.get("/orders/1001/open?kind=mensageria").content.decode()
    assert "Agendamento ou viabilização da entrega" in page
    assert "Avaria em produto entregue" not in page
    form = {"reason": "agendamento-ou-viabilizacao-da-entrega", "to": "customer", "text": "Pode ser na terça?"}
    client.post("/orders/1001/open?kind=mensageria", form)

    assert [case.kind for case in Case.objects.all()] == ["mensageria"]


@pytest.mark.django_db
def test_where_there_are_no_reasons_a_customer_is_asked_for_none(enter: Enter) -> None:
    cast = gather("troque-e-devolva")
    client = enter(cast.cliente)

    client.post("/my/orders/1001/open", {"text": "Quero trocar."})

    assert Case.objects.get().waiting_on == "marketplace"
