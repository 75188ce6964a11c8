"""Figures that were kept beside those of the same question asked again (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Compared:
    """One number: as it was kept and, where it was asked again, as it is now."""

    row: str
    column: str
    of: str
    label: str
    unit: str
    kept: float | None
    kept_counted: int
    now: float | None
    now_counted: int
    differs: bool


def compared(*, kept: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]] | None) -> list[Compared]:
    """Every kept number in its order, then those that only the new count has. Without a new count nothing differs."""
    fresh = {_key(one): one for one in now or ()}
    known = {_key(one) for one in kept}
    found = [_line(one, fresh.get(_key(one)), asked=now is not None) for one in kept]
    return found + [_line(None, one, asked=True) for key, one in fresh.items() if key not in known]


def _key(one: dict[str, Any]) -> tuple[str, str, str]:
    return one["row"], one["column"], one["of"]


def _line(kept: dict[str, Any] | None, now: dict[str, Any] | None, *, asked: bool) -> Compared:
    said = kept or now or {}
    before, after = ((one or {}).get("value") for one in (kept, now))
    counts = [(one or {}).get("counted", 0) for one in (kept, now)]
    return Compared(
        row=said["row_label"],
        column=said["column_label"],
        of=said["of"],
        label=said["of_label"],
        unit=said["unit"],
        kept=before,
        kept_counted=counts[0],
        now=after,
        now_counted=counts[1],
        differs=asked and (before, counts[0]) != (after, counts[1]),
    )
