"""A process chart as a drawing: boxes in rows from top to bottom, arrows only in the space between them (pure).

A chart is a list of steps {"key", "title", "who", "limit_value", "limit_unit", "next": [keys]}. Steps are drawn in the
order in which they are listed: an arrow to a later step goes down, one to an earlier step goes back up on the right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import east_asian_width

from kernel.choices import LimitUnit

# Two boxes beside each other are as wide as a telephone shows without shrinking.
WIDE, NARROW = 264, 150
ACROSS, DOWN = 14, 34
LANE, EDGE = 12, 4
PADDING, TITLE, SMALL = 9, 13, 12
LINE_TITLE, LINE_SMALL = 18, 16
WIDE_LETTERS = frozenset("WFA")
NARROW_SHARE = 0.58


@dataclass(frozen=True, slots=True)
class Step:
    """One step in words: who does it, in what time, and the numbers of the steps that may follow."""

    number: int
    key: str
    title: str
    who: str
    limit: str
    follows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in a box: where its baseline begins and how it is set."""

    text: str
    x: int
    y: int
    css: str


@dataclass(frozen=True, slots=True)
class Box:
    """A step as a rectangle."""

    step: Step
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...]

    @property
    def middle(self) -> int:
        """Where arrows leave and enter."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from a step to one that may follow, as corner points; the last point is the tip and points down."""

    points: tuple[tuple[int, int], ...]
    back: bool

    @property
    def path(self) -> str:
        """The line as SVG draws it."""
        return "M" + "L".join(f"{x} {y}" for x, y in self.points)

    @property
    def head(self) -> str:
        """The tip as SVG draws it."""
        x, y = self.points[-1]
        return f"M{x - 4} {y - 7}L{x + 4} {y - 7}L{x} {y}Z"


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture with its size in pixels."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def steps(self) -> list[Step]:
        """The same content as a list."""
        return [box.step for box in self.boxes]


@dataclass(slots=True)
class _Sheet:
    """The drawing while it is made."""

    rows: list[list[Step]]
    width: int
    boxes: dict[int, Box] = field(default_factory=dict)
    tops: list[int] = field(default_factory=list)
    bottoms: list[int] = field(default_factory=list)


def steps_of(*, chart: Sequence[Mapping[str, Any]], named: Callable[[str], str]) -> list[Step]:
    """The steps of a chart in words; `named` turns a rule or the code of a unit into a name."""
    numbers = {str(one.get("key", "")): number for number, one in enumerate(chart, start=1)}
    return [
        Step(
            number=number,
            key=str(one.get("key", "")),
            title=str(one.get("title", "")),
            who=named(str(one.get("who") or "")),
            limit=limit_words(value=one.get("limit_value"), unit=str(one.get("limit_unit") or "")),
            follows=tuple(numbers[key] for key in map(str, one.get("next") or ()) if key in numbers),
        )
        for number, one in enumerate(chart, start=1)
    ]


def limit_words(*, value: Any, unit: str) -> str:
    """A limit in words, such as 5 working days; "" for none."""
    if value in (None, ""):
        return ""
    try:
        number = f"{Decimal(str(value)).normalize():f}"
    except InvalidOperation:
        number = str(value)
    return f"{number} {LimitUnit(unit).label}" if unit in LimitUnit.values else number


def draw(*, steps: Sequence[Step]) -> Drawing | None:
    """The picture of some steps; None where there are none."""
    if not steps:
        return None
    rows = _rows(steps)
    sheet = _Sheet(rows=rows, width=WIDE if all(len(row) == 1 for row in rows) else NARROW)
    level = {step.number: depth for depth, row in enumerate(rows) for step in row}
    edges = [(step.number, target) for step in steps for target in dict.fromkeys(step.follows)]
    beside = {
        edge: ("right" if edge[1] <= edge[0] else "left")
        for edge in edges
        if edge[1] <= edge[0] or level[edge[1]] - level[edge[0]] > 1
    }
    left, right = (sum(side == name for side in beside.values()) for name in ("left", "right"))
    inner = max(len(row) for row in rows) * (sheet.width + ACROSS) - ACROSS
    _place(sheet, left=EDGE + left * LANE, inner=inner)
    return Drawing(
        width=EDGE + left * LANE + inner + right * LANE + EDGE,
        height=sheet.bottoms[-1] + (DOWN if right else EDGE),
        boxes=tuple(sheet.boxes[step.number] for step in steps),
        arrows=tuple(_arrows(sheet, edges, beside, level, right_edge=EDGE + left * LANE + inner)),
    )


