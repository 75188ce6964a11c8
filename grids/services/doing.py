"""What a worker does for a job on the map. The result and the end of the job are one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from grids.auditing.seen import Seen
from grids.choices import JobWhat
from grids.importing.reading import Read, read_map
from grids.importing.spool import drop, spooled
from grids.models import MapJob
from grids.policies import KEEP, RUN
from grids.queries.map_facts import map_facts
from grids.services.auditing import alone, carry, look
from grids.services.importing import prepare_import
from grids.services.jobs import finish
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Missing, Unprocessable
from kernel.permissions import require
from organizations.queries import may_anywhere


def do(*, job: MapJob, actor: Actor, at: datetime) -> None:
    """Do a job that was claimed, with the rights that the actor has now, in the language it was asked for in.

    Looking and reading take long and lock nothing. Raises NotAllowed, Unprocessable (the file), Missing (it is gone),
    Conflict where somebody else has ended the job.
    """
    if job.what == JobWhat.AUDIT:
        require(may_anywhere(actor, capability=RUN))
        with alone():
            _audited(look(map_facts(at=at)), job=job, actor=actor, at=at)
        return
    require(may_anywhere(actor, capability=KEEP))
    path = spooled(job.pk)
    if not path.exists():
        raise Missing("the file is gone", code="file_gone")
    try:
        _read(read_map(path, system=job.system), job=job, actor=actor, at=at)
    except Unprocessable:
        drop(job.pk)
        raise
    drop(job.pk)


@deed
def _audited(seen: Sequence[Seen], *, job: MapJob, actor: Actor, at: datetime) -> None:
    finish(job=job, audit=carry(seen, actor=actor, at=at), at=at)


@deed
def _read(read: Read, *, job: MapJob, actor: Actor, at: datetime) -> None:
    finish(job=job, found=prepare_import(read=read, of=job.of, actor=actor, at=at), at=at)
