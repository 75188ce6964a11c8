"""A month of whistles: the rate of each township on its band, and how each unit came, did and was scored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import Substr

from kernel.actors import Actor
from kernel.periods import Period
from organizations.choices import DIGITS, AreaLevel
from organizations.models import Area
from petitions.models import Petition
from whistles.band import Rate
from whistles.choices import Attendance, Side, TaskState
from whistles.models import Rating, Summons, Task, Whistle
from whistles.querysets import VIEW

TOWNSHIP = DIGITS[AreaLevel.TOWNSHIP]


def rates_of(*, actor: Actor, month: Period) -> list[tuple[Area, Rate]]:
    """The townships that one oversees, each with its rate. Three queries."""
    grounds = {seat.territory for seat in actor.seats if VIEW in seat.capabilities and seat.territory}
    reach = Q(pk__in=[])
    for ground in grounds:
        reach |= Q(code__startswith=ground)
    townships = list(Area.objects.filter(reach, level=AreaLevel.TOWNSHIP).order_by("code"))
    codes = [one.code[:TOWNSHIP] for one in townships]
    blown = _by_township(Whistle.objects.blown().filter(month.holds("issued_at")), "place")
    filed = Petition.objects.filter(month.holds("filed_at"), township_code__in=codes)
    counted = dict(filed.order_by().values_list("township_code").annotate(Count("pk")))
    return [
        (area, Rate(whistles=blown.get(code, 0), petitions=counted.get(code, 0)))
        for area, code in zip(townships, codes, strict=True)
    ]


def _by_township(whistles: QuerySet[Whistle], column: str) -> dict[str, int]:
    rows = whistles.annotate(township=Substr(column, 1, TOWNSHIP)).order_by().values_list("township")
    return dict(rows.annotate(Count("pk")))


def units_of(*, actor: Actor, month: Period) -> list[dict[str, Any]]:
    """The units that were called in the month, within what one sees: attendance, tasks and marks. Three queries."""
    mine = Whistle.objects.visible_to(actor).blown().filter(month.holds("meets_at"))
    within = Q(whistle__in=mine.order_by().values("pk"))
    rows = Summons.objects.filter(within).order_by().values("unit", name=F("unit__name"))
    called = rows.annotate(
        called=Count("pk"),
        present=Count("pk", filter=Q(attendance=Attendance.PRESENT)),
        late=Count("pk", filter=Q(attendance=Attendance.LATE)),
        absent=Count("pk", filter=Q(attendance=Attendance.ABSENT)),
        excused=Count("pk", filter=Q(attendance=Attendance.EXCUSED)),
        unsigned=Count("pk", filter=Q(received_at=None)),
    )
    marks = _by_unit(
        Rating.objects.filter(side=Side.ISSUER, summons__whistle__in=mine.order_by().values("pk"))
        .order_by()
        .values("summons__unit")
        .annotate(response=Avg("response"), result=Avg("result")),
        "summons__unit",
    )
    tasks = _by_unit(
        Task.objects.filter(within)
        .exclude(state=TaskState.DROPPED)
        .order_by()
        .values("unit")
        .annotate(
            tasks=Count("pk"),
            done=Count("pk", filter=Q(state=TaskState.CONFIRMED)),
            tasks_late=Count("pk", filter=Q(late=True)),
        ),
        "unit",
    )
    return [
        {**row, **marks.get(row["unit"], {}), **tasks.get(row["unit"], {})} for row in called.order_by("name", "unit")
    ]


def _by_unit(rows: Iterable[Any], key: str) -> dict[int, dict[str, Any]]:
    return {row[key]: {name: row[name] for name in row if name != key} for row in rows}
