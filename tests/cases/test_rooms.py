"""The rooms of a case: what registers itself is one set with what the rulebook and the rooms ask for."""

import re
from pathlib import Path
from typing import ClassVar

import pytest

import tratativa
from tratativa.cases import events
from tratativa.cases.core import effects
from tratativa.cases.sentences import registry
from tratativa.rulebook.language.arguments import ARGUMENTS, Argument
from tratativa.rulebook.terms.registered import Twice

SOURCE = Path(tratativa.__file__).parent


def test_every_effect_of_the_language_is_done_by_one_function_and_there_is_no_other() -> None:
    assert set(effects.VERBS) == set(ARGUMENTS)


def test_an_effect_that_is_done_already_cannot_be_done_otherwise() -> None:
    first = effects.VERBS["close"]

    with pytest.raises(Twice, match="`close`"):
        effects.effect("close")(lambda _change, _argument: None)

    assert effects.VERBS["close"] is first


def test_a_verb_of_the_language_cannot_be_taken_by_another_argument() -> None:
    first = ARGUMENTS["close"]

    with pytest.raises(Twice, match="`close`"):

        class Shut(Argument, verb="close"):
            """Another argument under the same verb."""

    assert ARGUMENTS["close"] is first


def test_an_event_keeps_its_kind_and_its_sentence() -> None:
    kind, telling = events.REGISTRY["case.closed"], registry.TELLINGS["case.closed"]

    class ClosedAgain(events.Event):
        """Another kind of event under the same name."""

        name: ClassVar[str] = "case.closed"

    with pytest.raises(Twice, match=r"`case\.closed`"):
        events.happening(ClosedAgain)
    with pytest.raises(Twice, match=r"`case\.closed`"):
        registry.tells(events.Closed)(lambda _on: "encerrado")

    assert events.REGISTRY["case.closed"] is kind
    assert registry.TELLINGS["case.closed"] is telling


def test_every_job_asked_for_by_name_is_a_job() -> None:
    asked, named = set(), set()
    for file in SOURCE.rglob("*.py"):
        text = file.read_text()
        asked |= set(re.findall(r'work\.ask\(\s*"([\w.]+)"', text))
        named |= set(re.findall(r'@app\.task\(\s*name="([\w.]+)"', text))

    assert asked
    assert asked <= named
