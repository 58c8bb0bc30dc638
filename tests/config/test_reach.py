"""What `doctor` says of how others reach a desk: HTTPS, names, the user it runs as, mailboxes nobody judges."""

import pytest
from pytest_django import Settings

from tests.cast import gather
from tratativa.cli import reach
from tratativa.config import settings as shipped
from tratativa.mail.models import Mailbox

FACTORY = ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize(
    ("url", "https", "well", "says"),
    [
        ("https://mesa.example", True, True, "HTTPS está ligado"),
        ("http://mesa.example", False, False, "TRATATIVA_HTTPS=1"),
        ("https://mesa.example", False, False, "TRATATIVA_HTTPS=1"),
        ("http://127.0.0.1:8000", False, True, "HTTPS está desligado"),
    ],
)
def test_https_that_is_off_is_named(settings: Settings, url: str, https: bool, well: bool, says: str) -> None:
    settings.SITE_URL, settings.HTTPS = url, https

    found = reach.transport()

    assert found.well is well and says in found.sentence


@pytest.mark.parametrize(
    ("url", "named", "well", "says"),
    [
        ("http://127.0.0.1:8000", FACTORY, True, "TRATATIVA_HOSTS"),
        ("https://mesa.example", FACTORY, False, "nomes de fábrica"),
        ("https://mesa.example", ["*"], False, "qualquer nome"),
        ("https://mesa.example", ["outra.example"], False, "não está em TRATATIVA_HOSTS"),
        ("https://mesa.example", ["mesa.example"], True, "mesa.example"),
        ("https://mesa.loja.example", [".loja.example"], True, "loja.example"),
    ],
)
def test_names_of_the_factory_are_named(settings: Settings, url: str, named: list[str], well: bool, says: str) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = url, named

    found = reach.hosts()

    assert found.well is well and says in found.sentence


def test_no_name_of_the_tests_is_answered_to() -> None:
    assert "testserver" not in shipped.ALLOWED_HOSTS


@pytest.mark.parametrize(("owners", "well"), [([0], False), ([1000, 0], False), ([1000], True), ([], True)])
def test_a_desk_that_runs_as_root_is_named(owners: list[int], well: bool) -> None:
    assert reach.runs_as(owners).well is well


@pytest.mark.django_db
def test_a_mailbox_that_trusts_nobody_s_word_about_senders_is_named() -> None:
    assert reach.mailboxes().well
    box = Mailbox.objects.create(marketplace=gather().marketplace, address="sac@loja.example")

    found = reach.mailboxes()
    assert not found.well and "sac@loja.example" in found.sentence and "--receiver" in found.sentence
    Mailbox.objects.filter(pk=box.pk).update(receiver="mx.loja.example")
    assert reach.mailboxes().well
