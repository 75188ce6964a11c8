"""What every deed on an admission or a one-off task has in common: the right, the clock, the version, the number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.errors import NotAllowed, Stale, Unprocessable
from kernel.timers import TimerSpec
from petitions.services.stages import end_of
from registry.admission.deadlines import LIMITS
from registry.admission.proposals import Faults
from registry.models import AdHocTask, Admission

NEXT_SERIAL = """
INSERT INTO registry_admissionserial (kind, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (kind, year) DO UPDATE SET last = registry_admissionserial.last + 1 RETURNING last
"""


def next_serial(*, kind: str, at: datetime) -> tuple[int, int]:
    """Year and running number, without gaps: a deed that fails gives its number back."""
    year = timezone.localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SERIAL, [kind, year])
        (serial,) = cursor.fetchone()
    return year, serial


def person(actor: Actor) -> int:
    """The user who signs. Raises NotAllowed for the system: papers are signed by people."""
    if actor.user_id is None:
        raise NotAllowed(_("This is signed by a person."))
    return actor.user_id


def save(*, case: Admission | AdHocTask, at: datetime, columns: tuple[str, ...] = ()) -> None:
    """Write state, version and the named columns, conditional on the version that was locked."""
    case.version += 1
    case.changed_at = at
    names = {"state", "version", "changed_at", *columns}
    rows: Any = type(case)._default_manager.filter(pk=case.pk, version=case.version - 1)
    if not rows.update(**{name: getattr(case, name) for name in names}):
        raise Stale(_("This was changed in the meantime."))


def identity(case: Admission | AdHocTask) -> dict[str, Any]:
    """The fields by which every event names its case, which is the admission or the task itself."""
    return {"case_id": case.pk, "subject_id": str(case.pk)}


def until(*, clock: str, at: datetime) -> datetime:
    """When the limit of a clock that starts now ends."""
    return end_of(limit=LIMITS[clock], at=at)


def start_clock(*, case: Admission | AdHocTask, kind: str, due_at: datetime, at: datetime) -> None:
    """Arm one clock of the case; an armed one of the same kind gives way."""
    spec = TimerSpec(kind=kind, case_id=case.pk, subject_id=str(case.pk), due_at=due_at)
    timers.swap(stopped=(), specs=[spec], at=at)


def stop_clocks(*, case: Admission | AdHocTask, at: datetime, kinds: tuple[str, ...] | None = None) -> None:
    """Stop the clocks of the case, all of them unless named."""
    timers.cancel(subject_id=str(case.pk), kinds=kinds, at=at)


def enter_stage(*, case: Admission | AdHocTask, clock: str, at: datetime) -> None:
    """Start the clock of the stage that the case has just entered, and stop all others. The caller saves the row."""
    stop_clocks(case=case, at=at)
    case.rung = 0
    case.stage_due_at = until(clock=clock, at=at)
    start_clock(case=case, kind=clock, due_at=case.stage_due_at, at=at)


STAGE = ("rung", "stage_due_at")


def refuse_faults(faults: Faults) -> None:
    """Raise Unprocessable naming each field that is wrong."""
    if faults:
        raise Unprocessable(
            _("The application has faults."),
            code="application_has_faults",
            fields={name: list(whys) for name, whys in faults.items()},
        )
