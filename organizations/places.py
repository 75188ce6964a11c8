"""Arithmetic on division codes: 12 digits for areas, 15 for grid cells (pure)."""

from __future__ import annotations

from functools import lru_cache

from organizations.choices import DIGITS, AreaLevel

WIDTH = 12
CELL_DIGITS = 15
SMALLEST_FIRST = (AreaLevel.VILLAGE, AreaLevel.TOWNSHIP, AreaLevel.COUNTY, AreaLevel.CITY, AreaLevel.PROVINCE)


def area_code(*, place: str, level: str) -> str:
    """The 12-digit code of the area of `level` around a place; "" where the place is named less exactly than that."""
    digits = DIGITS[AreaLevel(level)]
    return place[:digits].ljust(WIDTH, "0") if len(place) >= digits else ""


@lru_cache(maxsize=8192)  # a city has fewer places than this, and every decision about a case asks
def areas_around(*, place: str) -> tuple[str, ...]:
    """Area codes around a place (an area code, a prefix or a cell code), from the smallest to the province."""
    codes = (area_code(place=place, level=level) for level in SMALLEST_FIRST)
    return tuple(dict.fromkeys(code for code in codes if code))


def prefix_of(*, code: str, level: str) -> str:
    """The digits that all places inside the area begin with."""
    return code[: DIGITS[AreaLevel(level)]]
