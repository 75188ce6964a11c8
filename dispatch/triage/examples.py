"""What is learnt from: texts with what they were about, and cases with where they went."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A text, its label, and the group of those that say nearly the same: never parted between learning and testing.

    `given` are texts of the project itself (names, key words), which teach but are never tested on.
    """

    text: str
    label: str
    group: str
    given: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case on its way to a unit. `levels` are its category from the widest to the narrowest, `places` likewise.

    `names` are what the places are called; they may stand in the names of units.
    """

    levels: tuple[str, ...]
    places: tuple[str, ...]
    names: tuple[str, ...]
    source: str
    day: float  # since any fixed day; only differences count


def node_of(label: str) -> str:
    """What a label hangs under: the first two digits of a longer code, else the root."""
    return label[:2] if len(label) > 2 and label.isascii() and label.isdigit() else ""
