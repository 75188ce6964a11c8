"""Counting what a replay finds (pure): a tally is plain numbers, so that it is stored between two steps and goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dispatch.replay.cases import PastCase
from dispatch.replay.rules import Answer

FIGURES = (
    "cases",
    "placed_before",
    "placed_after",
    "moved",
    "gaps_closed",
    "gaps_opened",
    "late_before",
    "late_after",
    "broken",
    "saved",
    "shorter",
    "longer",
    "ended",
    "hits_before",
    "hits_after",
)
UNIT_FIGURES = ("before", "after", "gained", "lost", "late_before", "late_after")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One case under both rules."""

    case: PastCase
    before: Answer
    after: Answer

    @property
    def moved(self) -> bool:
        """Both rules name a unit, and not the same."""
        return None not in (self.before.unit, self.after.unit) and self.before.unit != self.after.unit

    @property
    def gap(self) -> str:
        """Closed where only the tried rules name a unit, opened where only the present ones do, else empty."""
        if self.before.unit is None:
            return "closed" if self.after.unit is not None else ""
        return "opened" if self.after.unit is None else ""

    @property
    def lateness(self) -> str:
        """Broken: in time by the present limit and late by the tried one. Saved: the other way round. Else empty."""
        before, after = self.late(self.before.due_at), self.late(self.after.due_at)
        if self.gap or before == after:
            return ""
        return "broken" if after else "saved"

    @property
    def differs(self) -> bool:
        """Whether the tried rules change anything for this case."""
        return self.moved or bool(self.gap) or self.before.due_at != self.after.due_at

    def late(self, due_at: datetime | None) -> bool:
        """Whether it was done after a date; what is not done yet counts for neither side."""
        done = self.case.handled_at
        return done is not None and due_at is not None and done > due_at


Tally = dict[str, Any]


def empty() -> Tally:
    """Nothing counted yet. `units` and `flows` are keyed by ids as text, as JSON has them."""
    return {**dict.fromkeys(FIGURES, 0), "units": {}, "flows": {}}


def add(*, tally: Tally, outcome: Outcome) -> None:
    """Count one case."""
    before, after, last = outcome.before.unit, outcome.after.unit, outcome.case.last_unit
    late = (outcome.late(outcome.before.due_at), outcome.late(outcome.after.due_at))
    counted = {
        "cases": True,
        "placed_before": before is not None,
        "placed_after": after is not None,
        "moved": outcome.moved,
        "gaps_closed": outcome.gap == "closed",
        "gaps_opened": outcome.gap == "opened",
        "late_before": late[0],
        "late_after": late[1],
        "broken": outcome.lateness == "broken",
        "saved": outcome.lateness == "saved",
        "ended": last is not None,
        "hits_before": last is not None and before == last,
        "hits_after": last is not None and after == last,
    }
    if outcome.before.due_at and outcome.after.due_at:
        counted["shorter"] = outcome.after.due_at < outcome.before.due_at
        counted["longer"] = outcome.after.due_at > outcome.before.due_at
    for name, counts in counted.items():
        tally[name] += int(counts)
    _count_units(tally["units"], before, after, late)
    if before != after:
        way = f"{before or ''}>{after or ''}"
        tally["flows"][way] = tally["flows"].get(way, 0) + 1


def _count_units(
    units: dict[str, dict[str, int]], before: int | None, after: int | None, late: tuple[bool, bool]
) -> None:
    for unit, mine, lost, was_late in ((before, "before", "lost", late[0]), (after, "after", "gained", late[1])):
        if unit is None:
            continue
        row = units.setdefault(str(unit), dict.fromkeys(UNIT_FIGURES, 0))
        row[mine] += 1
        row[lost] += int(before != after)
        row[f"late_{mine}"] += int(was_late)
