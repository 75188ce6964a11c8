"""Names of bodies, townships and categories for labels: read once, kept for a few minutes, so no page pays for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from django.core.cache import cache

from organizations.choices import AreaLevel
from organizations.models import Area, Unit
from petitions.models import Category, Petition

# A renamed body may show its old name for this long.
KEPT_SECONDS = 300
TOWNSHIP_DIGITS = 9
T = TypeVar("T")


def _kept(key: str, read: Callable[[], T]) -> T:
    return cast(T, cache.get_or_set(key, read, KEPT_SECONDS))


def unit_name(*, unit_id: int) -> str:
    """Short name of a body, "" where there is none."""

    def read() -> str:
        names = Unit.objects.filter(pk=unit_id).values_list("short_name", "name").first() or ("", "")
        return names[0] or names[1]

    return _kept(f"unit-name:{unit_id}", read) or ""


def townships() -> dict[str, str]:
    """Name of each township by its nine digits."""

    def read() -> dict[str, str]:
        rows = Area.objects.filter(level=AreaLevel.TOWNSHIP).order_by("code").values_list("code", "name")
        return {code[:TOWNSHIP_DIGITS]: name for code, name in rows}

    return _kept("township-names", read)


def main_categories() -> dict[str, str]:
    """Name of each category of the first level by its two digits."""

    def read() -> dict[str, str]:
        return dict(Category.objects.filter(level=1).order_by("code").values_list("code", "name"))

    return _kept("main-category-names", read)


def areas(*, codes: Iterable[str]) -> dict[str, str]:
    """Names of the areas with these codes of twelve digits. One query, none for no codes."""
    wanted = {one for one in codes if one}
    return dict(Area.objects.filter(code__in=wanted).values_list("code", "name")) if wanted else {}


def place_of(*, petition: Petition) -> str:
    """Where a case is, by village, or by township where no more is known; never the address that somebody wrote."""
    township = townships().get(petition.township_code, "")
    village = areas(codes=[petition.village_code]).get(petition.village_code, "")
    return " · ".join(one for one in (township, village) if one)
