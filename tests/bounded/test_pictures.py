"""Pictures from anybody are drawn in the child: few bytes that unfold to many cost nobody else their memory."""

import io
import resource
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from tratativa.bounded import drawing
from tratativa.bounded.drawing import NotDrawn

MEBIBYTE = 1024**2


def picture(kind: str, width: int, height: int, mode: str = "RGB") -> bytes:
    drawn = io.BytesIO()
    Image.new(mode, (width, height)).save(drawn, kind)
    return drawn.getvalue()


def test_sixteen_small_files_of_many_pixels_cost_this_process_no_memory() -> None:
    bomb = picture("PNG", 5000, 5000, "1")
    assert len(bomb) < 6_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KiB

    with ThreadPoolExecutor(16) as people:
        drawn = list(people.map(lambda _: drawing.preview(bomb), range(16)))

    assert {one.kind for one in drawn} == {"WEBP"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024


def test_of_a_picture_beyond_the_pixels_only_its_size_is_read() -> None:
    with pytest.raises(NotDrawn) as no:
        drawing.photograph(picture("PNG", 12_000, 12_000, "1"), limit=MEBIBYTE)

    assert (no.value.why, no.value.size, no.value.most) == ("pixels", 144, 25)


def test_the_largest_picture_that_is_drawn_fits_the_childs_memory() -> None:
    drawn = drawing.photograph(picture("PNG", 5000, 5000, "RGBA"), limit=2 * MEBIBYTE)

    assert drawn.kind == "PNG"
    with Image.open(io.BytesIO(drawn.data)) as small:
        assert small.size == (2560, 2560)


@pytest.mark.parametrize("size", [(12_000, 9_000), (5_100, 5_100)])
def test_a_telephones_largest_photograph_is_decoded_at_a_fraction_of_its_size(size: tuple[int, int]) -> None:
    drawn = drawing.photograph(picture("JPEG", *size), limit=2 * MEBIBYTE)

    with Image.open(io.BytesIO(drawn.data)) as small:
        assert max(small.size) <= 2560


@pytest.mark.parametrize("kind", ["ICO", "PPM", "TGA", "EPS", "PCX", "SGI"])
def test_a_format_that_is_not_named_is_no_picture(kind: str) -> None:
    with pytest.raises(NotDrawn, match="stranger"):
        drawing.preview(picture(kind, 20, 20))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_every_format_that_is_named_is_drawn_where_no_file_can_be_opened(kind: str) -> None:
    assert drawing.preview(picture(kind, 20, 20)).kind == "WEBP"
