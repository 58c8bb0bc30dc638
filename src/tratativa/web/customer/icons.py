"""Icons: a marketplace's picture, or its initials, on its colour: a square a phone may cut to a circle."""

import io

from PIL import Image, ImageDraw, ImageFont

INSIDE = 0.6  # of the side: what stays whole when a phone cuts a circle out (W3C: 80 % of it, and a margin)


def draw(letters: str, fill: str, ink: str, size: int, logo: bytes = b"") -> bytes:
    """A PNG of `size` pixels; colours as `#rrggbb`, the logo as we redrew it (WebP), which goes before letters."""
    square = Image.new("RGB", (size, size), "#ffffff" if logo else fill)
    if logo:
        _place(square, logo)
    else:
        font = ImageFont.load_default(round(size * INSIDE * (0.75 if len(letters) > 1 else 1)))
        ImageDraw.Draw(square).text((size / 2, size / 2), letters, font=font, fill=ink, anchor="mm")
    out = io.BytesIO()
    square.save(out, "PNG", optimize=True)
    return out.getvalue()


def _place(square: Image.Image, logo: bytes) -> None:
    with Image.open(io.BytesIO(logo), formats=["WEBP"]) as found:
        picture = found.convert("RGBA")
    side = square.width * INSIDE
    scale = side / max(picture.size)
    picture = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    square.paste(picture, ((square.width - picture.width) // 2, (square.height - picture.height) // 2), picture)
