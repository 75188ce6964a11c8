"""The hygiene audit: look at everything, and carry what is seen into the findings that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import shapely
from django.db import connection
from django.db.models import Q

from grids.auditing import ground, people
from grids.auditing.seen import Seen
from grids.choices import FindingKind, FindingState
from grids.events import AUDITS, AuditRan, FindingGone, FindingSeen
from grids.models import Audit, Finding
from grids.policies import RUN
from grids.queries.map_facts import MapFacts, map_facts
from grids.workflow import FINDINGS
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.events import DomainEvent, record_many
from kernel.ids import new_id
from kernel.permissions import require
from organizations.queries import may_anywhere

_RUNNING = 0x617564  # The key of the advisory lock: one audit at a time.
SEEN_FIELDS = ("name", "other", "lacks", "value", "limit", "lng", "lat", "shape")
CHANGED = [*SEEN_FIELDS, "state", "version", "closed_at", "times", "changed_at", "unit", "person", "due_on",
           "reason"]  # fmt: skip


def run_audit(*, actor: Actor, at: datetime) -> Audit:
    """Look at the whole map and everybody who serves it. Run again, it changes nothing but the moment of the last look.

    Looking takes long and locks nothing: whoever deals with a finding meanwhile waits for the writing alone.
    Raises NotAllowed.
    """
    require(may_anywhere(actor, capability=RUN))
    with alone():
        return carry(look(map_facts(at=at)), actor=actor, at=at)


@contextmanager
def alone() -> Iterator[None]:
    """One audit at a time; the next one waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_RUNNING])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_RUNNING])


@deed
def carry(found: Sequence[Seen], *, actor: Actor, at: datetime) -> Audit:
    """Write what was seen into the findings: those that stand, and those that are back."""
    seen = _keyed(found)
    rows = Finding.objects.filter(Q(key__in=list(seen)) | ~Q(state=FindingState.CLOSED))
    held = {one.key: one for one in rows.select_for_update().order_by("pk")}
    happened: list[DomainEvent] = []
    made = [_made(one, key=key, at=at) for key, one in seen.items() if key not in held]
    again = [held[key] for key in seen if key in held]
    back = [one for one in again if one.state == FindingState.CLOSED]
    changed = [one for one in again if _differs(one, seen[one.key]) or one.state == FindingState.CLOSED]
    for one in changed:
        _seen_again(one, seen[one.key], happened, at=at)
    gone = [one for key, one in held.items() if key not in seen]
    for one in gone:
        _close(one, happened, at=at)
    if gone:
        timers.cancel(subject_id=[str(one.pk) for one in gone], at=at)
    Finding.objects.bulk_create(made, batch_size=500)
    Finding.objects.bulk_update([*changed, *gone], CHANGED, batch_size=500)
    Finding.objects.filter(pk__in=[one.pk for one in again]).update(seen_at=at)
    run = Audit.objects.create(ran_at=at, stood=len(seen), opened=len(made), reopened=len(back), closed=len(gone))
    happened += [_seen_event(one) for one in made]
    told = AuditRan(
        case_id=AUDITS, subject_id=f"audit:{run.pk}", stood=run.stood, opened=run.opened, reopened=run.reopened,
        closed=run.closed,
    )  # fmt: skip
    record_many([told, *happened], actor=actor, at=at)
    return run


def look(facts: MapFacts) -> list[Seen]:
    """Everything that is wrong, in the order of the kinds."""
    grids, plane = facts.grids, facts.plane
    return [
        *ground.gaps(grids, outlines=facts.outlines, names=facts.villages, plane=plane),
        *ground.overlaps(grids, plane=plane),
        *ground.outside(grids, outlines=facts.outlines, plane=plane),
        *people.uncovered(grids, villages=facts.villages),
        *people.sizes(grids),
        *people.staffing(grids, staff=facts.staff),
        *people.codes(grids, home=facts.home, posted=facts.posted),
        *people.telephones(grids),
    ]


def _keyed(found: Iterable[Seen]) -> dict[str, Seen]:
    """What was seen by key. Ground has no name: it is known again by lying where a finding of its kind lay before."""
    gaps: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)
    before = Finding.objects.filter(kind=FindingKind.GAP, shape__isnull=False).order_by("pk")
    for place, key, shape in before.values_list("place", "key", "shape"):
        gaps[place].append((key, shapely.geometry.shape(shape)))
    keyed: dict[str, Seen] = {}
    # The larger of two parts comes first, and so goes on as what both of them were.
    for thing in sorted(found, key=lambda one: (bool(one.key), 0 if one.key else -(one.value or 0))):
        key = thing.key or _known(thing, gaps[thing.place], taken=keyed) or f"gap:{thing.place}:{thing.lng}:{thing.lat}"
        keyed[key] = thing
    return keyed


def _known(thing: Seen, before: list[tuple[str, Any]], *, taken: dict[str, Seen]) -> str:
    shape = shapely.geometry.shape(thing.shape)
    shared = {key: shapely.intersection(shape, other).area for key, other in before if key not in taken}
    key = max(shared, key=shared.__getitem__, default="")
    return key if key and shared[key] > 0 else ""


def _made(seen: Seen, *, key: str, at: datetime) -> Finding:
    said = {name: getattr(seen, name) for name in SEEN_FIELDS}
    return Finding(
        id=new_id(at=at), kind=seen.kind, key=key, place=seen.place, first_seen_at=at, seen_at=at, changed_at=at, **said
    )


def _differs(held: Finding, seen: Seen) -> bool:
    return any(getattr(held, name) != getattr(seen, name) for name in SEEN_FIELDS)


def _seen_again(held: Finding, seen: Seen, happened: list[DomainEvent], *, at: datetime) -> None:
    """Carry what is seen now into the row, which is open again where it had been gone."""
    for name in SEEN_FIELDS:
        setattr(held, name, getattr(seen, name))
    if held.state != FindingState.CLOSED:
        return
    FINDINGS.advance(held, "reopen")
    held.closed_at, held.times = None, held.times + 1
    _touch(held, at=at)
    happened.append(_seen_event(held))


def _close(held: Finding, happened: list[DomainEvent], *, at: datetime) -> None:
    FINDINGS.advance(held, "close")
    held.closed_at = at
    held.unit_id = held.person_id = held.due_on = None
    held.reason = ""
    _touch(held, at=at)
    happened.append(FindingGone(case_id=held.pk, subject_id=str(held.pk), kind=held.kind, place=held.place))


def _touch(held: Finding, *, at: datetime) -> None:
    held.version += 1
    held.changed_at = at


def _seen_event(one: Finding) -> FindingSeen:
    return FindingSeen(case_id=one.pk, subject_id=str(one.pk), kind=one.kind, place=one.place, times=one.times)
