"""Pieces: what a letter is made of once its envelope is off: bodies that are read, and files."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Body:
    """Text or markup that is read where it stands. `alternative` tells bodies that say the same in two forms."""

    text: str
    markup: bool
    alternative: int
    flowed: bool = False


@dataclass(frozen=True)
class File:
    """An attached file: its safe name, its type as declared, its bytes and the id by which markup shows it.

    `shown` says that the page shows it where it stands, `signed` that it does so in the writer's signature.
    """

    name: str
    kind: str
    data: bytes
    cid: str = ""
    shown: bool = False
    signed: bool = False
