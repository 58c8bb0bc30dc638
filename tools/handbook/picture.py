"""The rooms as a picture: each floor a column of rows, what stands above may import what stands below."""

from collections.abc import Sequence
from html import escape

from tools.handbook.rooms import Floor

BOX, ROW, GAP, EDGE, TITLE = 118, 30, 8, 16, 30
COLUMNS = 2
STYLE = (
    ".floor{fill:none;stroke:#8a94a6}.room{fill:#eef2f8;stroke:#8a94a6}.name{font:13px sans-serif;fill:#1c2430}"
    ".title{font:bold 15px sans-serif;fill:#1c2430}"
    "@media(prefers-color-scheme:dark){.room{fill:#27303d}.name,.title{fill:#e8edf5}}"
)


def draw(house: Sequence[Floor]) -> str:
    """`docs/map.svg`: light and dark, and told to a screen reader by its title."""
    sizes = [(max(map(len, one.layers)) * (BOX + GAP) + GAP, len(one.layers) * (ROW + GAP) + GAP) for one in house]
    columns = [list(range(start, len(house), COLUMNS)) for start in range(COLUMNS)]
    parts, left, bottom = [], EDGE, 0
    for column in columns:
        top = EDGE
        for index in column:
            parts.append(_floor(house[index], left, top, sizes[index]))
            top += TITLE + sizes[index][1] + EDGE
        left += max(sizes[index][0] for index in column) + EDGE
        bottom = max(bottom, top)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left} {bottom}" role="img" aria-labelledby="t">\n'
        f'<title id="t">The rooms, floor by floor: a room may import what stands below it</title>\n'
        f"<style>{STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _floor(floor: Floor, left: int, top: int, size: tuple[int, int]) -> str:
    width, height = size
    lines = [
        f'<text class="title" x="{left}" y="{top + TITLE - 10}">{escape(floor.name)}</text>',
        f'<rect class="floor" x="{left}" y="{top + TITLE}" width="{width}" height="{height}" rx="6"/>',
    ]
    for row, layer in enumerate(floor.layers):
        y = top + TITLE + GAP + row * (ROW + GAP)
        wide = (width - GAP - GAP * len(layer)) // len(layer)
        for column, name in enumerate(layer):
            x = left + GAP + column * (wide + GAP)
            lines.append(f'<rect class="room" x="{x}" y="{y}" width="{wide}" height="{ROW}" rx="4"/>')
            middle = x + wide // 2
            lines.append(f'<text class="name" x="{middle}" y="{y + 20}" text-anchor="middle">{escape(name)}</text>')
    return "\n".join(lines)
