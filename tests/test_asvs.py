"""docs/asvs.md answers every requirement it says it does, and what it cites is there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| [^|]+ \| (met|partly|not|not applicable) \| ([^|]+) \|$", re.MULTILINE)
# How many requirements of levels 1 and 2 each chapter of ASVS 5.0.0 has.
CHAPTERS = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16,
    17: 7,
}  # fmt: skip


def test_every_requirement_of_level_two_has_its_row_once() -> None:
    numbers = [number for number, _state, _why in ROW.findall(PAGE)]

    assert Counter(int(number.split(".")[0]) for number in numbers) == CHAPTERS
    assert len(numbers) == len(set(numbers)) == 253


def test_the_page_counts_itself_rightly() -> None:
    states = Counter(state for _number, state, _why in ROW.findall(PAGE))

    said = re.search(r"(\d+) are met, (\d+) partly, (\d+) not, (\d+) do not apply", PAGE)
    assert said
    assert [int(one) for one in said.groups()] == [states[name] for name in ("met", "partly", "not", "not applicable")]


def test_what_is_cited_is_there() -> None:
    cited = set(re.findall(r"`((?:tests/|[a-z_]+/)[\w./]+)`", PAGE)) - {"post/in/"}
    roots = (ROOT, ROOT / "src" / "tratativa")

    missing = [path for path in sorted(cited) if not any((root / path).exists() for root in roots)]

    assert missing == []
