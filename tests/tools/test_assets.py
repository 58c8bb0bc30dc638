"""What the pages load: joined from small files, under names that change with them, and in the wheel."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools import assets

DESK = assets.ROOT / "src" / "tratativa" / "web"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small product of two styles and two scripts."""
    web = tmp_path / "src" / "tratativa" / "web"
    for folder in ("styles/parts", "scripts/shared"):
        (web / folder).mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    (web / "styles" / "desk.css").write_text('@layer parts;\n@import url("parts/button.css") layer(parts);\n')
    (web / "styles" / "parts" / "button.css").write_text(".button { color: #ff0000; }\n")
    (web / "styles" / "customer.css").write_text(".calm { margin: 0; }\n")
    (web / "scripts" / "desk.js").write_text('import { word } from "./shared/words.js";\nconsole.log(word);\n')
    (web / "scripts" / "shared" / "words.js").write_text('export const word = "bom dia";\n')
    (web / "scripts" / "licences.txt").write_text("Thanks.\n")
    return tmp_path


def test_small_files_become_one_for_each_audience(house: Path) -> None:
    (built,) = assets.build(house)

    names = _names(built)
    assert (built / names["desk.css"]).read_text() == "@layer parts{.button{color:red}}"
    assert "bom dia" in (built / names["desk.js"]).read_text()
    assert set(names) == {"desk.css", "customer.css", "desk.js"}


def test_what_has_not_changed_is_not_built_again(house: Path) -> None:
    assert assets.stale(house)
    assets.build(house)

    assert not assets.stale(house)
    assert assets.build(house) == []


def test_a_changed_source_moves_the_files_it_is_in_and_no_other(house: Path) -> None:
    (built,) = assets.build(house)
    before = _names(built)

    (house / "src/tratativa/web/styles/parts/button.css").write_text(".button { color: #00f; }\n")
    assets.build(house)

    after = _names(built)
    assert after["desk.css"] != before["desk.css"]
    assert after["customer.css"] == before["customer.css"]
    assert after["desk.js"] == before["desk.js"]
    assert not (built / before["desk.css"]).exists()


@pytest.mark.parametrize(
    ("file", "wrong", "said"),
    [
        ("styles/customer.css", '@import url("parts/gone.css");', "customer.css"),
        ("styles/customer.css", ".calm { color: red; } }", "customer.css"),
        ("scripts/desk.js", 'import { word } from "./shared/gone.js";', "gone.js"),
        ("scripts/desk.js", 'import { other } from "./shared/words.js"; other();', "other"),
        ("scripts/shared/words.js", "export const word = ;", "words.js"),
    ],
)
def test_a_source_that_is_wrong_is_named_and_what_was_built_stays(
    house: Path, file: str, wrong: str, said: str
) -> None:
    (built,) = assets.build(house)
    before = sorted(built.iterdir())
    (house / "src/tratativa/web" / file).write_text(wrong)

    with pytest.raises(assets.Unjoined, match=said):
        assets.build(house)

    assert sorted(built.iterdir()) == before


def test_every_source_is_in_some_page() -> None:
    for folder, entry in (("styles", r'url\("([^"]+)"\)'), ("scripts", r'(?:import|from) ?\(?"(\.[^"]+)"')):
        files = {path for path in (DESK / folder).rglob("*") if path.suffix in {".css", ".js"}}
        used = {(path.parent / found).resolve() for path in files for found in re.findall(entry, path.read_text())}

        assert {path for path in files if path.parent != DESK / folder} == used


def test_what_others_wrote_is_built_in_with_its_terms_and_never_committed() -> None:
    built = DESK / "static" / "web"
    desk = (built / _names(built)["desk.js"]).read_text()
    terms = (built / assets.LICENCES).read_text()
    committed = subprocess.run(["git", "ls-files", "src"], cwd=assets.ROOT, capture_output=True, text=True).stdout

    assert desk.startswith(f"/*! What others wrote in this file, and under which licence: {assets.LICENCES} */")
    assert all(words in terms for words in ("htmx", "Tiptap", "Marijn Haverbeke", "Feinheit AG", "Adam Johnson"))
    assert not re.search(r"/static/|\.min\.|htmx-\d", committed)


def test_the_wheel_has_what_pages_load_and_say_and_not_what_it_was_made_from(tmp_path: Path) -> None:
    source = tmp_path / "source"
    leave = shutil.ignore_patterns("static", "*.mo", "__pycache__", "*.egg-info")
    for name in ("src", "tools"):
        shutil.copytree(assets.ROOT / name, source / name, ignore=leave)
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(assets.ROOT / name, source)

    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "."]
    subprocess.run([*command, "--wheel-dir", str(tmp_path)], cwd=source, check=True)

    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        inside = set(packed.namelist())
        for app in ("web", "demo"):
            known = json.loads(packed.read(f"tratativa/{app}/static/{app}/{assets.KNOWN}"))
            for name in known["names"].values():
                assert {f"tratativa/{app}/static/{app}/{name}{packing}" for packing in ("", ".gz", ".br")} <= inside
    assert any(re.search(r"/editor-\w+\.js\.br$", name) for name in inside)
    assert {f"tratativa/web/static/web/{assets.LICENCES}", "tratativa/locale/en/LC_MESSAGES/django.mo"} <= inside
    assert not {name for name in inside if re.match(r"tratativa/\w+/(styles|scripts|images)/|tools/", name)}


def _names(built: Path) -> dict[str, str]:
    names: dict[str, str] = json.loads((built / assets.KNOWN).read_text())["names"]
    return names
