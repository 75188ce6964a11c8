"""What every deed on a whistle has in common: locks in order, the right, the clock, the version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.errors import Missing, Stale
from kernel.permissions import require
from kernel.timers import TimerSpec
from petitions.models import Petition
from petitions.services.stages import end_of
from petitions.services.stages import locked as locked_petition
from whistles.choices import Form
from whistles.deadlines import limit_of
from whistles.models import Whistle
from whistles.queries import move_verdict
from whistles.workflow import WHISTLES

# The absence of units is recorded at its minute whatever the meeting has come to: that clock is never stopped here.
STAGES = ("whistle.decide", "whistle.record", "whistle.finish")
GATHER = "whistle.gather"
# 〔year〕 and the running number of the county in it: the usual form of an official letter.
NUMBERS: dict[str, str] = {
    Form.WHISTLE: "〔{year}〕哨字第{serial}号",  # zh: the register writes it so
    Form.CONSULTATION: "〔{year}〕会商字第{serial}号",  # zh: the register writes it so
    Form.JOINT_MEETING: "〔{year}〕联席字第{serial}号",  # zh: the register writes it so
    Form.INSPECTION: "〔{year}〕督查字第{serial}号",  # zh: the register writes it so
}
NEXT_SERIAL = """
INSERT INTO whistles_serial (county, year, form, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (county, year, form) DO UPDATE SET last = whistles_serial.last + 1 RETURNING last
"""


def locked(*, whistle_id: Any, version: int | None = None) -> Whistle:
    """The whistle, locked; its petition before it, as every deed of a case does. Raises Missing, Stale."""
    known = Whistle.objects.filter(pk=whistle_id).values_list("pk", "petition_id").first()
    if known is None:
        raise Missing(_("This does not exist, or not for you."))
    if known[1] is not None:
        locked_petition(petition_id=known[1])
    found: Whistle = Whistle.objects.locked(whistle_id, version=version)
    return found


def locked_in(*, whistle_ids: Iterable[UUID], states: Iterable[str]) -> list[Whistle]:
    """The truth at the moment of firing: those of the whistles that stand so, their petitions locked first."""
    wanted = list(whistle_ids)
    petitions = Whistle.objects.filter(pk__in=wanted, petition__isnull=False).values_list("petition_id", flat=True)
    list(Petition.objects.select_for_update(of=("self",)).filter(pk__in=list(petitions)).order_by("pk").values("pk"))
    rows = Whistle.objects.select_for_update(of=("self",)).filter(pk__in=wanted, state__in=list(states))
    return list(rows.order_by("pk"))


def permitted(*, whistle: Whistle, move: str, actor: Actor) -> None:
    """Raise WrongState where the table lacks the move, NotAllowed with the reason where the actor may not make it."""
    WHISTLES.row(move=move, state=whistle.state)
    require(move_verdict(move=move, whistle=whistle, actor=actor))


def save(*, whistle: Whistle, at: datetime, columns: tuple[str, ...] = ()) -> None:
    """Write state, version and the named columns, conditional on the version that was locked."""
    whistle.version += 1
    whistle.changed_at = at
    names = {"state", "version", "changed_at", "stage_due_at", "rung", *columns}
    written = Whistle.objects.filter(pk=whistle.pk, version=whistle.version - 1).update(
        **{name: getattr(whistle, name) for name in names}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def identity(whistle: Whistle) -> dict[str, Any]:
    """The fields by which every event names its case and the whistle."""
    return {"case_id": whistle.case_id, "subject_id": str(whistle.pk)}


def end_of_step(*, clock: str, whistle: Whistle, at: datetime) -> datetime:
    """When a step of a whistle that begins at `at` ends."""
    return end_of(limit=limit_of(clock=clock, kind=whistle.kind, form=whistle.form), at=at)


def enter(*, whistle: Whistle, due_at: datetime) -> None:
    """Lay the clock of the state that the whistle has come to; save() writes it and start_clock() arms it."""
    whistle.stage_due_at, whistle.rung = due_at, 0


def start_clock(*, whistle: Whistle, at: datetime) -> None:
    """Arm the clock of the state that the whistle is in now; those of the other states stop."""
    clock = WHISTLES.clocks.get(whistle.state)
    if clock is None:
        timers.cancel(subject_id=str(whistle.pk), at=at)
        return
    spec = TimerSpec(
        kind=clock, case_id=whistle.case_id, subject_id=str(whistle.pk), due_at=max(whistle.stage_due_at, at)
    )
    timers.swap(stopped=STAGES, specs=[spec], at=at)


def next_number(*, county: str, form: str, at: datetime) -> tuple[int, int, str]:
    """Year, running number and how it is written. Without gaps: a deed that fails gives its number back."""
    year = timezone.localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SERIAL, [county, year, form])
        (serial,) = cursor.fetchone()
    return year, serial, NUMBERS[form].format(year=year, serial=serial)
