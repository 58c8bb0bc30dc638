"""A name in addresses is one company's; of two who take it at once one is told so in a sentence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction

from tratativa.accounts.models import Marketplace
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer
from tratativa.founding import companies

pytestmark = pytest.mark.django_db(transaction=True)
BY = Doer(command="test")


def at_once(*works: Callable[[], Any]) -> list[str]:
    """What each said, begun together: nothing, or its refusal."""
    together = Barrier(len(works))

    def one(work: Callable[[], Any]) -> str:
        try:
            with transaction.atomic():
                together.wait(10)
                work()
        except Refused as no:
            return str(no)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def test_of_two_renamed_to_one_name_at_once_one_is_told_so() -> None:
    first, second = (Marketplace.objects.create(slug=slug, name=slug, rulebook="") for slug in ("um", "dois"))

    said = at_once(
        lambda: companies.rename(first, "loja", "Loja", by=BY),
        lambda: companies.rename(second, "loja", "Loja", by=BY),
    )

    assert sorted(said) == ["", "«loja» já é de outro marketplace."]
    assert Marketplace.objects.filter(slug="loja").count() == 1


def test_of_two_founded_under_one_name_at_once_there_is_one() -> None:
    said = at_once(
        lambda: companies.found("loja", "Loja", by=BY),
        lambda: companies.found("loja", "Outra", by=BY),
        lambda: companies.found("loja", "Loja", by=BY),
    )

    name = Marketplace.objects.get().name
    other = sum(one != "" for one in said)
    assert other == (1 if name == "Loja" else 2)


def test_renaming_changes_nothing_else_of_what_somebody_changed_meanwhile() -> None:
    place = Marketplace.objects.create(slug="um", name="Um", rulebook="", accent="blue")
    Marketplace.objects.update(accent="teal", door_text="Olá")

    renamed = companies.rename(place, "dois", "Dois", by=BY)

    assert (renamed.accent, renamed.door_text) == ("teal", "Olá")
    assert Marketplace.objects.get().accent == "teal"
