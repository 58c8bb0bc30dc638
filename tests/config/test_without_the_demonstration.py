"""A desk that works has nothing of the demonstration: no app, no table, no page, no name to choose by accident."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distribution

import pytest

from tests.config.desks import Desk
from tratativa.orders import commands, connected, registry
from tratativa.orders.commands import OwnRegister

REAL = {"DJANGO_SETTINGS_MODULE": "tratativa.config.settings"}
LOOK = """
import django, json
django.setup()
from django.apps import apps
from django.conf import settings
from tratativa.orders import commands, registry
asks = type(registry.connector()).__qualname__ if registry.installed() else None
print(json.dumps([apps.is_installed("tratativa.demo"), type(commands.connector()).__qualname__, asks]))
"""


def found(**env: str) -> list[object]:
    """Whether the demo's app is there, who carries commands, who asks the Receita; in a process of its own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TRATATIVA_")}
    done = subprocess.run(
        [sys.executable, "-c", LOOK], env=plain | REAL | env, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr
    said: list[object] = json.loads(done.stdout)
    return said


def test_a_desk_has_neither_the_app_nor_its_connectors() -> None:
    assert found() == [False, OwnRegister.__qualname__, None]


def test_the_demonstration_has_all_of_it() -> None:
    assert found(TRATATIVA_DEMO="1") == [True, "OrderSystem", "Recorded"]


def test_the_demonstration_may_be_shown_with_another_order_system() -> None:
    there = found(TRATATIVA_DEMO="1", TRATATIVA_CONNECTOR="tratativa.orders.commands:OwnRegister")

    assert there == [True, OwnRegister.__qualname__, "Recorded"]


def test_what_is_installed_names_no_connector_of_the_demonstration() -> None:
    groups = {point.group for point in distribution("tratativa").entry_points}

    assert groups == {"console_scripts"}


@pytest.mark.parametrize("name", ["demo", "recorded", "no.such.package:Thing", "tratativa.orders.commands:NoSuchThing"])
def test_a_name_nobody_installed_is_told(name: str, settings: object) -> None:
    settings.CONNECTOR = settings.REGISTRY = name

    with pytest.raises(LookupError, match="TRATATIVA_CONNECTOR"):
        commands.connector()
    with pytest.raises(LookupError, match="TRATATIVA_REGISTRY"):
        registry.connector()


def test_a_class_is_made_by_its_place() -> None:
    assert type(connected.made("tratativa.connectors", "tratativa.orders.commands:OwnRegister")) is OwnRegister


def test_serving_makes_no_table_of_the_demonstration_and_shows_no_page_of_it(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(**REAL).start()

    tables = {name for (name,) in desk.ask("select tablename from pg_tables where schemaname = 'public'")}
    migrated = {app for (app,) in desk.ask("select distinct app from django_migrations")}
    jobs = [name for (name,) in desk.ask("select task_name from procrastinate_jobs")]

    assert "cases_case" in tables
    assert [name for name in tables if name.startswith("demo_")] == []
    assert "demo" not in migrated
    assert [name for name in jobs if "demo" in str(name)] == []
    refused = desk.run("stage")
    assert refused.returncode == 1
    assert "use tratativa demo" in refused.stderr + refused.stdout
    assert desk.ask("select count(*) from accounts_marketplace") == [(0,)]
    _set_up(desk)
    assert (desk.get("/demo/"), desk.get("/accounts/login/")) == (404, 200)


def _set_up(desk: Desk) -> None:
    """Until there is a company every address answers that there is none."""
    password = desk.home / "password"
    password.write_text("uma senha bem longa 42")
    company = ("--company", "Loja Exemplo", "--slug", "loja", "--rulebook", "essencial")
    done = desk.run("setup", *company, "--admin", "ana@loja.example", "--password-file", str(password))
    assert done.returncode == 0, done.stderr + done.stdout


@pytest.mark.parametrize("command", ["serve", "web"])
def test_an_environment_that_says_demo_opens_no_demonstration_on_a_desk_that_works(
    command: str, make_desk: Callable[..., Desk]
) -> None:
    keeper = make_desk(**REAL).start()
    desk = keeper if command == "serve" else make_desk(**REAL, TRATATIVA_DEMO="1").start("web")
    if command == "serve":
        keeper.stop()
        desk = make_desk(**REAL, TRATATIVA_DEMO="1").start()

    _set_up(desk)
    assert (desk.get("/demo/"), desk.get("/accounts/login/")) == (404, 200)
    assert desk.ask("select count(*) from pg_tables where tablename like 'demo%%'") == [(0,)]
