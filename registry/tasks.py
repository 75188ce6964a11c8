"""What the beat wakes: imports that are being compared, and those that nobody needs any more."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from celery import shared_task

from kernel import clock
from kernel.actors import PUBLIC, Actor
from kernel.errors import DomainError
from organizations.queries import actor_of
from registry.models import SheetImport
from registry.services import sheets
from registry.services.sheet_sweeping import sweep_sheets as forget_sheets
from registry.sheets.choices import SheetStage

TURN_SECONDS = 20.0


@shared_task(name="registry.continue_sheets", ignore_result=True)
def continue_sheets(**_kwargs: Any) -> int:
    """Compare the next rows of every running import, by turns; returns how many turns were taken."""
    end, turns = time.monotonic() + TURN_SECONDS, 0
    while time.monotonic() < end:
        taken = sum(_next_chunk(one) for one in _running())
        if not taken:
            break
        turns += taken
    return turns


def _running() -> list[SheetImport]:
    return list(SheetImport.objects.filter(stage=SheetStage.RUNNING).select_related("started_by").order_by("pk"))


def _next_chunk(found: SheetImport) -> bool:
    at = clock.now()
    actor = _importer(found, at)
    try:
        return sheets.compare_chunk(import_id=found.pk, actor=actor, at=at) is not None
    except DomainError as error:
        sheets.give_up(import_id=found.pk, note=str(error.message))
        return False


def _importer(found: SheetImport, at: datetime) -> Actor:
    """Whoever started it, with the rights that they have now."""
    return actor_of(found.started_by, at=at) if found.started_by.is_active else PUBLIC


@shared_task(name="registry.sweep_sheets", ignore_result=True)
def sweep_sheets(**_kwargs: Any) -> int:
    """Forget old rows; returns how many."""
    return forget_sheets(at=clock.now())
