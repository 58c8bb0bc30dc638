"""Folded text: texts compared whatever their case, accents and blanks."""

import unicodedata


def fold(text: str) -> str:
    """`Cadê  meu PEDIDO` → `cade meu pedido`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())
