"""Outlines of villages as their basic grids make them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import shapely

from grids.choices import CellKind
from grids.generation.district import DrawnCell
from grids.geometry import area_m2


def outlines_of(cells: Iterable[DrawnCell]) -> Iterator[tuple[str, dict[str, Any], int]]:
    """Code, GeoJSON and square metres of each village, in the order of the codes."""
    inside: defaultdict[str, list[Any]] = defaultdict(list)
    for one in cells:
        if one.kind == CellKind.BASIC:
            inside[one.village_id].append(shapely.geometry.shape(one.boundary))
    for code in sorted(inside):
        whole = shapely.union_all(inside[code])
        yield code, shapely.geometry.mapping(whole), area_m2(whole)
