"""Officials of the small county: urban's handler keeps in touch with the east village, its head looks after a grid."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from liaisons.models import Assignment, Visit
from liaisons.services.assigning import assign
from liaisons.services.recording import PassedOn, record_visit
from tests.world import EAST_VILLAGE, MONDAY, World

FROM = date(2026, 1, 1)
PASSED = PassedOn(title="路灯不亮", category_code="010101")


def assigned(
    world: World,
    *,
    who: str = "urban_handler",
    place: str = EAST_VILLAGE,
    by: str = "east_head",
    at: datetime = MONDAY,
    **said: Any,
) -> Assignment:
    """An official for the east village since January."""
    given = {"valid_from": FROM, "reason": "包联社区", **said}
    return assign(place=place, user_id=world.users[who].pk, actor=world.actor(by, on=at), at=at, **given)


def visited(world: World, held: Assignment, *, who: str = "urban_handler", at: datetime = MONDAY, **said: Any) -> Visit:
    """A visit an hour ago, on which a lamp was mended."""
    given = {"visited_at": at - timedelta(hours=1), "found": "楼道灯坏了", "solved": "当场换好", **said}
    return record_visit(assignment_id=held.pk, actor=world.actor(who, on=at), at=at, **given)
