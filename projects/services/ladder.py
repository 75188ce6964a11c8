"""One step of the ladder: put on record once, and told. The head of the unit first, then the leader in charge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.actors import SYSTEM
from kernel.events import record
from projects.events import ProjectLate
from projects.models import Escalation, Project
from projects.services import telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Something that is not there on its day. `number`: of the milestone or instruction, 0 for the project itself."""

    project: Project
    subject: UUID
    clock: str
    rung: int
    unit: int
    what: str
    generation: int = 0
    number: int = 0
    of_centre: bool = False


def climb(*, late: Late, at: datetime) -> bool:
    """Tell of it, once for each rung: the unique key refuses a second time, and so does this under the lock held."""
    once = {
        "subject": late.subject, "clock": late.clock, "generation": late.generation, "rung": late.rung,
    }  # fmt: skip
    _row, new = Escalation.objects.get_or_create(
        **once, defaults={"project": late.project, "unit_id": late.unit, "what": late.what, "told_at": at}
    )
    if not new:
        return False
    happened = ProjectLate(
        case_id=late.project.pk, subject_id=str(late.subject), clock=late.clock, rung=late.rung, unit=late.unit,
        what=late.what, number=late.number,
    )  # fmt: skip
    record(happened, actor=SYSTEM, at=at)
    key = f"{late.subject}:{late.clock}:{late.generation}"
    if late.of_centre:
        telling.centre_late(project=late.project, what=late.what, once=f"{key}:c", at=at)
    else:
        telling.late(
            project=late.project, unit=late.unit, rung=late.rung, what=late.what, once=f"{key}:{late.rung}", at=at
        )
    return True
