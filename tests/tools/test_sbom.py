"""What an installation holds is told to machines as it is locked: each package, its version, its files' hashes."""

import json
import re
from pathlib import Path

LOCKED = Path(__file__).parents[2] / "locked"


def locked() -> dict[tuple[str, str], set[str]]:
    """By name and version, the sha256 of every file pip may take; continued lines belong to the package above."""
    text = (LOCKED / "desk.txt").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if "==" in line]
    found = {}
    for line in lines:
        name, version = re.match(r"([\w.-]+)==([^\s;]+)", line).groups()  # type: ignore[union-attr]
        found[name, version] = set(re.findall(r"sha256:([0-9a-f]{64})", line))
    return found


def told() -> dict[tuple[str, str], set[str]]:
    components = json.loads((LOCKED / "desk.cdx.json").read_text())["components"]
    return {
        (one["name"], one["version"]): {
            hash_["content"] for place in one["externalReferences"] for hash_ in place.get("hashes", [])
        }
        for one in components
    }


def test_the_list_for_machines_is_the_lock() -> None:  # else: make sbom
    assert told() == locked()
    assert all(locked().values())
