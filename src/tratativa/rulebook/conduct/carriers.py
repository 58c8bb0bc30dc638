"""Carriers: whose pages may always be named, whose codes look like telephones, and which hosts are the public's;
and where each lets a parcel be followed."""

import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from tratativa.rulebook.terms.folding import fold

FILE = Path(__file__).with_suffix(".yaml")


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return told


@cache
def hosts() -> frozenset[str]:
    """Every host where a parcel is followed: what `tracking_hosts` means."""
    return frozenset(host for one in _told()["carriers"] for host in one["hosts"]) | frozenset(_told()["trackers"])


@cache
def public() -> frozenset[str]:
    """Hosts of government, justice and consumer protection."""
    return frozenset(_told()["public"])


@cache
def names() -> re.Pattern[str]:
    """A carrier's name, in folded text."""
    said = sorted((name for one in _told()["carriers"] for name in one["names"]), key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, said))})(?![a-z0-9])")


@cache
def codes() -> re.Pattern[str]:
    """A carrier's code, in folded text."""
    shapes = [shape for one in _told()["carriers"] for shape in one.get("codes", ())]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(shapes)})(?![a-z0-9])")


def follow(carrier: str, code: str) -> str:
    """The carrier's own page of the parcel with this code; empty where none is known to take one.

    The carrier is known by its name, where that was told; else by the shape of its code.
    """
    said, shape = fold(carrier), fold(code).strip()
    for one in _told()["carriers"]:
        named = any(re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", said) for name in one["names"])
        shaped = not said and any(re.fullmatch(known, shape) for known in one.get("codes", ()))
        if shape and (named or shaped):
            return str(one.get("follow", "")).replace("CODE", quote(code.strip(), safe=""))
    return ""
