"""Supplying: what was missing comes in, from the citizen or by whoever serves them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.events import record
from petitions.events import InformationSupplied
from petitions.models import Petition, Question
from petitions.services.stages import enter, locked, permitted, save_stage, unit_holder


@deed
def supply_information(
    *, petition_id: Any, answer: str, actor: Actor, at: datetime, version: int | None = None
) -> Petition:
    """Add what was asked for; the petition stands before the centre again, with a fresh limit for accepting."""
    petition = locked(petition_id=petition_id, version=version)
    permitted(petition=petition, move="supply", actor=actor)
    enter(petition=petition, move="supply", at=at, given={"answer": answer})
    petition.holder = unit_holder(petition.center_id)
    save_stage(petition=petition, at=at, columns=("holder",))
    asked = petition.questions.filter(answered_at=None).order_by("-asked_at").first()
    if asked is not None:
        Question.objects.filter(pk=asked.pk).update(answer=answer.strip(), answered_at=at)
    record(
        InformationSupplied(
            case_id=petition.pk,
            subject_id=str(petition.pk),
            holder=petition.holder,
            content=personal.commitment(answer, salt=petition.salt),
        ),
        actor=actor,
        at=at,
    )
    return petition
