"""Pictures: drawn anew in the child, from formats named here and of no more pixels than it has memory for."""

import io
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from PIL import AvifImagePlugin, Image, ImageOps, UnidentifiedImageError

PIXELS = 25_000_000  # unfolded at four bytes each; a JPEG unfolds to a fraction of its size where it is drawn smaller
JPEG_PIXELS = 120_000_000  # as its maker says; what is unfolded of it is bounded by PIXELS too
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
PREVIEW_EDGE = 1280
_UNFOLDED = (2 * 2560) ** 2  # pixels: a JPEG is decoded at less than twice the longest side it is drawn with
_TRIES = ((2560, 88), (2560, 75), (1920, 80), (1600, 75), (1280, 70), (960, 60))  # longer side in pixels, quality
_BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError, MemoryError)
Asked = Mapping[str, Any]


class _TooLarge(Exception):
    """More pixels than are drawn."""


def draw(asked: Asked) -> dict[str, Any]:
    """Draws `data`, as `what` says: a `preview`, or a `photograph` in at most `limit` bytes.

    `drawn` holds the bytes and `kind` their format; or `refused` says why there are none: stranger, pixels (with
    `size` and `most`, in megapixels) or broken.
    """
    ways: dict[str, Callable[[Image.Image, Asked], dict[str, Any]]] = {"preview": _preview, "photograph": _photograph}
    way = ways[asked["what"]]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the bound below is ours
            with Image.open(io.BytesIO(asked["data"]), formats=FORMATS) as picture:
                return way(picture, asked)
    except UnidentifiedImageError:
        return {"refused": "stranger"}
    except _TooLarge as large:
        return {"refused": "pixels", "size": large.args[0] // 1_000_000, "most": large.args[1] // 1_000_000}
    except _BROKEN:
        return {"refused": "broken"}


def _preview(picture: Image.Image, _asked: Asked) -> dict[str, Any]:
    upright = _upright(picture, PREVIEW_EDGE)
    return {"kind": "WEBP", "drawn": _saved(upright, PREVIEW_EDGE, "WEBP", quality=80)}


def _photograph(picture: Image.Image, asked: Asked) -> dict[str, Any]:
    kind, drawn = picture.format, b""
    upright = _upright(picture, _TRIES[0][0])
    if kind == "PNG":
        drawn = _saved(upright, _TRIES[0][0], "PNG")
        if len(drawn) <= asked["limit"]:
            return {"kind": "PNG", "drawn": drawn}
    for edge, quality in _TRIES:
        drawn = _saved(upright, edge, "JPEG", quality=quality)
        if len(drawn) <= asked["limit"]:
            break
    return {"kind": "JPEG", "drawn": drawn}


def _upright(picture: Image.Image, edge: int) -> Image.Image:
    """The pixels alone, turned as they were seen, no larger than they will be drawn, on white paper.

    Made small before anything else is made of them: each copy of the whole would cost as much as the whole.
    """
    most = JPEG_PIXELS if picture.format in {"JPEG", "MPO"} else PIXELS
    if picture.width * picture.height > most:
        raise _TooLarge(picture.width * picture.height, most)
    if picture.format in {"JPEG", "MPO"}:
        smaller = edge / max(picture.size)
        picture.draft(None, (int(picture.width * smaller), int(picture.height * smaller)))  # decoded at a fraction
    if picture.width * picture.height > _UNFOLDED:
        raise _TooLarge(picture.width * picture.height, PIXELS)
    drawn = picture if picture.mode in {"RGB", "RGBA", "L", "CMYK"} else picture.convert("RGBA")
    drawn.thumbnail((edge, edge), reducing_gap=1.0)
    turned = ImageOps.exif_transpose(drawn)
    if not turned.has_transparency_data:
        return turned.convert("RGB")
    seen = turned.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _saved(picture: Image.Image, edge: int, kind: str, **given: int) -> bytes:
    small = picture.copy()
    small.thumbnail((edge, edge))
    small.info.clear()
    drawn = io.BytesIO()
    small.save(drawn, kind, **given)
    return drawn.getvalue()


Image.init()  # every format, before the child gives up its files
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a child may begin no other
