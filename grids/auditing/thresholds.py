"""THE TABLE of the audit: from when on something is a finding. A city that decides otherwise changes this file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grids.choices import StaffKind

# Digits 10-12 of a village's code: 001-199 are residents' committees in town, from 200 on villagers' committees
# (统计用区划代码编制规则).
FIRST_RURAL = "200"


@dataclass(frozen=True, slots=True)
class Size:
    """A grid fits where households or residents lie in their range, ends included: the standard says "or"."""

    households: tuple[int, int]
    residents: tuple[int, int]


# GB/T 34300-2017: a grid in town has 300 to 500 households or about 1,000 residents; one in the country is a villagers'
# group or a natural village, whose size the standard leaves open: here from ten households to a town's smallest grid.
URBAN = Size(households=(300, 500), residents=(800, 1200))
RURAL = Size(households=(10, 300), residents=(30, 900))

# Ground that no grid covers, or that two cover, counts from so many square metres on: less is how hands draw.
GAP_M2 = 500.0
OVERLAP_M2 = 200.0
OUTSIDE_M2 = 500.0
# Two grids with a strip between them narrower than this were meant to touch.
SLIVER_M = 20.0

# 一格一长一警一专多兼 (Haibowan): one head, one police officer, one full-time worker, several part-time ones.
HEADS, POLICE, FULL_TIME, PART_TIME = 1, 1, 1, 2
LEAST: dict[str, int] = {
    "head": HEADS,
    StaffKind.POLICE: POLICE,
    StaffKind.FULL_TIME: FULL_TIME,
    StaffKind.PART_TIME: PART_TIME,
}


def lacking(has: Mapping[str, int]) -> list[str]:
    """Whom the pattern still asks for in a basic grid. `has`: how many of each there are."""
    return [str(kind) for kind, least in LEAST.items() if has.get(kind, 0) < least]


def size_of(code: str) -> Size:
    """What fits the grid of a code: that of a community in town, or that of a village."""
    return URBAN if code[9:12] < FIRST_RURAL else RURAL
