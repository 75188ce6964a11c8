"""A replay of the keeper of the list, for the table of access."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from dispatch.models import Replay
from dispatch.services import replaying
from kernel import clock
from kernel.actors import SYSTEM
from kernel.calendar_notices import SEED
from tests.world import World

KINDS = (Replay,)
CREATING = ("/replays/",)


def _period() -> dict[str, Any]:
    today = timezone.localtime(clock.now()).date()
    return {"since": today - timedelta(days=30), "until": today}


def _tried(_world: World, _thing: Any) -> dict[str, Any]:
    days = {name: day.isoformat() for name, day in _period().items()}
    return {**days, "days": SEED.read_text(encoding="utf-8")}


SENT: dict[str, tuple[str, Any]] = {
    "GET /replays/": ("replay", None),
    "POST /replays/": ("replay", _tried),
    "GET /replays/{pk}/": ("replay", None),
    "POST /replays/{pk}/stop/": ("replay", {}),
}


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One that runs, of nobody in the table: whoever has one running waits with another."""
    days = SEED.read_text(encoding="utf-8")
    given = {**_period(), "territory": "", "days": days, "at": at}
    return {"replay": replaying.start(**given, actor=SYSTEM)}
