"""Jobs on the map: asked for on a page or over the API, done by a worker, looked at until they are over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from grids.choices import ImportOf, JobWhat
from grids.coordinates import choices
from grids.events import MapJobAsked, MapJobStopped
from grids.importing import limits, spool
from grids.importing.child import AUTO
from grids.importing.reading import WHY
from grids.models import Audit, MapImport, MapJob
from grids.policies import KEEP, RUN
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Busy, Conflict, Invalid, NotAllowed, Unprocessable
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from kernel.text import HOSTILE, REFUSED
from organizations.models import User
from organizations.queries import may_anywhere

_DOING = 0x6D6170  # the key of the advisory lock of whoever does jobs
AT_ONCE = 3
TRIES = 2  # a job that took two workers down with it is not given a third
STRAY_AFTER = timedelta(hours=1)


@deed
def ask_audit(*, language: str, actor: Actor, at: datetime) -> MapJob:
    """Have the whole map looked over now; where that is being done already, it is that. Raises NotAllowed."""
    require(may_anywhere(actor, capability=RUN))
    return _asked(_new(JobWhat.AUDIT, language=language, actor=actor, at=at), actor=actor, at=at)


@deed
def ask_reading(*, file: Path, name: str, of: str, system: str, language: str, actor: Actor, at: datetime) -> MapJob:
    """Have a file read and compared with the map; the same file asked for again while it is read is that job.

    `name` is shown and nothing else. Raises NotAllowed, Invalid by field, Unprocessable `too_large`, Conflict where
    three files of the actor wait.
    """
    require(may_anywhere(actor, capability=KEEP))
    for field, said, known in (("of", of, ImportOf.values), ("system", system, [AUTO, *dict(choices())])):
        if said not in known:
            raise Invalid.field(field, _("Unknown kind."))
    if file.stat().st_size > limits.FILE_BYTES:
        raise Unprocessable(WHY["too_large"], code="too_large", fields={"file": [WHY["too_large"]]})
    made = _new(JobWhat.READING, language=language, actor=actor, at=at)
    made.name, made.sha256 = HOSTILE.sub(REFUSED, name)[-80:], spool.digest(file)
    made.of, made.system = of, system
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=made.asked_by_id)  # counted one after another
    mine = MapJob.objects.running().filter(what=JobWhat.READING, asked_by_id=actor.user_id)
    if mine.exclude(sha256=made.sha256).count() >= AT_ONCE:
        raise Conflict(_("Three of your files are being read; wait for one of them."))
    job = _asked(made, actor=actor, at=at)
    if job.pk == made.pk:
        spool.keep(file, job_id=job.pk)
    return job


def _new(what: str, *, language: str, actor: Actor, at: datetime) -> MapJob:
    if actor.user_id is None:
        raise NotAllowed(_("Only a person asks for this."))
    return MapJob(id=new_id(at=at), what=what, asked_by_id=actor.user_id, asked_at=at, language=language[:10])


def _asked(made: MapJob, *, actor: Actor, at: datetime) -> MapJob:
    """The job that runs: this one, or the one that was asked for before and is not over. The database decides."""
    MapJob.objects.bulk_create([made], ignore_conflicts=True)
    same = {name: getattr(made, name) for name in ("what", "sha256", "of", "system")}
    if made.what == JobWhat.READING:
        same["asked_by_id"] = made.asked_by_id
    job = MapJob.objects.running().filter(**same).first()
    if job is None:
        raise Busy(_("Somebody else is working on this just now. Try again in a moment."))
    if job.pk == made.pk:
        record(MapJobAsked(**_identity(job), what=job.what), actor=actor, at=at)
    return job


@contextmanager
def only_one() -> Iterator[bool]:
    """Whether the caller alone does jobs until the block ends; a worker that dies lets go with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_DOING])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_DOING])


@deed
def claim(*, at: datetime, actor: Actor) -> MapJob | None:
    """The oldest job that waits, or that a worker left when it died; None where there is none.

    For whoever is only_one(): what has begun and is not over was left by the dead. What died twice is stopped as lost.
    """
    waiting = MapJob.objects.running().select_for_update(of=("self",), skip_locked=True).order_by("asked_at")
    for job in waiting[:10]:
        if job.tries < TRIES:
            job.begun_at, job.tries = at, job.tries + 1
            job.save(update_fields=["begun_at", "tries"])
            return job
        stop(job=job, fault="lost", actor=actor, at=at)
    return None


@deed
def finish(*, job: MapJob, audit: Audit | None = None, found: MapImport | None = None, at: datetime) -> None:
    """It is done, and this came of it. Raises Conflict where it is over, or another worker has taken it up since."""
    held = _mine(job)
    held.finished_at, held.audit, held.found = at, audit, found
    held.save(update_fields=["finished_at", "audit", "found"])


@deed
def stop(*, job: MapJob, fault: str, actor: Actor, at: datetime) -> None:
    """It came to nothing. `fault` is a code of grids.queries.jobs. Raises Conflict as finish() does."""
    held = _mine(job)
    held.stopped_at, held.fault = at, fault[:40]
    held.save(update_fields=["stopped_at", "fault"])
    record(MapJobStopped(**_identity(held), what=held.what, fault=held.fault), actor=actor, at=at)


@deed
def sweep_jobs(*, before: datetime, at: datetime) -> int:
    """Forget jobs that were asked for before a moment, and files that a crash left; returns how many jobs."""
    gone = MapJob.objects.filter(asked_at__lt=before).exclude(pk__in=MapJob.objects.running()).delete()[0]
    wanted = MapJob.objects.running().values_list("pk", flat=True)
    spool.drop_strays(wanted=set(wanted), older_than=(at - STRAY_AFTER).timestamp())
    return gone


def _mine(job: MapJob) -> MapJob:
    held: MapJob = MapJob.objects.locked(job.pk)
    if not held.is_running or held.tries != job.tries:
        raise Conflict(_("This job is over already."))
    return held


def _identity(job: MapJob) -> dict[str, Any]:
    return {"case_id": job.pk, "subject_id": str(job.pk)}