def _rows(steps: Sequence[Step]) -> list[list[Step]]:
    """Each step one row below the lowest step that leads down to it."""
    row_of: dict[int, int] = {}
    below: dict[int, int] = {}
    for step in steps:
        # What nothing leads to is drawn beside what stands before it in the list, not beside the beginning.
        row = row_of[step.number] = below.get(step.number, max(row_of.values(), default=0))
        for target in step.follows:
            if target > step.number:
                below[target] = max(below.get(target, 0), row + 1)
    rows: dict[int, list[Step]] = {}
    for step in steps:
        rows.setdefault(row_of[step.number], []).append(step)
    return [rows[row] for row in sorted(rows)]


def _place(sheet: _Sheet, *, left: int, inner: int) -> None:
    y = DOWN // 2
    for row in sheet.rows:
        lines = {step.number: _lines(step, sheet.width) for step in row}
        height = max(_height(found) for found in lines.values())
        x = left + (inner - (len(row) * (sheet.width + ACROSS) - ACROSS)) // 2
        for step in row:
            placed = tuple(_placed(lines[step.number], x=x + PADDING, y=y + PADDING))
            sheet.boxes[step.number] = Box(step=step, x=x, y=y, width=sheet.width, height=height, lines=placed)
            x += sheet.width + ACROSS
        sheet.tops.append(y)
        sheet.bottoms.append(y + height)
        y += height + DOWN


def _lines(step: Step, width: int) -> list[tuple[str, str]]:
    room = width - 2 * PADDING
    title = [(text, "step-title") for text in _wrapped(f"{step.number} {step.title}", room=room, size=TITLE)]
    who = [(text, "step-who") for text in _wrapped(step.who, room=room, size=SMALL)]
    limit = [(text, "step-limit") for text in _wrapped(step.limit, room=room, size=SMALL)]
    return [*title, *who, *limit]


def _height(lines: Iterable[tuple[str, str]]) -> int:
    return 2 * PADDING + sum(LINE_TITLE if css == "step-title" else LINE_SMALL for _text, css in lines)


def _placed(lines: Iterable[tuple[str, str]], *, x: int, y: int) -> Iterable[Line]:
    for text, css in lines:
        y += LINE_TITLE if css == "step-title" else LINE_SMALL
        yield Line(text=text, x=x, y=y - 4, css=css)


def _wrapped(text: str, *, room: int, size: int) -> list[str]:
    """The text in lines no wider than the room: broken between Chinese characters and at spaces."""
    lines: list[str] = []
    line, used = "", 0.0
    for word in _words(text):
        width = sum(size * (1 if east_asian_width(sign) in WIDE_LETTERS else NARROW_SHARE) for sign in word)
        if line and used + width > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
            word = word.lstrip()
        line, used = line + word, used + width
    return [*lines, line.rstrip()] if line.strip() else lines


def _words(text: str) -> Iterable[str]:
    """Pieces between which a line may break; a long word is cut rather than running out of its box."""
    word = ""
    for sign in text:
        wide = east_asian_width(sign) in WIDE_LETTERS
        if word and (wide or sign == " " or len(word) >= 14):
            yield word
            word = ""
        word += sign
        if wide:
            yield word
            word = ""
    if word:
        yield word


def _arrows(
    sheet: _Sheet,
    edges: Iterable[tuple[int, int]],
    beside: Mapping[tuple[int, int], str],
    level: Mapping[int, int],
    *,
    right_edge: int,
) -> Iterable[Arrow]:
    lanes = {"left": EDGE, "right": right_edge + LANE}
    for source, target in edges:
        start, end, side = sheet.boxes[source], sheet.boxes[target], beside.get((source, target))
        below, above = sheet.bottoms[level[source]], sheet.tops[level[target]]
        if side is None:
            turn = below + DOWN // 2
            down = ((start.middle, below), (start.middle, turn), (end.middle, turn), (end.middle, above))
            yield Arrow(points=down if start.middle != end.middle else (down[0], down[-1]), back=False)
            continue
        aside = -16 if side == "left" else 16
        leave, enter, lane = below + DOWN // 3, above - DOWN // 3, lanes[side]
        lanes[side] += LANE
        out, into = start.middle + aside, end.middle + aside
        points = ((out, below), (out, leave), (lane, leave), (lane, enter), (into, enter), (into, above))
        yield Arrow(points=points, back=side == "right")
