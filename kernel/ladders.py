"""Ladders whose rungs are persons: what nobody answers climbs to those above, faster where the case is pressing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kernel.worktime import Limit

Whom = TypeVar("Whom", bound=str)
Told = TypeVar("Told", bound=str)


@dataclass(frozen=True)  # no slots: an alias with parameters sets the class it was called by
class PersonRung(Generic[Whom, Told]):
    """One step up: who is told what, and how long until the next rung; `quick` is for what cannot wait."""

    clock: str
    rung: int
    whom: Whom
    ordinary: Limit
    quick: Limit
    told: Told

    def wait(self, *, quick: bool) -> Limit:
        """How long until the next rung."""
        return self.quick if quick else self.ordinary


def rung_in(ladder: Sequence[PersonRung[Whom, Told]], *, clock: str, rung: int) -> PersonRung[Whom, Told] | None:
    """The row of a ladder, or None above its top."""
    return next((row for row in ladder if (row.clock, row.rung) == (clock, rung)), None)
