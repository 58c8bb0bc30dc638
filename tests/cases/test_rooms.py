"""The rooms of a case: what registers itself is one set with what the rulebook and the rooms ask for."""

import re
from pathlib import Path

import tratativa
from tratativa.cases.core import effects
from tratativa.rulebook.language.arguments import ARGUMENTS

SOURCE = Path(tratativa.__file__).parent


def test_every_effect_of_the_language_is_done_by_one_function_and_there_is_no_other() -> None:
    assert set(effects.VERBS) == set(ARGUMENTS)


def test_every_job_asked_for_by_name_is_a_job() -> None:
    asked, named = set(), set()
    for file in SOURCE.rglob("*.py"):
        text = file.read_text()
        asked |= set(re.findall(r'work\.ask\(\s*"([\w.]+)"', text))
        named |= set(re.findall(r'@app\.task\(\s*name="([\w.]+)"', text))

    assert asked
    assert asked <= named
