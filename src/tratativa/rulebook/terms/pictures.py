"""Pictures of a rulebook's folder: looked at before anybody adopts them, so that a browser only ever draws them."""

import hashlib
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

LIMIT = 256 * 1024  # bytes; it is kept with every version that shows it
EDGE = 4000  # pixels
_RASTER = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".svg": "image/svg+xml"}
_SVG = "{http://www.w3.org/2000/svg}"
# What draws, and nothing that runs, embeds, animates or fetches.
_DRAWING = {
    _SVG + name
    for name in (
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title",
        "desc", "defs", "use", "symbol", "marker", "linearGradient", "radialGradient", "stop", "clipPath",
    )
}  # fmt: skip
_NUMBER = r"(\d{1,9}(?:\.\d+)?)"
_BOX = re.compile(rf"\s*-?\d+(?:\.\d+)?[\s,]+-?\d+(?:\.\d+)?[\s,]+{_NUMBER}[\s,]+{_NUMBER}\s*")
_HEAD = re.compile(r"<\?xml version=[\"']1\.[01][\"'](?: encoding=[\"']utf-8[\"'])?\s*\?>", re.IGNORECASE)


class BadPicture(ValueError):
    """A file that is not kept; the sentence says why."""


@dataclass(frozen=True)
class Drawn:
    """A picture that may be kept: its bytes, their digest (sha256, hexadecimal), media type and size in pixels."""

    content: bytes
    digest: str
    type: str
    width: int
    height: int


def look(suffix: str, content: bytes) -> Drawn:
    """The picture a file of this name's end holds. Raises BadPicture for one that is too large or something else."""
    if suffix not in _TYPES:
        raise BadPicture("uma figura é .png, .jpg, .webp ou .svg")
    if len(content) > LIMIT:
        raise BadPicture(f"uma figura tem até {LIMIT // 1024} KiB; esta tem {-(-len(content) // 1024)}")
    width, height = _svg(content) if suffix == ".svg" else _raster(suffix, content)
    if not 1 <= width <= EDGE or not 1 <= height <= EDGE:
        raise BadPicture(f"uma figura tem até {EDGE} × {EDGE} pixels; esta tem {width} × {height}")
    return Drawn(content, hashlib.sha256(content).hexdigest(), _TYPES[suffix], width, height)


def _raster(suffix: str, content: bytes) -> tuple[int, int]:
    try:
        with Image.open(BytesIO(content), formats=(_RASTER[suffix],)) as picture:
            size = picture.size
            picture.verify()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadPicture(f"o conteúdo não é {_RASTER[suffix]}, como o nome diz; salve-a de novo") from None
    return size


def _svg(content: bytes) -> tuple[int, int]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadPicture("o SVG não está em UTF-8; salve-o nessa codificação") from None
    body = _HEAD.sub("", text.lstrip(), count=1)
    if "<!DOCTYPE" in body or "<!ENTITY" in body or "<?" in body:
        raise BadPicture("o SVG tem DOCTYPE, entidades ou instruções; deixe só o desenho")
    try:
        root = ET.fromstring(body)  # noqa: S314 – without a DOCTYPE there is nothing to expand or to fetch
    except ET.ParseError:
        raise BadPicture("o conteúdo não é SVG, como o nome diz; salve-a de novo") from None
    for one in root.iter():
        _check(one)
    box = _BOX.fullmatch(root.get("viewBox", ""))
    if root.tag != f"{_SVG}svg" or box is None:
        raise BadPicture("o SVG precisa de xmlns e de `viewBox`, que dizem o que é e o tamanho")
    return round(float(box[1])), round(float(box[2]))


def _check(one: ET.Element) -> None:
    name = str(one.tag).removeprefix(_SVG)
    if one.tag not in _DRAWING:
        raise BadPicture(f"o SVG tem `{name}`; uma figura só desenha: formas, texto e cores")
    for key, value in one.attrib.items():
        plain = key.rpartition("}")[2].lower()
        said = "".join(value.split()).lower()
        fetches = plain in {"href", "src"} and not said.startswith("#")
        if plain.startswith("on") or plain == "style" or fetches or "url(" in said.replace("url(#", ""):
            raise BadPicture(f"o SVG tem `{plain}` em `{name}`: nada nele roda nem busca fora; use atributos de cor")
