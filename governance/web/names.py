"""Names of bodies, townships and categories for labels: read once, kept for a few minutes, so no page pays for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import cache

from organizations.choices import AreaLevel
from organizations.models import Area, Unit
from petitions.models import Category

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
