"""Codes that open a customer's pages: what is kept of one is worth nothing without the installation's key."""

import hashlib
from datetime import timedelta

import pytest
from pytest_django import Settings

from tests.cast import MONDAY, Cast, gather
from tratativa.accounts import signing_in
from tratativa.accounts.access import customer_access
from tratativa.accounts.access.models import Attempt
from tratativa.accounts.models import Key


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def test_who_reads_the_table_cannot_try_out_the_six_digits(cast: Cast) -> None:
    code = signing_in.make_code(cast.buyer, at=MONDAY)
    kept = Key.objects.get(kind="code").digest

    for text in (code, f"{cast.buyer.pk}:{code}", f"{cast.buyer.pk}{code}", f"code:{code}"):
        assert kept != hashlib.sha256(text.encode()).hexdigest()


def test_a_code_opens_once_under_its_key_and_not_under_another(cast: Cast, settings: Settings) -> None:
    code = signing_in.make_code(cast.buyer, at=MONDAY)
    key = settings.SECRET_KEY

    settings.SECRET_KEY = "another installation's"
    assert not signing_in.open_code(str(cast.buyer.pk), code, at=MONDAY)
    settings.SECRET_KEY = key
    assert signing_in.open_code(str(cast.buyer.pk), code, at=MONDAY)
    assert not signing_in.open_code(str(cast.buyer.pk), code, at=MONDAY)


def test_who_reads_the_table_cannot_try_out_the_documents(cast: Cast) -> None:
    signing_in.slow_down("document", cast.buyer.document, limit=6, within=timedelta(hours=1), at=MONDAY)

    assert Attempt.objects.get().who != hashlib.sha256(cast.buyer.document.encode()).hexdigest()
    assert cast.buyer.document not in Attempt.objects.get().who


def test_a_code_lives_ten_minutes(cast: Cast) -> None:
    early, late = MONDAY + timedelta(minutes=9, seconds=59), MONDAY + timedelta(minutes=10)

    assert not signing_in.open_code(str(cast.buyer.pk), signing_in.make_code(cast.buyer, at=MONDAY), at=late)
    assert signing_in.open_code(str(cast.buyer.pk), signing_in.make_code(cast.buyer, at=MONDAY), at=early)


def test_a_code_that_was_sent_before_its_customer_was_shut_out_opens_nothing(cast: Cast) -> None:
    code = signing_in.make_code(cast.buyer, at=MONDAY)

    customer_access.shut_out(cast.buyer.pk, at=MONDAY + timedelta(minutes=1))

    assert not signing_in.open_code(str(cast.buyer.pk), code, at=MONDAY + timedelta(minutes=2))
