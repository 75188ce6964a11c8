"""The audit of every night."""

from typing import Any

from celery import shared_task

from grids.models import Cell
from grids.services.auditing import run_audit
from grids.services.importing import sweep_imports
from kernel.actors import SYSTEM
from kernel.clock import now


@shared_task(name="grids.sweep_imports", ignore_result=True)
def sweep_old_imports(**_kwargs: Any) -> None:
    """Files with maps that were read months ago."""
    sweep_imports(at=now())


@shared_task(name="grids.audit", ignore_result=True, soft_time_limit=500, time_limit=560)
def audit(**_kwargs: Any) -> int:
    """Look at the whole map; with nothing drawn there is nothing to look at."""
    return run_audit(actor=SYSTEM, at=now()).stood if Cell.objects.drawn().exists() else 0
