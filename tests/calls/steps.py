"""Short names for what the stories about calls do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from calls.models import Call
from calls.services import answering, filing, judging, triaging
from calls.services.triaging import Assist
from kernel.models import Event
from tests.world import MONDAY, World

HOUR = timedelta(hours=1)


def filed(world: World, *, by: str = "east_officer", at: datetime = MONDAY, **said: Any) -> Call:
    """The east township calls about stalls; livelihood, so that no signature is needed."""
    given = {"kind": "livelihood", "asked": "请派执法人员到现场清理占道摊点。", "category_code": "010101", **said}
    return filing.file_call(actor=world.actor(by, on=at), at=at, **given)


def called(
    world: World, *, at: datetime = MONDAY, unit: str = "urban", assists: tuple[str, ...] = (), **said: Any
) -> Call:
    """A call with a lead, an hour after it was filed."""
    call = filed(world, at=at, **said)
    then = at + HOUR
    return triaging.triage(
        call_id=call.pk,
        unit_id=world.units[unit].pk,
        until=at + timedelta(days=5),
        assists=[Assist(unit_id=world.units[one].pk, task="配合现场处置") for one in assists],
        actor=world.actor("dispatcher", on=then),
        at=then,
    )


def answered(world: World, call: Call, *, at: datetime, by: str = "urban_handler") -> Call:
    """The handler says that he comes himself, in an hour."""
    return answering.answer(
        call_id=call.pk,
        person_id=world.users[by].pk,
        promised_at=at + HOUR,
        actor=world.actor(by, on=at),
        at=at,
    )


def reported(world: World, call: Call, *, at: datetime, by: str = "urban_handler") -> Call:
    """Answered, on site and reported within two hours from `at`."""
    answered(world, call, at=at, by=by)
    actor = world.actor(by, on=at)
    answering.arrive(call_id=call.pk, actor=actor, at=at + HOUR, lng=117.59, lat=34.77, accuracy_m=12)
    return answering.report(call_id=call.pk, result="已清理，商户书面承诺。", actor=actor, at=at + 2 * HOUR)


def solved(world: World, call: Call, *, at: datetime) -> Call:
    """The township is content."""
    return judging.solve(call_id=call.pk, speed=5, quality=4, actor=world.actor("east_officer", on=at), at=at)


def story(call: Call) -> list[str]:
    """The names of what happened on the case of a call, in order."""
    return list(Event.objects.filter(case_id=call.case_id).order_by("seq").values_list("name", flat=True))
