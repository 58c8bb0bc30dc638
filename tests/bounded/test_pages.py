"""The first page of a stranger's PDF is drawn in a child of its own, whatever the PDF says of itself."""

import io
import zlib

import pytest
from PIL import Image

from tratativa.bounded import drawing
from tratativa.bounded.drawing import NotDrawn


def pdf(content: bytes = b"1 0 0 rg 0 0 200 100 re f", *, box: str = "0 0 200 100", catalog: str = "") -> bytes:
    """A PDF of one page, half of it red unless told otherwise; a reader rebuilds the table it lacks."""
    packed = zlib.compress(content)
    return b"\n".join(
        (
            b"%PDF-1.4",
            f"1 0 obj << /Type /Catalog /Pages 2 0 R {catalog} >> endobj".encode(),
            b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj",
            f"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R >> endobj".encode(),
            f"4 0 obj << /Length {len(packed)} /Filter /FlateDecode >> stream".encode(),
            packed,
            b"endstream endobj",
            b"trailer << /Root 1 0 R >>",
            b"%%EOF",
        )
    )


def seen(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(drawing.first_page(data).data)).convert("RGB")


def test_the_first_page_is_a_picture_of_the_size_of_previews() -> None:
    picture = seen(pdf(b"1 0 0 rg 0 0 100 100 re f"))

    assert picture.size == (1280, 640)
    left, right = picture.getpixel((300, 300)), picture.getpixel((1000, 300))
    assert isinstance(left, tuple) and isinstance(right, tuple)
    assert (left[0] > 240, left[1] < 15, min(right) > 240) == (True, True, True)


def test_a_page_of_ten_kilometres_is_drawn_no_larger() -> None:
    assert max(seen(pdf(box="0 0 14400 7200")).size) == 1280


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 14400 0.001"])
def test_a_page_of_no_size_costs_nothing_and_ends_no_child(box: str) -> None:
    try:
        drawn = seen(pdf(box=box))
    except NotDrawn:
        drawn = None

    assert drawn is None or max(drawn.size) <= 1280
    assert seen(pdf()).size == (1280, 640)


@pytest.mark.parametrize("data", [b"", b"no pdf", b"\x89PNG\r\n", b"x" * 2000 + b"%PDF-1.4"])
def test_what_does_not_begin_as_a_pdf_is_none(data: bytes) -> None:
    with pytest.raises(NotDrawn, match="stranger"):
        drawing.first_page(data)


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.7\n" + b"\x00" * 4000, pdf()[:120]])
def test_what_is_broken_is_said_to_be(data: bytes) -> None:
    with pytest.raises(NotDrawn, match="broken"):
        drawing.first_page(data)


def test_a_script_inside_runs_nowhere_and_the_page_is_drawn() -> None:
    script = "/OpenAction << /S /JavaScript /JS (while(true){}) >>"

    assert seen(pdf(catalog=script)).size == (1280, 640)


def test_a_page_that_draws_for_ever_ends_its_child_and_not_the_next_page() -> None:
    endless = b"0 0 m 200 100 l S\n" * 3_000_000

    try:
        drawing.first_page(pdf(endless))
    except NotDrawn as no:
        assert no.why == "broken"

    assert seen(pdf()).size == (1280, 640)
