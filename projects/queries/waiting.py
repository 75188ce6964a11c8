"""What waits for whom: conditions for the queues of the workbench."""

from __future__ import annotations

from django.db.models import Q

from kernel.actors import Actor
from projects.choices import REPORTING, MilestoneState, State, TaskState
from projects.models import DateChange
from projects.policies import REPORT


def reports_owed(actor: Actor) -> Q:
    """Reports that one's units owe and have not filed."""
    return Q(filed_at=None, project__owner__in=_reporting(actor), project__state__in=REPORTING)


def milestones_to_check(_actor: Actor) -> Q:
    """Milestones that are reported and nobody has looked at."""
    return Q(state=MilestoneState.REPORTED, project__state=State.RUNNING)


def moves_to_decide(_actor: Actor) -> Q:
    """Milestones for which another day is asked."""
    return Q(pk__in=DateChange.objects.filter(granted=None).values("milestone"), project__state=State.RUNNING)


def projects_to_check(_actor: Actor) -> Q:
    """Projects that their owners call done."""
    return Q(state=State.ASKED)


def tasks_to_reply(actor: Actor) -> Q:
    """Instructions to one's units."""
    return Q(state=TaskState.GIVEN, unit__in=_reporting(actor))


def tasks_to_review(_actor: Actor) -> Q:
    """Instructions that were replied to."""
    return Q(state=TaskState.REPLIED)


def _reporting(actor: Actor) -> list[int]:
    return [seat.unit_id for seat in actor.seats if seat.unit_id and REPORT in seat.capabilities]
