"""Categories of petitions lead to the matters of items: at once, or on the day on which a version takes force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.worktime import SHANGHAI
from petitions.models import Category
from petitions.services.categorizing import attach_categories
from registry.models import Draft, Item, ItemVersion
from registry.queries.plans import PlannedLine

TAKE_FORCE = "registry.take_force"


def attach(
    *,
    lines: Sequence[PlannedLine],
    items: Mapping[str, Item],
    effective: date,
    draft: Draft,
    actor: Actor,
    at: datetime,
) -> None:
    """Attach the categories of changed lines; a timer of the draft does it where the day lies ahead."""
    if not any(change.name == "categories" for one in lines for change in one.fields):
        return
    if effective > timezone.localtime(at).date():
        due = datetime.combine(effective, time(), tzinfo=SHANGHAI)
        timers.start(kind=TAKE_FORCE, case_id=draft.pk, subject_id=str(draft.pk), due_at=due, at=at)
        return
    wanted: dict[str, int | None] = {}
    for one in lines:
        wanted |= dict.fromkeys(_dropped(one), None)
    for one in lines:
        if one.content is not None:
            wanted |= dict.fromkeys(one.content.categories, items[one.item_code].matter_id)
    if wanted:
        attach_categories(wanted=wanted, actor=actor, at=at)


def _dropped(line: PlannedLine) -> set[str]:
    """Categories that the item had and no longer names."""
    had = set(line.held.content.categories) if line.held else set()
    return had - set(line.content.categories if line.content else ())


@deed
def take_force(*, draft_id: Any, at: datetime) -> list[str]:
    """On the day, let the categories of a draft's items lead where the versions then in force say."""
    on = timezone.localtime(at).date()
    codes = Draft.objects.get(pk=draft_id).lines.values_list("item_code", flat=True)
    concerned = Item.objects.filter(code__in=codes, matter__isnull=False)
    held = Category.objects.filter(level=3, matter_id__in=concerned.values("matter_id")).values_list("code", flat=True)
    wanted: dict[str, int | None] = dict.fromkeys(held, None)
    matters = list(concerned.values_list("matter_id", flat=True))
    for categories, matter_id in (
        ItemVersion.objects.in_force(on).filter(matter_id__in=matters).values_list("categories", "matter_id")
    ):
        wanted |= dict.fromkeys(categories, matter_id)
    return attach_categories(wanted=wanted, actor=SYSTEM, at=at)
