"""Who serves a grid without an account: put on its card, and taken off it again."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from grids.choices import StaffKind
from grids.events import CellStaffed, cell
from grids.models import Cell, CellStaff
from grids.policies import KEEP
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import record
from kernel.permissions import require
from organizations.queries import may_anywhere


@deed
def staff_cell(
    *, code: str, kind: str, name: str, phone: str = "", valid_from: date, actor: Actor, at: datetime
) -> CellStaff:
    """Put an instructor, a police officer or a worker on the card from a day on.

    Raises NotAllowed, Missing, Invalid by field.
    """
    require(may_anywhere(actor, capability=KEEP))
    held = Cell.objects.drawn().filter(code=code).first()
    if held is None:
        raise Missing(_("There is no such grid."))
    if kind not in StaffKind.values:
        raise Invalid.field("kind", _("Unknown kind."))
    if not name.strip():
        raise Invalid.field("name", _("Required."))
    made = CellStaff.objects.create(cell=held, kind=kind, name=name.strip(), phone=phone.strip(), valid_from=valid_from)
    record(staffed(made), actor=actor, at=at)
    return made


@deed
def unstaff_cell(*, staff_id: int, on: date, actor: Actor, at: datetime) -> CellStaff:
    """Take somebody off the card: `on` is the first day without. Raises NotAllowed, Missing, Invalid, Conflict."""
    require(may_anywhere(actor, capability=KEEP))
    held = CellStaff.objects.select_for_update(of=("self",)).select_related("cell").filter(pk=staff_id).first()
    if held is None:
        raise Missing(_("This does not exist, or not for you."))
    if held.valid_until is not None:
        raise Conflict(_("This has an end already."))
    if on <= held.valid_from:
        raise Invalid.field("on", _("After the first day."))
    held.valid_until = on
    held.save(update_fields=["valid_until"])
    record(staffed(held), actor=actor, at=at)
    return held


def staffed(one: CellStaff) -> CellStaffed:
    """Who serves a grid, as the log tells it."""
    return CellStaffed(
        case_id=cell(code=one.cell.code),
        subject_id=f"staff:{one.pk}",
        cell_code=one.cell.code,
        kind=one.kind,
        valid_from=one.valid_from.isoformat(),
        valid_until=one.valid_until.isoformat() if one.valid_until else "",
    )
