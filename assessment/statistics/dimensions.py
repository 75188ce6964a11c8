"""THE TABLE of what figures are cut by: how a case gets its key, and how a key narrows to its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, F, Q, Value
from django.db.models.functions import Coalesce, Left
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.statistics.periods import Step
from grids.models import Cell
from organizations.models import Area
from organizations.queries import unit_names
from petitions.choices import Channel, PetitionKind, Urgency
from petitions.models import Category

AREA_DIGITS = 12
Labels = Callable[[Sequence[Any]], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One row. `key` is empty for time, which is cut by instants; `where` narrows to a key, `labels` names keys."""

    code: str
    label: str | Promise
    key: Callable[[], Expression | F] | None = None
    where: Callable[[str], Q] | None = None
    labels: Labels | None = None

    @property
    def is_time(self) -> bool:
        return self.key is None


def _units(keys: Sequence[Any]) -> dict[str, str]:
    return {str(pk): name for pk, name in unit_names(unit_ids=[int(key) for key in keys]).items()}


def _areas(keys: Sequence[Any]) -> dict[str, str]:
    codes = {str(key).ljust(AREA_DIGITS, "0"): str(key) for key in keys if key}
    rows = Area.objects.filter(code__in=codes).values_list("code", "name")
    return {**{codes[code]: name for code, name in rows}, "": str(_("No place"))}


def _cells(keys: Sequence[Any]) -> dict[str, str]:
    rows = Cell.objects.filter(code__in=[key for key in keys if key]).select_related("village")
    return {**{one.code: f"{one.village.name} {one.name}" for one in rows}, "": str(_("No grid"))}


def _categories(keys: Sequence[Any]) -> dict[str, str]:
    rows = Category.objects.filter(code__in=[key for key in keys if key]).values_list("code", "name")
    return {**dict(rows), "": str(_("Not classified"))}


def _words(choices: Iterable[tuple[str, Any]]) -> Labels:
    return lambda _keys: {value: str(label) for value, label in choices}


def of_unit(key: str) -> Q:
    """The cases of a unit: those it leads, and those without a lead at the centre that received them."""
    return Q(lead_unit=int(key)) | Q(lead_unit=None, center=int(key))


def _holder() -> Expression | F:
    return Coalesce("lead_unit_id", "center_id")


def _category(digits: int) -> dict[str, Any]:
    def where(key: str) -> Q:
        if not key:
            return Q(category=None)
        return Q(category__code__startswith=key) if len(key) == digits else Q(category=key)

    return {"key": lambda: Coalesce(Left("category_id", digits), Value("")), "where": where, "labels": _categories}


def _area(column: str, labels: Labels = _areas) -> dict[str, Any]:
    return {"key": lambda: F(column), "where": lambda key: Q(**{column: key}), "labels": labels}


def _plain(column: str, choices: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {"key": lambda: F(column), "where": lambda key: Q(**{column: key}), "labels": _words(choices)}


# fmt: off
TABLE: tuple[Dimension, ...] = (
    Dimension("township",  _("Township"),               **_area("township_code")),
    Dimension("village",   _("Village or community"),   **_area("village_code")),
    Dimension("grid",      _("Grid"),                   **_area("cell_code", _cells)),
    Dimension("county",    _("County"),                 **_area("county_code")),
    Dimension("unit",      _("Unit"),                   _holder, of_unit, _units),
    Dimension("category1", _("Category, first level"),  **_category(2)),
    Dimension("category2", _("Category, second level"), **_category(4)),
    Dimension("category3", _("Category, third level"),  **_category(6)),
    Dimension("kind",      _("Kind"),                   **_plain("kind", PetitionKind.choices)),
    Dimension("channel",   _("Channel"),                **_plain("channel", Channel.choices)),
    Dimension("urgency",   _("Urgency"),                **_plain("urgency", Urgency.choices)),
    *(Dimension(step.value, step.label) for step in Step),
)
# fmt: on

BY_CODE: dict[str, Dimension] = {row.code: row for row in TABLE}
