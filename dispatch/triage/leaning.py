"""Leaning a little to what happens at the place just now: a burst water main is reported by the whole village. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dispatch.triage.memory import Memory
from dispatch.triage.model import Guess

DOUBT = 5.0  # cases that a place has to have before it speaks for itself
MOST = 2.0  # the place at most doubles or halves what the text says
FRESH = 1


def lean(found: Sequence[Guess], *, near: Memory, everywhere: Memory) -> list[Guess]:
    """The same guesses, weighted by how much more often than elsewhere the place had them in the last days."""
    here, total_here = _fresh(near)
    there, total_there = _fresh(everywhere)
    if total_here <= 0 or total_there <= 0:
        return list(found)
    weighed = []
    for one in found:
        usual = (there.get(one.label, 0.0) + 0.5) / (total_there + 0.5)
        now = (here.get(one.label, 0.0) + DOUBT * usual) / (total_here + DOUBT)
        weighed.append((one, one.sure * min(MOST, max(1 / MOST, now / usual))))
    whole, before = sum(sure for _, sure in weighed), sum(one.sure for one in found)
    if whole <= 0:
        return list(found)
    leaning = [replace(one, sure=sure * before / whole) for one, sure in weighed]
    return sorted(leaning, key=lambda one: (-one.sure, one.label))


def _fresh(memory: Memory) -> tuple[dict[str, float], float]:
    counts = {label: pair[FRESH] for label, pair in memory.given.items()}
    return counts, sum(counts.values())
