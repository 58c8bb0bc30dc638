"""Where the steps of a playbook stand in its picture: layers from the start down, long ways bent through them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from textwrap import wrap

from tratativa.rulebook.language.playbooks import Playbook

WIDTH, LINE, GAP_X, GAP_Y, CHARS, LINES = 190, 16, 34, 60, 25, 4


@dataclass
class Box:
    """A step, or a bend of a long way (`lines` empty): its layer, its place there, and its corner in pixels."""

    name: str
    layer: int
    lines: list[str] = field(default_factory=list)
    x: float = 0
    y: float = 0

    @property
    def height(self) -> int:
        return 20 + LINE * len(self.lines) if self.lines else 0

    @property
    def middle(self) -> float:
        return self.x + WIDTH / 2


@dataclass
class Way:
    """From step to step under these outcomes, with the bends it runs through."""

    start: str
    end: str
    outcomes: list[str]
    through: list[str]


@dataclass
class Layout:
    """Every box by name, every way, and the picture's size in pixels."""

    boxes: dict[str, Box]
    ways: list[Way]
    width: float
    height: float


def of(playbook: Playbook) -> Layout:
    """The playbook's layout."""
    boxes, ways = _boxes(playbook, _layers(playbook))
    width, height = _placed(_ordered(boxes, ways))
    return Layout(boxes, ways, width, height)


def _layers(playbook: Playbook) -> dict[str, int]:
    """How far each step stands from the start: the longest way that goes round no circle; strays stand last."""
    depth: dict[str, int] = {}
    back = _back_edges(playbook)
    onward: dict[str, list[str]] = defaultdict(list)
    into: dict[str, int] = dict.fromkeys(playbook.steps, 0)
    for name, _outcome, to in playbook.edges():
        if to in playbook.steps and (name, to) not in back:
            onward[name].append(to)
            into[to] += 1
    ready = [name for name in playbook.steps if into[name] == 0]
    ready.sort(key=lambda name: name != playbook.start)
    while ready:
        name = ready.pop(0)
        depth.setdefault(name, 0)
        for to in onward[name]:
            depth[to] = max(depth.get(to, 0), depth[name] + 1)
            into[to] -= 1
            if into[to] == 0:
                ready.append(to)
    return depth


def _back_edges(playbook: Playbook) -> set[tuple[str, str]]:
    """Ways that lead back to a step still being walked: drawn, and left out of the layers."""
    found: set[tuple[str, str]] = set()
    state: dict[str, int] = {}
    for root in (playbook.start, *playbook.steps):
        stack: list[tuple[str, Iterator[str]]] = []
        if root in playbook.steps and root not in state:
            state[root] = 1
            stack.append((root, iter(playbook.steps[root].ways().values())))
        while stack:
            name, ways = stack[-1]
            to = next(ways, None)
            if to is None:
                state[name] = 2
                stack.pop()
            elif to in playbook.steps and state.get(to) == 1:
                found.add((name, to))
            elif to in playbook.steps and to not in state:
                state[to] = 1
                stack.append((to, iter(playbook.steps[to].ways().values())))
    return found


def _boxes(playbook: Playbook, layers: dict[str, int]) -> tuple[dict[str, Box], list[Way]]:
    boxes = {name: Box(name, layers[name], _wrapped(step.label())) for name, step in playbook.steps.items()}
    ways: dict[tuple[str, str], Way] = {}
    for name, outcome, to in playbook.edges():
        if to not in boxes:
            continue
        way = ways.setdefault((name, to), Way(name, to, [], []))
        way.outcomes.append(outcome)
    for number, way in enumerate(ways.values()):
        for layer in range(boxes[way.start].layer + 1, boxes[way.end].layer):
            bend = Box(f"/{number}/{layer}", layer)
            boxes[bend.name] = bend
            way.through.append(bend.name)
    return boxes, list(ways.values())


def _wrapped(text: str) -> list[str]:
    lines = wrap(text, CHARS) or ["…"]
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], f"{lines[LINES - 1][: CHARS - 1]}…"]


def _ordered(boxes: dict[str, Box], ways: list[Way]) -> list[list[Box]]:
    """The boxes of each layer from left to right: near what they hang on, swept down and up a few times."""
    rows: list[list[Box]] = [[] for _ in range(1 + max((box.layer for box in boxes.values()), default=0))]
    for box in boxes.values():
        rows[box.layer].append(box)
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for way in ways:
        chain = [way.start, *way.through, way.end]
        for one, other in pairwise(chain):
            above[other].append(one)
            below[one].append(other)
    for turn in range(6):
        near, order = (above, rows) if turn % 2 == 0 else (below, rows[::-1])
        for row in order:
            places = {box.name: index for line in rows for index, box in enumerate(line)}
            keys = {box.name: _middle([places[name] for name in near[box.name]], places[box.name]) for box in row}
            row.sort(key=lambda box: keys[box.name])
    return rows


def _middle(places: list[int], own: int) -> float:
    return sum(places) / len(places) if places else own


def _placed(rows: list[list[Box]]) -> tuple[float, float]:
    """Gives every box its corner; returns the picture's width and height."""
    widest = max(len(row) for row in rows)
    width = widest * (WIDTH + GAP_X) + GAP_X
    y = 12.0
    for row in rows:
        room = (width - GAP_X) / len(row)
        for index, box in enumerate(row):
            box.x, box.y = GAP_X / 2 + room * index + (room - WIDTH) / 2, y
        y += max((box.height for box in row), default=0) + GAP_Y
    return width, y - GAP_Y + 14
