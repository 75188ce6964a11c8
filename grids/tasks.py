"""The audit of every night, jobs that were asked for, and what nobody needs any more."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from typing import Any

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.utils.translation import override

from grids.models import Cell, MapJob
from grids.services import doing, jobs
from grids.services.auditing import run_audit
from grids.services.importing import sweep_imports
from kernel.actors import PUBLIC, SYSTEM
from kernel.clock import now
from kernel.errors import Conflict, DomainError
from organizations.queries import actor_of

log = logging.getLogger(__name__)
TURN_SECONDS = 20.0


@shared_task(name="grids.do_jobs", ignore_result=True, soft_time_limit=500, time_limit=560)
def do_jobs(**_kwargs: Any) -> int:
    """Do the jobs that wait, one after another; returns how many. One worker at a time, so that others stay free."""
    end, count = time.monotonic() + TURN_SECONDS, 0
    with jobs.only_one() as mine:
        while mine and time.monotonic() < end and (job := jobs.claim(at=now(), actor=SYSTEM)) is not None:
            _do(job)
            count += 1
    return count


def _do(job: MapJob) -> None:
    at, user = now(), job.asked_by
    try:
        with override(job.language):
            doing.do(job=job, actor=actor_of(user, at=at) if user.is_active else PUBLIC, at=at)
    except SoftTimeLimitExceeded:
        _give_up(job, "too_long")
    except DomainError as error:
        _give_up(job, error.code)
    except Exception as error:  # a job that cannot go on ends and says so, instead of being tried for ever
        log.exception("job %s on the map failed", job.pk)
        _give_up(job, type(error).__name__)


def _give_up(job: MapJob, fault: str) -> None:
    with suppress(Conflict):  # it was ended in the very moment it failed
        jobs.stop(job=job, fault=fault, actor=SYSTEM, at=now())


@shared_task(name="grids.sweep_imports", ignore_result=True)
def sweep_old_imports(**_kwargs: Any) -> None:
    """Files with maps that were read months ago."""
    sweep_imports(at=now())


@shared_task(name="grids.audit", ignore_result=True, soft_time_limit=500, time_limit=560)
def audit(**_kwargs: Any) -> int:
    """Look at the whole map; with nothing drawn there is nothing to look at."""
    return run_audit(actor=SYSTEM, at=now()).stood if Cell.objects.drawn().exists() else 0
