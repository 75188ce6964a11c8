"""Who sees which calls: the caller, the called, those who oversee either, and the centre of the place."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from calls.choices import FINAL_STATES, OPEN_PARTS, OPEN_STATES, OWED_PARTS, WITH_UNIT, PartState, State
from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from organizations.choices import Role
from organizations.models import Membership
from petitions.queries import reach_of

if TYPE_CHECKING:
    from calls.models.call import Call
    from calls.models.part import Part


class CallQuerySet(LockingQuerySet["Call"]):
    def visible_to(self, actor: Actor) -> CallQuerySet:
        """Calls of or to one's unit, and those in the territory that one oversees."""
        if actor.is_system:
            return self
        reach = reach_of(actor, of_unit=lambda unit: Q(caller_id=unit) | Q(involved__contains=[unit]))
        if Role.ENFORCER in actor.roles:  # sees what the own team is sent for, and none of the department's cases
            reach |= of_team(actor)
        return self.filter(reach)

    def open(self) -> CallQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def ended(self) -> CallQuerySet:
        return self.filter(state__in=FINAL_STATES)

    def overdue(self, *, at: datetime) -> CallQuerySet:
        """Open, and past the time of the step that they are in."""
        return self.open().filter(stage_due_at__lt=at)

    def to_units(self, actor: Actor) -> CallQuerySet:
        """What the actor's units have to do: those that they lead, and those in which they still owe their part.

        What an own team is sent for is not the township's to do, but that of the people in the team.
        """
        units = list(actor.unit_ids)
        owed = Q(parts__unit_id__in=units, parts__state__in=OWED_PARTS)
        own = self.model._default_manager.filter(owed).values("pk")
        return self.filter(Q(lead_id__in=units, team=None, state__in=WITH_UNIT) | Q(pk__in=own))

    def to_team(self, actor: Actor) -> CallQuerySet:
        """What the team that the actor is posted down to is sent for."""
        return self.filter(of_team(actor), state__in=WITH_UNIT)

    def to_sign(self, actor: Actor) -> CallQuerySet:
        """Those that the actor's unit has filed and its head has not signed."""
        return self.filter(state=State.SIGNING, caller_id__in=actor.unit_ids)

    def to_triage(self, actor: Actor) -> CallQuerySet:
        """Those before the actor's centre."""
        return self.filter(state=State.FILED, center_id__in=actor.unit_ids)

    def to_judge(self, actor: Actor) -> CallQuerySet:
        """Those whose result the actor's unit has to judge."""
        return self.filter(state=State.REPORTED, caller_id__in=actor.unit_ids)

    def to_rule(self, actor: Actor) -> CallQuerySet:
        """Refusals before the actor's centre: of the lead, or of a unit that was to cooperate."""
        own = self.model._default_manager.filter(parts__state=PartState.REFUSED).values("pk")
        return self.filter(Q(state=State.REFUSED) | Q(pk__in=own), center_id__in=actor.unit_ids)


def of_team(actor: Actor) -> Q:
    """Calls of which the actor is one of the own team: in it on the day of the sending, or since."""
    here = Membership.objects.filter(team=OuterRef("team_id"), user_id=actor.user_id or 0)
    return Q(
        Exists(here.filter(Q(valid_until=None) | Q(valid_until__gt=OuterRef("filed_at__date")))), team__isnull=False
    )


class PartQuerySet(LockingQuerySet["Part"]):
    def open(self) -> PartQuerySet:
        return self.filter(state__in=OPEN_PARTS)
