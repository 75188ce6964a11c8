"""What cooperating units of a call do beside the lead: most answer, come and reply; some do not."""

from __future__ import annotations

from datetime import datetime
from random import Random

from calls.choices import PartState
from calls.models import Call, Part
from calls.services import parts
from governance.demo.simulation.stage import Stage
from organizations.choices import Role

ANSWERS, REPLIES = 0.85, 0.9
REPLIED = ("已派员配合，完成所承担的工作。", "已到场配合处置，无其他意见。")


def answer_beside(stage: Stage, call: Call, *, promised_at: datetime, at: datetime, random: Random) -> None:
    """Most of the cooperating units say who comes, at the hour of the lead."""
    for part in _in(call, PartState.CALLED):
        actor = stage.cast.one(unit_id=part.unit_id, role=Role.HANDLER, random=random)
        if actor is not None and actor.user_id is not None and random.random() < ANSWERS:
            parts.answer_part(
                call_id=call.pk, part_id=part.pk, person_id=actor.user_id, promised_at=promised_at, actor=actor, at=at
            )


def arrive_beside(stage: Stage, call: Call, *, at: datetime) -> None:
    """Those who said that they come are there with the lead."""
    for part in _in(call, PartState.ANSWERED):
        if part.person_id is not None:
            parts.arrive_part(call_id=call.pk, part_id=part.pk, actor=stage.cast.actor(part.person_id), at=at)


def reply_beside(stage: Stage, call: Call, *, at: datetime, random: Random) -> None:
    """Most of those who are there reply before the lead sums up."""
    for part in _in(call, PartState.ARRIVED):
        if part.person_id is not None and random.random() < REPLIES:
            actor = stage.cast.actor(part.person_id)
            parts.report_part(call_id=call.pk, part_id=part.pk, result=random.choice(REPLIED), actor=actor, at=at)


def _in(call: Call, state: str) -> list[Part]:
    return list(Part.objects.filter(call=call, state=state).order_by("unit__code"))
