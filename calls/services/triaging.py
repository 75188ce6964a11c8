"""Triage: the centre names lead, cooperating units and limit; for what cannot wait the list does it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from calls import tellings
from calls.events import CallTriaged
from calls.models import Call, Part
from calls.policies import ANSWER
from calls.queries import callable_units, imagined_for, listed_for, people_sent
from calls.services import calls
from calls.services.parts import lapse_parts
from calls.workflow import CALLS
from dispatch.services.choosing import by_center
from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.timers import TimerSpec
from notices.services.telling import Telling, tell_many
from petitions.services.stages import end_of
from registry.services.gaps import Met, open_gap

MOST_ASSISTS = 12
FARTHEST = timedelta(days=366)
NAMED = (
    "lead_id", "entry_id", "route", "instruction", "involved", "parts_total", "parts_replied", "called_at",
    "called_by_id", "answer_due_at", "work_due_at", "round", "bound", "category_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Assist:
    """A cooperating unit and what it has to do; an empty task means what the list says."""

    unit_id: int
    task: str = ""


@deed
def triage(
    *,
    call_id: Any,
    unit_id: int,
    until: datetime,
    actor: Actor,
    at: datetime,
    assists: Sequence[Assist] = (),
    instruction: str = "",
    version: int | None = None,
) -> Call:
    """Call the units: one leads, any number cooperate, each with its own task and clock.

    What the list says of the unit stands with the call; a township that the list lets only cooperate is never made to
    lead (R4). Raises Invalid naming what is wrong, NotAllowed, WrongState, Stale.
    """
    call = calls.locked(call_id=call_id, actor=actor, version=version)
    calls.permitted(call=call, move="triage", actor=actor)
    _check(call, unit_id, until, assists, at)
    asked = imagined_for(category=call.category, place=call.place, kind=call.kind)
    decided = by_center(petition=asked, unit_id=unit_id, at=at)
    if call.petition_id is None:  # what a petition meets is counted when it is dispatched
        _count_gap(call, listed_for(call=call, at=at), at)
    call.instruction = instruction.strip()
    return _call_units(call, decided, until, assists, actor=actor, at=at)


def triage_by_list(*, call: Call, at: datetime) -> bool:
    """Call the units that the list names, at once and by nobody; False where it names nobody, which is a gap of it.

    Inside the deed that has just filed the call.
    """
    decided = listed_for(call=call, at=at)
    lead = getattr(decided, "unit_id", None)
    if lead is None or not callable_units(call=call).filter(pk=lead).exists():
        _count_gap(call, decided, at)
        return False
    allowed = set(callable_units(call=call).filter(pk__in=decided.assists).values_list("pk", flat=True))
    assists = [Assist(unit_id=one) for one in decided.assists if one in allowed]
    until = call.wanted_by or end_of(limit=decided.limit, at=at)
    _call_units(call, decided, until, assists, actor=SYSTEM, at=at)
    return True


def _count_gap(call: Call, decided: Any, at: datetime) -> None:
    """Count it where the list names nobody; the case is the petition's, or the call's own.

    A call by itself that says no category has asked the list nothing.
    """
    category = call.category
    if getattr(decided, "unit_id", None) is not None or (category is None and call.petition_id is None):
        return
    met = Met(
        petition_id=call.petition_id,
        call_id=None if call.petition_id else call.case_id,
        kind=decided.reason,
        category=call.category_id,
        matter_id=category.matter_id if category else None,
        place=call.place,
    )
    open_gap(met=met, at=at)


def _check(call: Call, unit_id: int, until: datetime, assists: Sequence[Assist], at: datetime) -> None:
    if not at < until <= at + FARTHEST:
        raise Invalid(_("This time cannot be met."), fields={"until": [_("In the future, and within a year.")]})
    wanted = [one.unit_id for one in assists]
    if len(wanted) > MOST_ASSISTS or len(set(wanted)) < len(wanted) or unit_id in wanted:
        raise Invalid(_("Each unit is called once, and at most twelve cooperate."), fields={"assists": [_("Not so.")]})
    known = set(callable_units(call=call).filter(pk__in=[unit_id, *wanted]).values_list("pk", flat=True))
    if unit_id not in known:
        raise Invalid(_("This unit cannot be called."), fields={"unit": [_("Choose another unit.")]})
    if not known.issuperset(wanted):
        raise Invalid(_("This unit cannot be called."), fields={"assists": [_("Choose another unit.")]})


def _call_units(
    call: Call, decided: Any, until: datetime, assists: Sequence[Assist], *, actor: Actor, at: datetime
) -> Call:
    CALLS.advance(call, "triage", given={"unit": decided.unit_id, "until": until})
    lapse_parts(call=call, at=at)
    call.lead_id, call.entry_id, call.route = decided.unit_id, decided.entry_id, decided.record()
    call.called_at, call.called_by_id, call.bound = at, actor.user_id, False
    call.round += 1
    call.involved = sorted({*call.involved, decided.unit_id, *(one.unit_id for one in assists)})
    call.parts_total, call.parts_replied, call.work_due_at = len(assists), 0, until
    calls.lay(call=call, at=at)
    call.answer_due_at = call.stage_due_at
    calls.save(call=call, at=at, columns=NAMED)
    calls.start_clock(call=call, at=at)
    add_parts(call=call, assists=assists, at=at)
    happened = CallTriaged(
        **calls.identity(call),
        unit=decided.unit_id,
        entry=decided.entry_code,
        assists=[one.unit_id for one in assists],
        answer_by=instant(call.stage_due_at),
        work_by=instant(until),
    )
    record(happened, actor=actor, at=at)
    tell_called(call=call, at=at)
    return call


def add_parts(*, call: Call, assists: Sequence[Assist], at: datetime) -> None:
    """Begin the parts of the cooperating units in the round that the call is in, each with its own clock."""
    due = calls.end_of_step(clock="call.part_answer", call=call, at=at)
    parts = [
        Part(
            id=new_id(at=at),
            call=call,
            round=call.round,
            unit_id=one.unit_id,
            task=one.task.strip(),
            called_at=at,
            answer_due_at=due,
            work_due_at=call.work_due_at,
            stage_due_at=due,
            changed_at=at,
        )
        for one in assists
    ]
    Part.objects.bulk_create(parts)
    specs = [
        TimerSpec(kind="call.part_answer", case_id=call.case_id, subject_id=str(one.pk), due_at=due) for one in parts
    ]
    timers.start_many(specs, at=at, fresh=True)


def tell_called(*, call: Call, at: datetime) -> None:
    """Tell everybody who may answer for a called unit, or the people of the own team."""
    units = [call.lead_id or 0, *call.parts.filter(round=call.round).values_list("unit_id", flat=True)]
    people = people_sent(call=call) or calls.who_may(capability=ANSWER, unit_ids=units, at=at)
    said = Telling(
        kind=(tellings.SENT if call.team_id else tellings.CALLED).code,
        people=people,
        subject=str(call.pk),
        facts=calls.due_facts(call),
        once=calls.once(call),
    )
    tell_many([said], at=at)
