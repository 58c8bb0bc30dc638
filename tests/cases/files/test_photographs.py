"""Photographs: where they were taken stays with whoever took them; what cannot be drawn is refused in words."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tratativa.cases.core.refusals import Invalid
from tratativa.cases.files import photographs

LIMIT = 2 * 1024**2
HERE = b"-23.5505,-46.6333"


def photo(size: tuple[int, int] = (400, 300), kind: str = "JPEG", mode: str = "RGB", **given: object) -> bytes:
    """A picture with the place it was taken and a turned camera in its EXIF, red on top and blue below."""
    picture = Image.new(mode, size, "red" if mode == "RGB" else 0)
    if mode == "RGB":
        picture.paste("blue", (0, size[1] // 2, size[0], size[1]))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010E] = HERE.decode()
    exif.get_ifd(0x8825)[1] = "S"
    drawn = io.BytesIO()
    picture.save(drawn, kind, exif=exif, **given)
    return drawn.getvalue()


def redraw(content: bytes, name: str = "foto.jpg", limit: int = LIMIT) -> tuple[str, bytes]:
    drawn = photographs.redraw(SimpleUploadedFile(name, content), name, limit=limit)
    return str(drawn.name), drawn.read()


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.jpg")])
def test_a_photograph_is_upright_and_says_nothing_of_where_it_was_taken(kind: str, name: str) -> None:
    sent = photo(kind=kind)
    assert HERE in sent

    drawn_name, drawn = redraw(sent, f"a.{kind.lower().replace('jpeg', 'jpg')}")

    assert drawn_name == name
    assert HERE not in drawn
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (300, 400)
        assert not picture.getexif()
        right, left = picture.convert("RGB").getpixel((299, 200)), picture.convert("RGB").getpixel((0, 200))
    assert isinstance(right, tuple) and isinstance(left, tuple)
    assert right[0] > 200 and left[2] > 200


def test_a_photograph_over_the_limit_is_made_smaller_until_it_fits() -> None:
    noise = Image.effect_noise((2400, 1800), 120).convert("RGB")
    drawn = io.BytesIO()
    noise.save(drawn, "JPEG", quality=98)
    assert len(drawn.getvalue()) > LIMIT

    _name, small = redraw(drawn.getvalue())

    assert len(small) <= LIMIT


def test_what_is_transparent_is_white() -> None:
    drawn = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(drawn, "PNG")

    _name, flat = redraw(drawn.getvalue(), "a.png")

    with Image.open(io.BytesIO(flat)) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"x" * 100, b"", b"<svg onload=alert(1)>", b"MZ\x90\x00"])
def test_what_is_no_picture_stays_byte_for_byte(content: bytes) -> None:
    assert redraw(content, "nota.pdf") == ("nota.pdf", content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (photo()[:400], "Não deu para ler"),
        (b"\xff\xd8\xff\xe1" + b"\0" * 50, "Não deu para ler"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 50, "está em HEIC"),
        (photo((12_000, 12_000), "PNG", "1"), "144 megapixels; o limite é 25"),
    ],
)
def test_a_picture_whose_place_cannot_be_taken_out_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        redraw(content)


def test_a_small_file_that_unfolds_is_refused_before_it_does() -> None:
    bomb = photo((12_000, 12_000), "PNG", "1")
    assert len(bomb) < 50_000
    before = _peak()

    with pytest.raises(Invalid):
        redraw(bomb, "foto.png")

    assert _peak() - before < 64 * 1024


def _peak() -> int:
    """The most memory this process ever held, in KiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])
