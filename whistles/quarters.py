"""A quarter of inspections: what was found, and what became of it by the unit that puts it right."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q

from kernel.actors import Actor
from kernel.periods import Period
from whistles.choices import OPEN_TASKS, Form, TaskState
from whistles.models import Task
from whistles.querysets import WhistleTaskQuerySet

PUT_RIGHT, OPEN = Q(state=TaskState.CONFIRMED), Q(state__in=OPEN_TASKS)


def findings_of(*, actor: Actor, quarter: Period) -> WhistleTaskQuerySet:
    """The findings of the inspections that met in a quarter, within what one sees; dropped ones are none."""
    visible: WhistleTaskQuerySet = Task.objects.visible_to(actor)
    inspections = visible.filter(quarter.holds("whistle__meets_at"), whistle__form=Form.INSPECTION)
    return inspections.exclude(state=TaskState.DROPPED)


def findings_by_unit(*, actor: Actor, quarter: Period) -> list[dict[str, Any]]:
    """By unit: found, put right in time, put right late, open, of these late, and sent back at least once. One query.

    Every finding is exactly one of put right in time, put right late and open.
    """
    rows = findings_of(actor=actor, quarter=quarter).order_by().values("unit", name=F("unit__name"))
    counted = rows.annotate(
        found_there=Count("pk"),
        in_time=Count("pk", filter=PUT_RIGHT & Q(late=False)),
        too_late=Count("pk", filter=PUT_RIGHT & Q(late=True)),
        still_open=Count("pk", filter=OPEN),
        open_late=Count("pk", filter=OPEN & Q(late=True)),
        again=Count("pk", filter=Q(sent_back__gt=0)),
    )
    return [{**row} for row in counted.order_by("name", "unit")]
