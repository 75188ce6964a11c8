"""What the beat wakes: imports that run, and what nobody needs any more."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from celery import shared_task

from kernel import clock
from kernel.actors import PUBLIC, SYSTEM, Actor
from kernel.errors import DomainError
from organizations.queries import actor_of
from petitions.models.intake import BatchState, ImportBatch
from petitions.services import intake, intake_files
from petitions.services.sweeping import sweep
from petitions.services.tallies import fold

TURN_SECONDS = 20.0


@shared_task(name="petitions.continue_imports", ignore_result=True)
def continue_imports(**_kwargs: Any) -> int:
    """Import the next chunks of every running batch, by turns; returns how many rows were taken up."""
    end, rows = time.monotonic() + TURN_SECONDS, 0
    while time.monotonic() < end:
        taken = sum(_next_chunk(batch) for batch in _running())
        if not taken:
            break
        rows += taken
    return rows


def _running() -> list[ImportBatch]:
    return list(ImportBatch.objects.filter(stage=BatchState.RUNNING).select_related("started_by").order_by("pk"))


def _next_chunk(batch: ImportBatch) -> int:
    at = clock.now()
    if not intake_files.spooled(batch=batch).exists():
        intake.stop(batch_id=batch.pk, actor=SYSTEM, note="file_gone")
        return 0
    try:
        done = intake.import_chunk(batch_id=batch.pk, actor=_importer(batch, at), at=at)
    except DomainError:
        intake.stop(batch_id=batch.pk, actor=SYSTEM, note="rights")
        return 0
    return 0 if done is None else done.done - batch.done


def _importer(batch: ImportBatch, at: datetime) -> Actor:
    """Whoever started it, with the rights that they have now."""
    user = batch.started_by
    if user is None:
        return SYSTEM
    return actor_of(user, at=at) if user.is_active else PUBLIC


@shared_task(name="petitions.fold_tally", ignore_result=True)
def fold_tally(**_kwargs: Any) -> int:
    """Fold what changed into the running tally; returns how many changes that were."""
    end, folded = time.monotonic() + TURN_SECONDS, 0
    while time.monotonic() < end and (taken := fold()):
        folded += taken
    return folded


@shared_task(name="petitions.sweep_files", ignore_result=True)
def sweep_files(**_kwargs: Any) -> None:
    """Remove uploads that nobody imported and files that a crash left without their attachment."""
    at = clock.now()
    intake_files.forget_files(at=at)
    sweep(at=at)
