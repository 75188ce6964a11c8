"""The contexts of a case, from all that is known of it to each part alone."""

from __future__ import annotations

from dispatch.triage.examples import Case

# Which levels of the category (0 none, 1 widest, 3 narrowest), which of the place (0 none, 1 township, 2 village),
# and whether the source counts.
# fmt: off
SHAPES: dict[str, tuple[int, int, bool]] = {
    "c3p2s": (3, 2, True),  "c3p2": (3, 2, False),  "c3p1s": (3, 1, True),  "c3p1": (3, 1, False),
    "c3s":   (3, 0, True),  "c3":   (3, 0, False),  "c2p2s": (2, 2, True),  "c2p2": (2, 2, False),
    "c2p1s": (2, 1, True),  "c2p1": (2, 1, False),  "c2s":   (2, 0, True),  "c2":   (2, 0, False),
    "c1p2":  (1, 2, False), "c1p1s": (1, 1, True),  "c1p1":  (1, 1, False), "c1s":  (1, 0, True),
    "c1":    (1, 0, False), "p2s":  (0, 2, True),   "p2":    (0, 2, False), "p1":   (0, 1, False),
    "s":     (0, 0, True),
}
# fmt: on
EVERYWHERE = "all"


def contexts_of(case: Case) -> dict[str, str]:
    """The key of each context, by its shape."""
    found = {}
    for shape, (levels, places, source) in SHAPES.items():
        parts = ("/".join(case.levels[:levels]), "/".join(case.places[:places]), case.source if source else "")
        found[shape] = "|".join((shape, *parts))
    return found
