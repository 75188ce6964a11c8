"""Questions about enforcement teams: who may change them, who is in them, and who comes from where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from kernel.actors import Actor
from kernel.permissions import Verdict
from organizations.choices import HOMES
from organizations.models import Membership, Posting, Team, Unit
from organizations.policies import teams


def manage_verdict(*, actor: Actor, township_id: int) -> Verdict:
    """Whether the actor founds teams of a township, posts people down to them and recalls them."""
    return teams.team_verdict(actor=actor, township_id=township_id)


def homes() -> QuerySet[Unit]:
    """The bodies whose people can be posted down."""
    return Unit.objects.working().filter(kind__in=HOMES)


def works_for(*, user_id: int, unit_id: int, at: datetime) -> bool:
    """Whether somebody holds a posting of the unit at an instant."""
    return Posting.objects.in_force(at).filter(user_id=user_id, unit_id=unit_id, user__is_active=True).exists()


def rosters(*, team_ids: Iterable[UUID], on: date, former: bool = False) -> dict[UUID, list[Membership]]:
    """Who is or will be in each team on a day and after, with person and home; `former` adds who was. One query."""
    rows = Membership.objects.filter(team_id__in=list(team_ids)).select_related("user", "home")
    if not former:
        rows = rows.overlapping(start=on, end=None)
    found: dict[UUID, list[Membership]] = defaultdict(list)
    for row in rows.order_by("team_id", "home__code", "valid_from", "pk"):
        found[row.team_id].append(row)
    return found


def teams_with_matters(*, found: QuerySet[Team]) -> QuerySet[Team]:
    """The teams with their townships and their powers, in three queries whatever their number."""
    return found.select_related("township__area").prefetch_related("powers")
