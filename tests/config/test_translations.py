"""The catalogues: nothing marked in code or page is missed, and what is translated stays."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from click.testing import CliRunner
from django.test import Client
from pytest_django import Settings

from tests.cast import gather
from tratativa.cli import translations
from tratativa.cli.translation_commands import translations as command
from tratativa.config import saying
from tratativa.config.trouble import Trouble

PAGE = """{% load i18n %}
<div>
    <p title="it's">{% translate "Bom dia" %}</p>
  {% blocktranslate trimmed with name=person.name %}
    Faltam {{ name }}
    e horas
  {% endblocktranslate %}
      {% blocktranslate count n=total %}um caso{% plural %}{{ n }} casos{% endblocktranslate %}
 {{ _("Sim") }} {% translate "abrir" context "verbo" %}
</div>
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with a sentence in its code and several in its page."""
    (tmp_path / "words.py").write_text(
        "from django.utils.translation import gettext as _\nhello = _('Olá, %(name)s')\n"
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    return tmp_path


def translate(package: Path, words: dict[str, str | tuple[str, str]]) -> None:
    file = translations.catalogue_file(package)
    with file.open("rb") as source:
        catalogue = read_po(source)
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key in words:
            message.string = words[key]
    with file.open("wb") as target:
        write_po(target, catalogue)


ENGLISH: dict[str, str | tuple[str, str]] = {
    "Olá, %(name)s": "Hello, %(name)s",
    "Bom dia": "Good morning",
    "Faltam %(name)s e horas": "%(name)s and hours left",
    "um caso": ("one case", "%(n)s cases"),
    "Sim": "Yes",
    "abrir": "open",
}


def test_every_sentence_of_code_and_pages_is_found(package: Path) -> None:
    found = {message.id: message.context for message in translations.found(package) if message.id}

    assert found == {
        "Olá, %(name)s": None,
        "Bom dia": None,
        "Faltam %(name)s e horas": None,
        ("um caso", "%(n)s casos"): None,
        "Sim": None,
        "abrir": "verbo",
    }


def test_a_complete_catalogue_has_no_gaps_and_speaks_english(package: Path) -> None:
    translations.update(package)
    translate(package, ENGLISH)

    assert list(translations.gaps(package)) == []

    translations.compile_catalogue(package)
    assert translations.catalogue_file(package).with_suffix(".mo").stat().st_size > 0


def test_a_new_sentence_is_a_gap_until_it_is_extracted_and_translated(package: Path) -> None:
    translations.update(package)
    translate(package, ENGLISH)
    with (package / "words.py").open("a") as more:
        more.write("bye = _('Até logo')\n")

    assert list(translations.gaps(package)) == ["falta no catálogo: 'Até logo'"]
    assert translations.update(package) == 1
    assert list(translations.gaps(package)) == ["sem tradução: 'Até logo'"]
    translate(package, {"Até logo": "See you"})
    assert list(translations.gaps(package)) == []


def test_a_translation_with_a_gap_the_sentence_does_not_have_is_refused(package: Path) -> None:
    translations.update(package)
    translate(package, {**ENGLISH, "Olá, %(name)s": "Hello, %(nome)s"})

    (gap,) = translations.gaps(package)

    assert gap.startswith("lacunas diferentes")


def test_extracting_keeps_what_is_translated_and_drops_what_nobody_says(package: Path) -> None:
    translations.update(package)
    translate(package, ENGLISH)
    (package / "words.py").write_text("")

    assert translations.update(package) == 0
    known = translations.read(package)
    assert known.get("Bom dia").string == "Good morning"
    assert "Olá, %(name)s" not in translations.catalogue_file(package).read_text()


def test_the_command_fails_with_the_list_when_something_is_missing(package: Path) -> None:
    seen = CliRunner().invoke(command, ["check", "--package", str(package)])

    assert isinstance(seen.exception, Trouble)
    assert "6 frases sem tradução" in str(seen.exception)
    assert "en: falta no catálogo: 'Bom dia'" in seen.stderr


def test_a_sentence_inside_an_f_string_is_told_of_since_nobody_finds_it(package: Path) -> None:
    (package / "hidden.py").write_text(
        "from django.utils.translation import gettext as _\ndef row(n: int) -> str:\n    return f\"{_('linha')} {n}\"\n"
    )

    assert "dentro de uma f-string, onde não se acha: hidden.py:3" in list(translations.gaps(package))


def test_a_language_more_is_a_folder_with_an_empty_catalogue_and_nothing_else(package: Path) -> None:
    spanish = translations.catalogue_file(package, "es")
    spanish.parent.mkdir(parents=True)
    spanish.touch()
    run = CliRunner()

    drawn = run.invoke(command, ["extract", "--package", str(package)])
    seen = run.invoke(command, ["check", "--package", str(package)])

    assert drawn.exit_code == 0 and "Bom dia" in spanish.read_text() and "Language: es" in spanish.read_text()
    assert isinstance(seen.exception, Trouble) and "es: sem tradução: 'Bom dia'" in seen.stderr
    run.invoke(command, ["compile", "--package", str(package)])
    assert spanish.with_suffix(".mo").stat().st_size > 0


def test_the_pages_offer_every_language_with_a_catalogue_by_its_own_name(
    settings: Settings, client: Client, db: None
) -> None:
    gather()
    settings.LANGUAGES = [(code, saying.own_name(code)) for code in ("pt-br", "en", "es")]

    page = client.get("/accounts/login/", headers={"Accept-Language": "en"}).text

    assert re.findall(r'name="language" value="([^"]+)" lang="[^"]+">\s*(\w+)\s*<', page) == [
        ("pt-br", "Português"), ("es", "Español"),
    ]  # fmt: skip
    born = client.get("/accounts/login/", headers={"Accept-Language": "pt-BR"}).text
    assert re.findall(r'name="language" value="en" lang="en">\s*(\w+)\s*<', born) == ["English"]
    assert saying.LANGUAGES == ("pt-br", "en")
