"""Who is signed in, as the frame of the page shows it: name, roles and body."""

from __future__ import annotations

from dataclasses import dataclass

from governance.web.names import unit_name
from kernel.http import ActorRequest
from organizations.choices import Role


@dataclass(frozen=True, slots=True)
class Person:
    """What the corner of the page says."""

    name: str
    letter: str
    roles: str
    unit: str


def person(*, request: ActorRequest) -> Person | None:
    """The signed-in person, None where nobody is."""
    user = request.user
    if not user.is_authenticated:
        return None
    actor = request.actor
    name = user.display_name or user.get_username()
    labels = [str(Role(role).label) for role in sorted(actor.roles)]
    unit_id = next((seat.unit_id for seat in actor.seats if seat.unit_id is not None), None)
    return Person(
        name=name,
        letter=name[:1].upper(),
        roles=" · ".join(labels),
        unit=unit_name(unit_id=unit_id) if unit_id is not None else "",
    )
