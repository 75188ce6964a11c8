"""Questions about enforcement teams: who may change them, who is in them, and who comes from where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from kernel.actors import Actor
from kernel.permissions import Verdict
from organizations.choices import HOMES
from organizations.models import Membership, Posting, Team, Unit
from organizations.policies import teams

MOST_FOUND = 30


def manage_verdict(*, actor: Actor, township_id: int) -> Verdict:
    """Whether the actor founds teams of a township, posts people down to them and recalls them."""
    return teams.team_verdict(actor=actor, township_id=township_id)


def homes() -> QuerySet[Unit]:
    """The bodies whose people can be posted down."""
    return Unit.objects.working().filter(kind__in=HOMES)


def home_of(*, user_id: int, at: datetime) -> int:
    """The body that posts people down for which somebody works, the one of the longest posting; 0 where none is."""
    rows = Posting.objects.in_force(at).filter(user_id=user_id, unit__in=homes()).order_by("valid_from", "pk")
    return rows.values_list("unit_id", flat=True).first() or 0


def works_for(*, user_id: int, unit_id: int, at: datetime) -> bool:
    """Whether somebody holds a posting of the unit at an instant."""
    return Posting.objects.in_force(at).filter(user_id=user_id, unit_id=unit_id, user__is_active=True).exists()


def staff_found(*, words: str, at: datetime) -> list[Posting]:
    """People of the bodies that post people down, by a part of name, account or unit: at most MOST_FOUND, by name.

    Each stands there once for every body that it works for. One query, none for no words.
    """
    said = words.strip()
    if not said:
        return []
    among = Posting.objects.in_force(at).filter(unit__in=homes(), user__is_active=True)
    named = Q(user__display_name__icontains=said) | Q(user__username__icontains=said)
    found = among.filter(named | Q(unit__name__icontains=said) | Q(unit__short_name__icontains=said))
    rows = found.select_related("user", "unit").order_by("user__display_name", "user__username", "unit_id", "pk")
    once = {(one.user_id, one.unit_id): one for one in rows[: MOST_FOUND * 2]}
    return list(once.values())[:MOST_FOUND]


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
