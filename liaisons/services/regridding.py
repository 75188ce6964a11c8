"""Officials of a grid that was split or merged look after the grids that stand there now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from grids.models import Cell
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record
from kernel.ids import new_id
from liaisons.choices import EndedBy
from liaisons.models import Assignment
from liaisons.services.assigning import assigned, close
from liaisons.services.keeping import arm, tell_of
from liaisons.tellings import ASSIGNED


@deed
def follow_cell(*, cell_code: str, into: Sequence[str], at: datetime) -> int:
    """End what officials are assigned to in a grid that ended, and assign them to its heirs from the next day on.

    The day of the change stays whole: somebody may have been there. Returns how many ended; again it finds none.
    """
    morrow = timezone.localtime(at).date() + timedelta(days=1)
    cells = list(Cell.objects.filter(code__in=into).order_by("code"))
    rows = Assignment.objects.select_for_update(of=("self",)).lasting(morrow).filter(place=cell_code)
    held = list(rows.order_by("pk"))
    for one in held:
        until, begins = one.valid_until, max(one.valid_from, morrow)
        one.end_reason = _("The grid was split or merged.")
        close(one, on=begins, because=EndedBy.DEED, actor=SYSTEM, at=at)
        for new in cells:
            _assign(one, new, begins=begins, until=until, at=at)
    return len(held)


def _assign(old: Assignment, new: Cell, *, begins: date, until: date | None, at: datetime) -> None:
    """As he was assigned to the old grid; who looked after both of two grids looks after their heir once."""
    if Assignment.objects.lasting(begins).filter(user_id=old.user_id, place=new.code).exists():
        return
    made = Assignment.objects.create(
        id=new_id(at=at), user_id=old.user_id, unit_id=old.unit_id, area_id=old.area_id, cell=new, place=new.code,
        valid_from=begins, valid_until=until, reason=old.reason, assigned_by_id=old.assigned_by_id, assigned_at=at,
        changed_at=at,
    )  # fmt: skip
    record(assigned(made), actor=SYSTEM, at=at)
    arm(made, at=at)
    tell_of(made, kind=ASSIGNED.code, at=at)
