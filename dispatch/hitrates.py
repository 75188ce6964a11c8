"""How often the first unit was also the last, by row of the list, rule, category or unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dispatch.choices import RouteReason
from dispatch.models import FirstUnit
from kernel.actors import Actor
from kernel.intervals import wilson
from organizations.models import ResponsibilityEntry
from organizations.queries import unit_names
from petitions.models import Category, Petition

MIN_CASES = 10
"""Of fewer cases no rate is told: chance alone would decide."""


class By(models.TextChoices):
    """What the cases are grouped by: always as it was when the first unit was chosen."""

    ENTRY = "entry", _("row of the list")
    RULE = "rule", _("rule")
    CATEGORY = "category", _("category")
    UNIT = "unit", _("first unit")


COLUMN = {By.ENTRY: "entry", By.RULE: "reason", By.CATEGORY: "category", By.UNIT: "first_unit_id"}
HIT = Q(last_unit=F("first_unit"))


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRate:
    """One group: of `total` cases first dispatched in the period, `hits` are still, or ended, with their first unit.

    `rate` is None below MIN_CASES.
    """

    key: str
    label: str
    total: int
    hits: int

    @property
    def missed(self) -> int:
        return self.total - self.hits

    @property
    def rate(self) -> float | None:
        return self.hits / self.total if self.total >= MIN_CASES else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which shares the true one lies, with 95 % certainty (Wilson); None where no rate is told."""
        if self.rate is None:
            return None
        low, high = wilson(numerator=self.hits, denominator=self.total)
        return float(low), float(high)


def hit_rates(*, actor: Actor, by: str, since: datetime, until: datetime) -> list[HitRate]:
    """The groups of a period [since, until) among the cases that the actor oversees, the most missed first.

    One pass over the index of the period, and one query for the names.
    """
    column = COLUMN[By(by)]
    counted = _of_period(actor, since, until).order_by().values_list(column)
    rows = list(counted.annotate(total=Count("pk"), hits=Count("pk", filter=HIT)))
    labels = LABELS[By(by)]([key for key, _total, _hits in rows])
    found = [
        HitRate(key=str(key), label=labels.get(key, str(key)), total=total, hits=hits) for key, total, hits in rows
    ]
    return sorted(found, key=lambda one: (one.rate is None, -one.missed, one.key))


def whole(*, rates: Iterable[HitRate]) -> HitRate:
    """All groups together."""
    listed = list(rates)
    total, hits = sum(one.total for one in listed), sum(one.hits for one in listed)
    return HitRate(key="", label="", total=total, hits=hits)


def cases_behind(
    *, actor: Actor, by: str, key: str, since: datetime, until: datetime, missed: bool
) -> QuerySet[Petition]:
    """The petitions that a group counted, as far as the actor sees them; `missed`: only with another last unit."""
    rows = _of_period(actor, since, until)
    if By(by) == By.UNIT:
        rows = rows.filter(first_unit_id=int(key)) if key.isascii() and key.isdigit() and len(key) < 10 else rows.none()
    else:
        rows = rows.filter(**{COLUMN[By(by)]: key})
    if missed:
        rows = rows.exclude(HIT)
    seen: QuerySet[Petition] = Petition.objects.visible_to(actor)
    return seen.filter(pk__in=rows.values("pk"))


def _of_period(actor: Actor, since: datetime, until: datetime) -> QuerySet[FirstUnit]:
    seen: QuerySet[FirstUnit] = FirstUnit.objects.visible_to(actor)
    return seen.filter(first_at__gte=since, first_at__lt=until)


def _entries(keys: list[Any]) -> dict[Any, str]:
    rows = ResponsibilityEntry.objects.filter(code__in=[key for key in keys if key]).order_by("valid_from")
    named = {code: f"{code} {matter}" for code, matter in rows.values_list("code", "matter__name")}
    return {**named, "": str(_("no row: decided by people"))}


def _rules(keys: list[Any]) -> dict[Any, str]:
    return {key: str(RouteReason(key).label) for key in keys if key in RouteReason.values}


def _categories(keys: list[Any]) -> dict[Any, str]:
    rows = Category.objects.filter(code__in=keys).values_list("code", "name")
    return {**{code: f"{code} {name}" for code, name in rows}, "": str(_("none"))}


LABELS: dict[By, Callable[[list[Any]], dict[Any, str]]] = {
    By.ENTRY: _entries,
    By.RULE: _rules,
    By.CATEGORY: _categories,
    By.UNIT: lambda keys: dict(unit_names(unit_ids=keys)),
}
