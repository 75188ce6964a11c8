"""Who works in a grid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from organizations.choices import Role
from organizations.models import Posting

IN_CELLS = (Role.GRID_LEADER, Role.GRIDWORKER)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody posted to a grid. Name and work telephone are published by law, on the card of the grid."""

    user_id: int
    role: str
    name: str
    phone: str


def workers_of(cell_code: str, *, at: datetime) -> list[Worker]:
    """Leaders first, then gridworkers, of postings in force at an instant. One query."""
    postings = (
        Posting.objects.in_force(at)
        .filter(cell_code=cell_code, role__in=IN_CELLS, user__is_active=True)
        .order_by("role", "user_id")
        .values_list("user_id", "role", "user__display_name", "user__username", "user__work_phone")
    )
    return [Worker(user_id, role, name or username, phone) for user_id, role, name, username, phone in postings]
