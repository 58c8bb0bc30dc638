"""Pictures beside a procedure's steps: what the linter lets in, and what a version says of them (K01-14)."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tratativa.rulebook import reading, shipped
from tratativa.rulebook.lint import linting
from tratativa.rulebook.procedures import diagram
from tratativa.rulebook.reading import BadRulebook
from tratativa.rulebook.terms import pictures
from tratativa.rulebook.terms.pictures import BadPicture

FOLDER = shipped.FOLDER / "compra-agora"
FIRST = "cadastro-1-lista-de-clientes.svg"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "compra-agora"
    shutil.copytree(FOLDER, copy)
    return copy


def raster(kind: str, size: tuple[int, int] = (12, 8)) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "white").save(made, kind)
    return made.getvalue()


def complaints(folder: Path) -> list[str]:
    try:
        return [str(problem) for problem in linting.lint(reading.load(folder))]
    except BadRulebook as bad:
        return [str(problem) for problem in bad.problems]


def test_the_admin_steps_of_the_registration_are_shown_and_each_says_what_it_shows() -> None:
    loaded = reading.load(FOLDER)
    playbook = loaded.book.playbook("Alterar cadastro")
    assert playbook

    shown = [one for step in playbook.steps.values() for one in step.all_pictures()]

    assert [one.file.split("-")[1] for one in shown] == ["1", "2", "3", "4", "5", "6"]
    for words, one in zip(("Customers", "busca", "Edit", "Account", "Email", "Save"), shown, strict=True):
        assert words in one.alt
    kept = loaded.book.pictures[FIRST]
    assert loaded.drawn[kept.digest].content == (FOLDER / "pictures" / FIRST).read_bytes()
    assert (kept.width, kept.height, kept.type) == (360, 220, "image/svg+xml")


def test_another_picture_is_another_version(folder: Path) -> None:
    before = reading.load(folder).digest

    (folder / "pictures" / FIRST).write_text(HEAD + "</svg>")

    assert reading.load(folder).digest != before


def test_a_picture_that_is_not_there_is_heard_at_its_step(folder: Path) -> None:
    (folder / "pictures" / FIRST).unlink()

    found = complaints(folder)

    assert any("01-alterar-cadastro.yaml:" in one and f"falta a figura pictures/{FIRST}" in one for one in found)
    assert any("01a-divergencia-de-dados.yaml:" in one for one in found)


def test_a_picture_no_step_shows_is_heard(folder: Path) -> None:
    (folder / "pictures" / "sobra.png").write_bytes(raster("PNG"))

    assert any("nenhum passo mostra pictures/sobra.png" in one for one in complaints(folder))


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        ("grande.svg", (HEAD + " " * pictures.LIMIT + "</svg>").encode(), "até 256 KiB; esta tem 257"),
        ("larga.png", raster("PNG", (4001, 1)), "até 4000 × 4000 pixels; esta tem 4001 × 1"),
        ("foto.png", raster("JPEG"), "o conteúdo não é PNG, como o nome diz"),
        ("foto.webp", raster("PNG"), "o conteúdo não é WEBP, como o nome diz"),
        ("texto.jpg", b"<script>alert(1)</script>", "o conteúdo não é JPEG, como o nome diz"),
        ("anima.gif", raster("GIF"), "uma figura é .png, .jpg, .webp ou .svg"),
        ("cortada.png", raster("PNG", (90, 90))[:60], "o conteúdo não é PNG"),
    ],
)
def test_a_file_that_is_too_large_or_something_else_is_named(folder: Path, file: str, content: bytes, why: str) -> None:
    (folder / "pictures" / file).write_bytes(content)

    [found] = complaints(folder)

    assert found.startswith(f"compra-agora/pictures/{file}:1: ") and why in found


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<image href="https://fora.example/a.png"/>',
        '<use href="https://fora.example/a.svg#x"/>',
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="javascript:alert(1)"/>',
        '<rect fill="url(https://fora.example/a)"/>',
        '<rect style="background:url(x)"/>',
        "<style>@import 'https://fora.example/a.css';</style>",
        "<foreignObject><b/></foreignObject>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        '<?xml-stylesheet href="https://fora.example/a.css"?>',
    ],
)
def test_a_drawing_that_runs_or_fetches_something_is_refused(inside: str) -> None:
    with pytest.raises(BadPicture):
        pictures.look(".svg", (HEAD + inside + "</svg>").encode())


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + HEAD.encode() + b"&a;</svg>",
        ('<?xml version="1.0" encoding="utf-7"?>' + HEAD + "</svg>").encode(),
        (HEAD + "</svg>").encode("utf-16"),
        b"<svg viewBox='0 0 1 1'/>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"GIF89a",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ' + b"9" * 400 + b' 20"></svg>',
    ],
)
def test_what_is_no_plain_drawing_is_refused(content: bytes) -> None:
    with pytest.raises(BadPicture):
        pictures.look(".svg", content)


def test_a_plain_drawing_with_its_own_gradient_is_taken() -> None:
    body = '<defs><linearGradient id="a"/></defs><rect fill="url(#a)"/><use href="#a"/>'

    drawn = pictures.look(".svg", ('<?xml version="1.0" encoding="UTF-8"?>\n' + HEAD + body + "</svg>").encode())

    assert (drawn.width, drawn.height, drawn.type) == (30, 20, "image/svg+xml")


@pytest.mark.parametrize(("suffix", "kind"), [(".png", "PNG"), (".jpg", "JPEG"), (".webp", "WEBP")])
def test_a_photograph_of_a_screen_is_taken_by_its_content(suffix: str, kind: str) -> None:
    assert (pictures.look(suffix, raster(kind)).width, pictures.look(suffix, raster(kind)).height) == (12, 8)


def test_the_drawn_procedure_tells_where_pictures_stand() -> None:
    playbook = reading.load(FOLDER).book.playbook("Alterar cadastro")
    assert playbook

    drawn = diagram.svg(playbook)

    assert "Figuras: No menu do Admin, «Customers» abre a lista de clientes; Acima da lista" in drawn
