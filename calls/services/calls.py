"""What every deed on a call has in common: the lock, the right, the clock, the version, the people told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from calls.deadlines import limit_of
from calls.models import Call
from calls.queries import move_verdict
from calls.workflow import CALLS, PARTS
from kernel import timers
from kernel.actors import Actor
from kernel.errors import Missing, Stale
from kernel.events import instant
from kernel.permissions import require
from kernel.timers import TimerSpec
from organizations.queries.people import people_posted
from organizations.roles import CAPABILITIES
from petitions.services.stages import end_of

CLOCKS = tuple(sorted(set(CALLS.clocks.values())))
PART_CLOCKS = tuple(sorted(set(PARTS.clocks.values())))


def locked(*, call_id: Any, actor: Actor, version: int | None = None) -> Call:
    """The call, locked until the deed ends. Raises Missing where the actor does not see it, or Stale (412)."""
    if not Call.objects.visible_to(actor).filter(pk=call_id).exists():
        raise Missing(_("This does not exist, or not for you."))
    call: Call = Call.objects.locked(call_id, version=version)
    return call


def permitted(*, call: Call, move: str, actor: Actor) -> None:
    """Raise WrongState where the table lacks the move, NotAllowed with the reason where the actor may not make it."""
    CALLS.row(move=move, state=call.state)
    require(move_verdict(move=move, call=call, actor=actor))


def save(*, call: Call, at: datetime, columns: Iterable[str] = ()) -> None:
    """Write state, stage, version and the named columns, conditional on the version that was locked."""
    call.version += 1
    call.changed_at = at
    names = {"state", "version", "changed_at", "stage_due_at", "stage_from", "rung", *columns}
    written = Call.objects.filter(pk=call.pk, version=call.version - 1).update(
        **{name: getattr(call, name) for name in names}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def identity(call: Call) -> dict[str, Any]:
    """The fields by which every event names its case and itself."""
    return {"case_id": call.case_id, "subject_id": str(call.pk)}


def end_of_step(*, clock: str, call: Call, at: datetime) -> datetime:
    """When a step of a call that begins at `at` ends, by its kind."""
    return end_of(limit=limit_of(clock=clock, kind=call.kind), at=at)


def lay(*, call: Call, at: datetime, until: datetime | None = None) -> None:
    """Begin the step that the call is in now; its ladder begins at the bottom. `until`: it ends at a promised time."""
    clock = CALLS.clocks.get(call.state)
    call.stage_from, call.rung = at, 0
    call.stage_due_at = until or (end_of_step(clock=clock, call=call, at=at) if clock else at)


def start_clock(*, call: Call, at: datetime) -> None:
    """Start the clock of the state that the call is in now; those of other states stop."""
    clock = CALLS.clocks.get(call.state)
    if clock is None:
        timers.cancel(subject_id=str(call.pk), at=at)
        return
    spec = TimerSpec(kind=clock, case_id=call.case_id, subject_id=str(call.pk), due_at=call.stage_due_at)
    timers.swap(stopped=CLOCKS, specs=[spec], at=at)


def due_facts(call: Call) -> dict[str, str | int]:
    """What a notice about a step says: whose call, of which kind, until when."""
    return {"unit": call.caller_id, "kind": call.kind, "due_at": instant(call.stage_due_at)}


def who_may(*, capability: str, unit_ids: Iterable[int], at: datetime) -> list[int]:
    """The people of some units whose role has a capability: those whom a step waits for."""
    roles = [role for role, held in CAPABILITIES.items() if capability in held]
    return people_posted(unit_ids=unit_ids, roles=roles, at=at)


def once(call: Call) -> str:
    """Names this version of a call, so that nobody is told the same thing twice."""
    return f"{call.pk}:{call.version}"
