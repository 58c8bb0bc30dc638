"""The log of signing in tells who came, left, or was refused, and from where; and no password's own words."""

import logging

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests.cast import Cast, gather
from tratativa.accounts.models import Person
from tratativa.config import settings as own

WORD = "uma senha bem longa"
LOG = "tratativa.accounts.access.sign_in_log"


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == LOG]


def enter(password: str) -> Client:
    client = Client(REMOTE_ADDR="203.0.113.9")
    client.post("/accounts/login/", {"login": "ana@equipe.example", "password": password})
    return client


def test_who_comes_and_leaves_is_logged_with_their_address(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, LOG)

    enter(WORD).post("/accounts/logout/")

    ana = Person.objects.get(pk=cast.ana.person_id)
    assert told(caplog) == [f"{ana.pk} signed in from 203.0.113.9", f"{ana.pk} signed out from 203.0.113.9"]


def test_who_is_refused_is_logged_and_neither_address_nor_password_is(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    enter("adivinhada")
    enter("adivinhada")

    first, second = told(caplog)
    assert first == second
    assert first.startswith("refused ") and first.endswith(" from 203.0.113.9")
    assert "ana@" not in caplog.text and "adivinhada" not in caplog.text


def test_another_password_is_logged(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, LOG)
    client = enter(WORD)

    new = "outra frase bem longa 7"
    client.post("/accounts/password/change/", {"oldpassword": WORD, "password1": new, "password2": new})

    assert told(caplog)[-1].endswith("changed the password from 203.0.113.9")


@pytest.mark.parametrize("weak", ["tratativa1", "Americanas2026", "MEDIAÇÃO-123", "xxAtendimento"])
def test_a_password_is_more_than_a_word_of_this_desk(cast: Cast, weak: str) -> None:
    with pytest.raises(ValidationError) as no:
        validate_password(weak, password_validators=get_default_password_validators())

    assert "password_own_word" in {error.code for error in no.value.error_list}


def test_a_long_password_may_name_the_desk(cast: Cast) -> None:
    validate_password("americanas tem cavalos azuis", password_validators=get_default_password_validators())


def test_a_log_line_says_its_offset_from_utc() -> None:
    assert own.LOGGING["formatters"]["line"]["datefmt"].endswith("%z")  # type: ignore[index]
    assert settings.SECURE_HSTS_INCLUDE_SUBDOMAINS is settings.SESSION_COOKIE_SECURE
