"""A playbook as a picture: an SVG that a theme colours, a keyboard walks and a screen reader tells."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from textwrap import wrap

from tratativa.rulebook.language.playbooks import Playbook
from tratativa.rulebook.procedures import diagram_layout
from tratativa.rulebook.procedures.diagram_layout import GAP_Y, LINE, WIDTH, Box, Layout, Way
from tratativa.rulebook.procedures.walking import said

CURRENT = ' aria-current="step"'


def svg(playbook: Playbook, *, current: str = "", done: frozenset[str] = frozenset(), style: bool = False) -> str:
    """The playbook's picture; `current` is lit and `done` steps are marked.

    `style` carries colours along for a file that stands alone; on a page the theme's CSS gives them.
    """
    layout = diagram_layout.of(playbook)
    width, height = layout.width, layout.height
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" aria-label="{escape(playbook.playbook)}">',
        f"<title>{escape(playbook.playbook)}</title>",
        *([f"<style>{_STYLE}</style>"] if style else []),
        '<defs><marker id="diagram-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path class="diagram__tip" d="M0 0 8 4 0 8z"/></marker></defs>',
        *_lines(playbook, layout),
        *(_step(playbook, box, current, done) for box in layout.boxes.values() if box.lines),
        "</svg>",
    ]
    return "\n".join(parts)


def _lines(playbook: Playbook, layout: Layout) -> Iterator[str]:
    boxes = layout.boxes
    for way in layout.ways:
        start, end = boxes[way.start], boxes[way.end]
        if end.layer <= start.layer:
            side = max(start.x, end.x) + WIDTH
            path = (
                f"M{start.x + WIDTH:.0f} {start.y + start.height / 2:.0f} C{side + 50:.0f} {start.y:.0f} "
                f"{side + 50:.0f} {end.y + end.height:.0f} {end.x + WIDTH:.0f} {end.y + end.height / 2:.0f}"
            )
        else:
            path = _curve([(start.middle, start.y + start.height), *_bends(boxes, way), (end.middle, end.y - 2)])
        yield f'<path class="diagram__way" d="{path}" marker-end="url(#diagram-tip)"/>'
        label = " · ".join(
            dict.fromkeys(words for one in way.outcomes if (words := said(playbook.steps[way.start], one)))
        )
        if label:
            first = boxes[way.through[0]] if way.through else end
            x = start.middle + (first.middle - start.middle) * 0.5
            yield _label(label, x, start.y + start.height + GAP_Y * 0.42)


def _bends(boxes: dict[str, Box], way: Way) -> Iterator[tuple[float, float]]:
    for name in way.through:
        yield boxes[name].middle, boxes[name].y + GAP_Y / 4


def _curve(points: list[tuple[float, float]]) -> str:
    parts = [f"M{points[0][0]:.0f} {points[0][1]:.0f}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        half = (y2 - y1) / 2
        parts.append(f"C{x1:.0f} {y1 + half:.0f} {x2:.0f} {y2 - half:.0f} {x2:.0f} {y2:.0f}")
    return " ".join(parts)


def _label(text: str, x: float, y: float) -> str:
    lines = wrap(text, 22)[:2]
    spans = "".join(
        f'<tspan x="{x:.0f}" dy="{0 if index == 0 else 12}">{escape(line)}</tspan>' for index, line in enumerate(lines)
    )
    return f'<text class="diagram__said" x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{spans}</text>'


def _step(playbook: Playbook, box: Box, current: str, done: frozenset[str]) -> str:
    step = playbook.steps[box.name]
    here = box.name == current
    classes = f"diagram__step diagram__step--{step.kind}"
    classes += " diagram__step--current" if here else " diagram__step--done" if box.name in done else ""
    ways = "; ".join(
        f"{said(playbook.steps[box.name], outcome) or 'depois'}: {playbook.steps[to].label()}"
        for outcome, to in step.ways().items()
        if to in playbook.steps
    )
    pictures = step.all_pictures()
    shows = f". Figuras: {'; '.join(one.alt for one in pictures)}" if pictures else ""
    title = f"{step.label()}{f'. {ways}' if ways else ''}{shows}"
    lines = "".join(
        f'<tspan x="{box.middle:.0f}" dy="{LINE if index else 0}">{escape(line)}</tspan>'
        for index, line in enumerate(box.lines)
    )
    return (
        f'<g class="{classes}" tabindex="0" role="group" aria-label="{escape(title)}"'
        f"{CURRENT if here else ''}>"
        f"<title>{escape(title)}</title>"
        f'<rect x="{box.x:.0f}" y="{box.y:.0f}" width="{WIDTH}" height="{box.height}" rx="8"/>'
        f'<text x="{box.middle:.0f}" y="{box.y + 22:.0f}" text-anchor="middle">{lines}</text>'
        f"{_pictured(box, len(pictures)) if pictures else ''}</g>"
    )


def _pictured(box: Box, count: int) -> str:
    """A mark below the corner: so many pictures stand beside the step."""
    x, y = box.x + WIDTH - 4, box.y + box.height + 13
    return (
        f'<path class="diagram__way" d="M{x - 24:.0f} {y:.0f}v-9h11v9zl4-5 3 3 2-2 2 2"/>'
        f'<text class="diagram__said" x="{x:.0f}" y="{y:.0f}" text-anchor="end">{count}</text>'
    )


_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1d2330}.diagram__said{font-size:11px;fill:#5b6475}"
    ".diagram__step rect{fill:#fff;stroke:#8a93a6}.diagram__step--question rect,.diagram__step--check rect"
    "{fill:#eef3ff;stroke:#5a7be0}.diagram__step--escalate rect,.diagram__step--ask rect{fill:#fff6e5;stroke:#c58a1b}"
    ".diagram__step--finish rect{fill:#e9f7ee;stroke:#2f9e5b}.diagram__step--current rect{stroke-width:3}"
    ".diagram__way{fill:none;stroke:#8a93a6}.diagram__tip{fill:#8a93a6}"
)
