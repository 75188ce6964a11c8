"""What every deed on a case has in common: the locks, the right, the clock, the version, the people told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from developments.deadlines import limit_of
from developments.models import Development
from developments.policies import FILE, verdict
from developments.workflow import DEVELOPMENTS
from kernel import timers
from kernel.actors import Actor
from kernel.errors import Missing, Stale
from kernel.permissions import require
from kernel.timers import TimerSpec
from notices.services.telling import tell
from organizations.queries.people import people_who_may
from petitions.services.stages import end_of
from petitions.services.stages import locked as locked_petition

CLOCKS = tuple(sorted(set(DEVELOPMENTS.clocks.values())))


def locked(*, development_id: Any, actor: Actor, version: int | None = None) -> Development:
    """The case, its petition locked first and both until the deed ends.

    Raises Missing where the actor does not see it, or Stale (412).
    """
    found = Development.objects.visible_to(actor).filter(pk=development_id).values_list("petition_id", flat=True)
    petition_id = found.first()
    if petition_id is None:
        raise Missing(_("This does not exist, or not for you."))
    locked_petition(petition_id=petition_id)
    rows = Development.objects.select_related("enterprise")
    development: Development = rows.locked(development_id, version=version)
    return development


def permitted(*, development: Development, move: str, actor: Actor) -> None:
    """Raise WrongState where the table lacks the move, NotAllowed with the reason where the actor may not make it."""
    row = DEVELOPMENTS.row(move=move, state=development.state)
    require(verdict(capability=row.capability, development=development, actor=actor))


def save(*, development: Development, at: datetime, columns: Iterable[str] = ()) -> None:
    """Write state, stage, version and the named columns, conditional on the version that was locked."""
    development.version += 1
    development.changed_at = at
    names = {"state", "version", "changed_at", "stage_from", "stage_due_at", "rung", *columns}
    written = Development.objects.filter(pk=development.pk, version=development.version - 1).update(
        **{name: getattr(development, name) for name in names}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def identity(development: Development) -> dict[str, Any]:
    """The fields by which every event names its case and itself."""
    return {"case_id": development.petition_id, "subject_id": str(development.pk)}


def lay(*, development: Development, at: datetime) -> None:
    """Begin the stage that the case is in now; its ladder begins at the bottom."""
    clock = DEVELOPMENTS.clocks.get(development.state)
    development.stage_from, development.rung = at, 0
    if clock is None:
        development.stage_due_at = at
    elif clock == "development.run":
        assert development.due_at is not None  # a constraint: what runs was promised an end
        development.stage_due_at = development.due_at
    else:
        development.stage_due_at = end_of(limit=limit_of(clock=clock, green=development.green), at=at)


def start_clock(*, development: Development, at: datetime) -> None:
    """Start the clock of the state that the case is in now; those of other states stop."""
    clock, subject = DEVELOPMENTS.clocks.get(development.state), str(development.pk)
    if clock is None:
        timers.cancel(subject_id=subject, at=at)
        return
    spec = TimerSpec(kind=clock, case_id=development.petition_id, subject_id=subject, due_at=development.stage_due_at)
    timers.swap(stopped=CLOCKS, specs=[spec], at=at)


def contacts_of(*, development: Development, at: datetime) -> list[int]:
    """The company's contacts at an instant."""
    return people_who_may(capability=FILE, unit_ids=[development.company_unit_id], at=at)


def tell_of(
    *, kind: str, development: Development, people: list[int], at: datetime, tag: str = "", **facts: str | int
) -> None:
    """Tell some people of this version of a case, or of what `tag` names, so that nobody is told anything twice."""
    said: dict[str, str | int] = {"company_unit": development.company_unit_id, **facts}
    once = f"{development.pk}:{tag or development.version}"
    tell(kind=kind, people=people, subject=str(development.pk), facts=said, once=once, at=at)
