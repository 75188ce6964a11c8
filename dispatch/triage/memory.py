"""What a context remembers: where its cases went, over months and over days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

HALF_LIVES = (360.0, 2.0)  # days: the long memory and the fresh one


@dataclass(slots=True)
class Memory:
    """How often each answer was given in one context, each pair of counts faded to the day `on`."""

    on: float = 0.0
    given: dict[str, list[float]] = field(default_factory=dict)

    def fade(self, day: float) -> None:
        """Bring the counts to a day; a day that is past changes nothing."""
        if day <= self.on:
            return
        by = faded(day - self.on)
        for counts in self.given.values():
            counts[0], counts[1] = counts[0] * by[0], counts[1] * by[1]
        self.on = day

    def add(self, answer: str, day: float) -> None:
        """One more case went there."""
        self.fade(day)
        counts = self.given.setdefault(answer, [0.0, 0.0])
        counts[0], counts[1] = counts[0] + 1, counts[1] + 1


def faded(days: float) -> tuple[float, float]:
    """What is left of a count of one after so many days, in the long and in the fresh memory."""
    return 0.5 ** (days / HALF_LIVES[0]), 0.5 ** (days / HALF_LIVES[1])


def role_of(*, unit: str, names: Sequence[str]) -> str:
    """A unit's name with the names of its places left open: "{1}" for the village itself.

    What such a unit gets in one place, it gets in the others.
    """
    said = unit
    for number, name in reversed(list(enumerate(names))):
        for part in (name, name[:-2]):
            if len(part) > 1:
                said = said.replace(part, f"{{{number}}}")
    return said
