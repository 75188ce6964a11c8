"""What every deed on a mediation case has in common: locks in order, the right, the clock, the version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.errors import Missing, Stale
from kernel.permissions import require
from kernel.timers import TimerSpec
from mediation.models import MediationCase
from mediation.queries import move_verdict
from mediation.workflow import WORKFLOW
from petitions.models import Petition
from petitions.services.stages import locked as locked_petition

CLOCKS = ("mediation.assign", "mediation.conclude", "mediation.warn", "mediation.confirm")


def locked(*, case_id: Any, version: int | None = None) -> tuple[MediationCase, Petition]:
    """The case and its petition, the petition locked first: every deed of a case takes that lock before any other."""
    petition_id = MediationCase.objects.filter(pk=case_id).values_list("petition_id", flat=True).first()
    if petition_id is None:
        raise Missing(_("This does not exist, or not for you."))
    petition = locked_petition(petition_id=petition_id)
    case: MediationCase = MediationCase.objects.locked(case_id, version=version)
    return case, petition


def permitted(*, case: MediationCase, move: str, actor: Actor) -> None:
    """Raise WrongState where the table lacks the move, NotAllowed with the reason where the actor may not make it."""
    WORKFLOW.row(move=move, state=case.state)
    require(move_verdict(move=move, case=case, actor=actor))


def save(*, case: MediationCase, at: datetime, columns: tuple[str, ...] = ()) -> None:
    """Write state, version and the named columns, conditional on the version that was locked."""
    case.version += 1
    case.changed_at = at
    names = {"state", "version", "changed_at", *columns}
    written = MediationCase.objects.filter(pk=case.pk, version=case.version - 1).update(
        **{name: getattr(case, name) for name in names}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def identity(case: MediationCase) -> dict[str, Any]:
    """The fields by which every event of mediation names its case and itself."""
    return {"case_id": case.petition_id, "subject_id": str(case.pk)}


def clock(*, case: MediationCase, kind: str, due_at: datetime, at: datetime) -> None:
    """Arm one clock of the case; an armed one of the same kind gives way."""
    spec = TimerSpec(kind=kind, case_id=case.petition_id, subject_id=str(case.pk), due_at=due_at)
    timers.swap(stopped=(), specs=[spec], at=at)


def stop_clocks(*, case: MediationCase, at: datetime, kinds: tuple[str, ...] = CLOCKS) -> None:
    """Stop the case's own clocks; those of its promises belong to the promises."""
    timers.cancel(subject_id=str(case.pk), kinds=kinds, at=at)
