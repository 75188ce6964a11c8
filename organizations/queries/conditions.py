"""Filing conditions of a matter on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from organizations.models import FilingCondition


def conditions_of(*, matter_id: int, at: datetime) -> list[FilingCondition]:
    """The conditions under which a case of the matter may be filed at the instant, in the order of their codes."""
    on = timezone.localtime(at).date()
    return list(FilingCondition.objects.in_force(on).filter(matter_id=matter_id).order_by("code"))


def conditions_by_matter(*, matter_ids: Iterable[int], on: date) -> dict[int, list[FilingCondition]]:
    """The conditions of many matters on a day. One query."""
    found: defaultdict[int, list[FilingCondition]] = defaultdict(list)
    for one in FilingCondition.objects.in_force(on).filter(matter_id__in=set(matter_ids)).order_by("code"):
        found[one.matter_id].append(one)
    return dict(found)
