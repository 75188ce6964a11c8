"""Imports that nobody needs any more: their rows repeat what a draft says, or nothing ever came of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from kernel.deeds import deed
from registry.models import SheetImport, SheetRow
from registry.sheets.choices import SheetStage
from registry.workflow import DRAFT

KEPT = timedelta(days=90)


@deed
def sweep_sheets(*, at: datetime) -> int:
    """Forget the rows of imports whose draft was decided 90 days ago, and whole imports of which no draft came in that
    time. What an import was of, by whom and which draft it became stays. Returns how many rows went.
    """
    before = at - KEPT
    settled = SheetImport.objects.filter(draft__state__in=DRAFT.final, draft__decided_at__lt=before)
    _total, gone = SheetRow.objects.filter(sheet_import__in=settled).delete()
    unused = SheetImport.objects.filter(draft__isnull=True, started_at__lt=before).exclude(stage=SheetStage.RUNNING)
    _total, also = unused.delete()
    name = SheetRow._meta.label
    return gone.get(name, 0) + also.get(name, 0)
