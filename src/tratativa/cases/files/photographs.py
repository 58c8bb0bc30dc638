"""Photographs: what a telephone took, drawn anew before it is kept: upright, not too large, nothing but its pixels."""

from __future__ import annotations

import io
import threading
from pathlib import PurePosixPath

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tratativa.cases.core.refusals import Invalid

SIZE_LIMIT = 25 * 1024**2  # bytes of a picture worth making smaller; a good telephone's takes half of it
JPEG_PIXELS = 120_000_000  # decoded at a fraction of its size
OTHER_PIXELS = 25_000_000  # decoded whole: four bytes each
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_TRIES = ((2560, 88), (2560, 75), (1920, 80), (1600, 75), (1280, 70), (960, 60))  # longer side in pixels, quality
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypheim")
# A picture unfolds to a hundred megabytes: one at a time in each process.
_ONE = threading.BoundedSemaphore(1)


def redraw(upload: UploadedFile[bytes], name: str, *, limit: int) -> UploadedFile[bytes]:
    """The picture drawn anew in at most `limit` bytes; whatever is no picture comes back as it is.

    What a camera writes beside the pixels goes: where, when and with what it was taken. Raises Invalid for a picture
    that cannot be drawn, because then that could not be taken out.
    """
    head = upload.read(16)
    upload.seek(0)
    if head[4:12] in _HEIC:
        raise Invalid({"files": _("«%(name)s» está em HEIC. Envie a foto como JPEG ou PNG.") % {"name": name}})
    if upload.size is None or upload.size > SIZE_LIMIT:
        return upload
    try:
        with _ONE, Image.open(upload, formats=_FORMATS) as picture:
            return _draw(picture, name, limit)
    except UnidentifiedImageError as stranger:
        if head.startswith(b"\xff\xd8\xff"):
            raise _unreadable(name) from stranger
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, MemoryError) as broken:
        raise _unreadable(name) from broken
    finally:
        upload.seek(0)
    return upload


def _draw(picture: Image.Image, name: str, limit: int) -> UploadedFile[bytes]:
    kind = picture.format or ""
    most = JPEG_PIXELS if kind in {"JPEG", "MPO"} else OTHER_PIXELS
    if picture.width * picture.height > most:
        gaps = {"name": name, "size": picture.width * picture.height // 1_000_000, "limit": most // 1_000_000}
        raise Invalid({"files": _("«%(name)s» tem %(size)d megapixels; o limite é %(limit)d.") % gaps})
    upright = _upright(picture)
    if kind == "PNG":
        drawn = _saved(upright, _TRIES[0][0], "PNG")
        if len(drawn) <= limit:
            return SimpleUploadedFile(_renamed(name, ".png"), drawn)
    for edge, quality in _TRIES:
        drawn = _saved(upright, edge, "JPEG", quality=quality)
        if len(drawn) <= limit:
            break
    return SimpleUploadedFile(_renamed(name, ".jpg"), drawn)


def _upright(picture: Image.Image) -> Image.Image:
    """The pixels alone, turned as they were seen, no larger than they will be drawn, on white paper.

    Made small before anything else is made of them: each copy of the whole would cost as much as the whole.
    """
    drawn = picture if picture.mode in {"RGB", "RGBA", "L", "CMYK"} else picture.convert("RGBA")
    drawn.thumbnail((_TRIES[0][0], _TRIES[0][0]), reducing_gap=1.0)  # decodes a JPEG at a fraction of its size
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


def _renamed(name: str, suffix: str) -> str:
    known = {".jpg", ".jpeg"} if suffix == ".jpg" else {suffix}
    path = PurePosixPath(name)
    return name if path.suffix.lower() in known else (path.stem or name) + suffix


def _unreadable(name: str) -> Invalid:
    return Invalid({"files": _("Não deu para ler a foto «%(name)s». Tire-a de novo ou envie outra.") % {"name": name}})
