"""The figures of a bulletin: every one of them counts its frozen rows, so that each opens the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from projects.choices import Light
from projects.lights import COLOURS, ORDER
from projects.models import BulletinRow

WORSE = {Light.BEHIND.value, Light.STOPPED.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The figures of the whole, of one group, of one batch or of one owner."""

    name: str
    key: str
    total: int
    done: int
    lights: dict[str, int]
    moved: int
    missing: int
    newly_done: int
    newly_behind: int

    @property
    def shown(self) -> list[tuple[str, str, str, int]]:
        """Value, label, colour and number of each light that there is."""
        return [(one.value, str(one.label), COLOURS[one], self.lights[one]) for one in ORDER if self.lights.get(one)]


# What a figure counts: the condition by which a row is one of those behind it.
COUNTED: dict[str, Callable[[BulletinRow], bool]] = {
    "": lambda row: True,
    **{one.value: (lambda row, light=one.value: row.light == light) for one in Light},  # type: ignore[misc]
    "moved": lambda row: row.moved > 0,
    "missing": lambda row: row.missing > 0,
    "newly_done": lambda row: row.light == Light.DONE and row.before not in ("", Light.DONE),
    "newly_behind": lambda row: row.light == Light.BEHIND and row.before not in ("", Light.BEHIND),
}


def line_of(rows: Iterable[BulletinRow], *, name: str, key: str) -> Line:
    """The figures of some rows."""
    found = list(rows)

    def number(what: str) -> int:
        return sum(COUNTED[what](row) for row in found)

    return Line(
        name=name,
        key=key,
        total=len(found),
        done=number(Light.DONE),
        lights={one.value: number(one.value) for one in Light},
        moved=sum(row.moved for row in found),
        missing=sum(row.missing for row in found),
        newly_done=number("newly_done"),
        newly_behind=number("newly_behind"),
    )


# By what a bulletin tells its figures apart: the column of the row, and how its value is called.
SIDES: dict[str, tuple[str, Callable[[BulletinRow], Any]]] = {
    "batch": ("batch_id", lambda row: row.batch),
    "group": ("group_id", lambda row: row.group),
    "owner": ("owner_id", lambda row: row.owner_name),
}


def lines_by(rows: Iterable[BulletinRow], *, by: str) -> list[Line]:
    """The figures of each batch, group or owner, in the order of their first projects."""
    column, name = SIDES[by]
    found: dict[Any, list[BulletinRow]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return [line_of(some, name=str(name(some[0])), key=f"{by}={key}") for key, some in found.items()]
