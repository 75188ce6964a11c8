"""How far the history of a demonstration has grown, read from what it has written."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kernel import lanes
from kernel.choices import TimerState
from kernel.models import Timer
from kernel.worktime import SHANGHAI
from petitions.models import Petition

SOURCE = "history"


def is_growing() -> bool:
    """Whether something of a play is still waiting for played time."""
    return Timer.objects.filter(state=TimerState.ARMED, lane=lanes.HISTORY).exists()


def days_played() -> tuple[date, date] | None:
    """The first and the last day with a petition of the history; None before the first."""
    numbers = Petition.objects.filter(source=SOURCE).exclude(source_no="")
    first = numbers.order_by("source_no").values_list("source_no", flat=True).first()
    last = numbers.order_by("-source_no").values_list("source_no", flat=True).first()
    return (_day(first), _day(last)) if first and last else None


def history_progress(*, at: datetime) -> tuple[int, int] | None:
    """Days grown and days in all, while the history grows; None when it does not (two or three short queries)."""
    played = days_played() if is_growing() else None
    if played is None:
        return None
    first, last = played
    total = (at.astimezone(SHANGHAI).date() - first).days + 1
    return min((last - first).days + 1, total), total


def _day(source_no: str) -> date:
    return datetime.strptime(source_no[:8], "%Y%m%d").replace(tzinfo=UTC).date()
