"""Pages: the first page of a PDF as a picture, drawn in a child of its own: no script runs, no font is fetched."""

import io
from collections.abc import Mapping
from typing import Any

import pypdfium2
from PIL import Image

EDGE = 1280  # pixels of the longer side
SMALLEST = 1.0  # points: a page thinner than that is none
MARK = b"%PDF-"
_WITHIN = 1024  # bytes in which a reader looks for the mark


def draw(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Draws the first page of `data`: `drawn` holds a WebP, or `refused` says why there is none: stranger or broken.

    A page is drawn at the size asked for and no other, whatever size it says it has.
    """
    data = asked["data"]
    if MARK not in data[:_WITHIN]:
        return {"refused": "stranger"}
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            picture = _first(document)
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError):
        return {"refused": "broken"}
    drawn = io.BytesIO()
    picture.save(drawn, "WEBP", quality=80)
    return {"kind": "WEBP", "drawn": drawn.getvalue()}


def _first(document: pypdfium2.PdfDocument) -> Image.Image:
    page = document[0]
    try:
        width, height = page.get_size()
        if not SMALLEST <= min(width, height) <= max(width, height) < float("inf"):
            raise ValueError("a page of no size")
        bitmap = page.render(scale=EDGE / max(width, height), may_draw_forms=False, rev_byteorder=True)
        picture: Image.Image = bitmap.to_pil()
        return picture.convert("RGB")
    finally:
        page.close()


Image.init()  # every format, before the child gives up its files
