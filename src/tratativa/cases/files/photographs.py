"""Photographs: what a telephone took, drawn anew before it is kept: upright, not too large, nothing but its pixels."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from tratativa.bounded import drawing
from tratativa.cases.core.refusals import Invalid

SIZE_LIMIT = 25 * 1024**2  # bytes of a picture worth making smaller; a good telephone's takes half of it
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypheim")
_SUFFIXES = {"PNG": ".png", "JPEG": ".jpg"}


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
        drawn = drawing.photograph(upload.read(), limit=limit)
    except drawing.NotDrawn as no:
        if no.why == "stranger" and not head.startswith(b"\xff\xd8\xff"):
            return upload
        raise Invalid({"files": _why(no, name)}) from no
    finally:
        upload.seek(0)
    return SimpleUploadedFile(_renamed(name, _SUFFIXES[drawn.kind]), drawn.data)


def _why(no: drawing.NotDrawn, name: str) -> str:
    if no.why == "pixels":
        gaps = {"name": name, "size": no.size, "limit": no.most}
        return _("«%(name)s» tem %(size)d megapixels; o limite é %(limit)d.") % gaps
    return _("Não deu para ler a foto «%(name)s». Tire-a de novo ou envie outra.") % {"name": name}


def _renamed(name: str, suffix: str) -> str:
    known = {".jpg", ".jpeg"} if suffix == ".jpg" else {suffix}
    path = PurePosixPath(name)
    return name if path.suffix.lower() in known else (path.stem or name) + suffix
