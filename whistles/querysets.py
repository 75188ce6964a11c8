"""Who sees what of whistles: the area its own, whoever asked or issued theirs, the units what they are called to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from whistles.choices import BLOWN, CAME, OPEN_STATES, OPEN_TASKS, Attendance, TaskState

if TYPE_CHECKING:
    from whistles.models.task import Task
    from whistles.models.whistle import Whistle

VIEW = "whistle.view"


class WhistleQuerySet(LockingQuerySet["Whistle"]):
    def visible_to(self, actor: Actor) -> WhistleQuerySet:
        """Those in one's territory, those one's unit asked for or issued, and those blown that it is summoned to."""
        return self if actor.is_system else self.filter(reach(actor, whistle=self.model))

    def open(self) -> WhistleQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def blown(self) -> WhistleQuerySet:
        """Those that have a number, whatever became of them."""
        return self.filter(issued_at__isnull=False)

    def counted(self) -> WhistleQuerySet:
        """With "4 of 5 present" and "2 of 3 done": `called`, `came`, `absent`, `tasks_given`, `tasks_done`."""
        summonses = _beside(self.model, "summonses").filter(whistle=OuterRef("pk"))
        tasks = _beside(self.model, "tasks").filter(whistle=OuterRef("pk"))
        return self.annotate(
            called=_number(summonses.exclude(attendance=Attendance.EXCUSED)),
            came=_number(summonses.filter(attendance__in=CAME)),
            absent=_number(summonses.filter(attendance=Attendance.ABSENT)),
            tasks_given=_number(tasks.exclude(state=TaskState.DROPPED)),
            tasks_done=_number(tasks.filter(state=TaskState.CONFIRMED)),
        )


class WhistleTaskQuerySet(LockingQuerySet["Task"]):
    def visible_to(self, actor: Actor) -> WhistleTaskQuerySet:
        """The tasks of the whistles that one sees."""
        whistle = self.model._meta.get_field("whistle").related_model
        return self if actor.is_system else self.filter(reach(actor, whistle=whistle, via="whistle__"))

    def open(self) -> WhistleTaskQuerySet:
        return self.filter(state__in=OPEN_TASKS)


def reach(actor: Actor, *, whistle: Any, via: str = "") -> Q:
    """What an actor may see, as a condition on a whistle, or on something that leads to one by `via`."""
    found = Q(pk__in=[])
    for seat in actor.seats:
        if VIEW not in seat.capabilities:
            continue
        if seat.territory:
            found |= Q(**{f"{via}place__startswith": seat.territory})
        if seat.unit_id is not None:
            found |= Q(**{f"{via}asker": seat.unit_id}) | Q(**{f"{via}issuer": seat.unit_id})
            called = _beside(whistle, "summonses").filter(unit=seat.unit_id, summoned_at__isnull=False)
            found |= Q(**{f"{via}pk__in": called.values("whistle"), f"{via}state__in": BLOWN})
    return found


def _beside(whistle: Any, name: str) -> QuerySet[Any]:
    """The rows that belong to whistles, by the name under which a whistle has them."""
    found: QuerySet[Any] = whistle._meta.get_field(name).related_model._default_manager.all()
    return found


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows a correlated subquery finds."""
    counted = rows.order_by().values("whistle").annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
