"""Items, drafts and hand-overs for the table of access: one in each state that an address asks for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from kernel import clock
from kernel.actors import SYSTEM
from registry.models import Draft, HandOver
from registry.services import drafts, handover, publishing
from registry.services.drafts import LineInput
from tests.registry.steps import FOUNDED, duty
from tests.world import World

KINDS = (Draft, HandOver)
CREATING = ("/drafts/", "/hand-overs/")
ITEM = "D-CG-1"


def soon() -> date:
    return timezone.localtime(clock.now()).date() + timedelta(days=30)


def _new(_world: World, _thing: Any) -> dict[str, Any]:
    return {"title": "调整", "reason": "职责调整", "effective": soon().isoformat()}


def _move(world: World, _thing: Any) -> dict[str, Any]:
    unit = world.units["water"].pk
    return {"item": "D-CG-2", "to_unit": unit, "text": "双方同意", "effective": soon().isoformat()}


SENT: dict[str, tuple[str, Any]] = {
    "GET /drafts/": ("preparing", None),
    "POST /drafts/": ("preparing", _new),
    "GET /drafts/{pk}/": ("preparing", None),
    "GET /drafts/{pk}/plan/": ("preparing", None),
    "POST /drafts/{pk}/lines/": ("preparing", {"op": "withdraw", "item_code": ITEM}),
    "POST /drafts/{pk}/drop/": ("preparing", {"item_code": ITEM}),
    "POST /drafts/{pk}/submit/": ("preparing", {}),
    "POST /drafts/{pk}/take-back/": ("submitted", {}),
    "POST /drafts/{pk}/discard/": ("preparing", {}),
    "POST /drafts/{pk}/approve/": ("submitted", {}),
    "POST /drafts/{pk}/refuse/": ("submitted", {"reason": "依据不足"}),
    "GET /hand-overs/": ("offered", None),
    "POST /hand-overs/": ("offered", _move),
    "GET /hand-overs/{pk}/": ("offered", None),
    "POST /hand-overs/{pk}/sign/": ("offered", {}),
    "POST /hand-overs/{pk}/withdraw/": ("offered", {"reason": "另行商定"}),
}


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """Two items of the city's law enforcement, a draft of its handler in two states, a hand-over that is offered."""
    _found(at)
    return {
        "preparing": _draft(world, at=at),
        "submitted": _draft(world, at=at, submit=True),
        "offered": handover.propose(
            item_code=ITEM,
            to_unit_id=world.units["water"].pk,
            text="双方同意",
            effective=soon(),
            actor=world.actor("keeper", on=at),
            at=at,
        ),
    }


def _found(at: datetime) -> None:
    opened = drafts.open_draft(
        title="建立", origin="founding", reason="公布", effective=FOUNDED, document="1", actor=SYSTEM, at=at
    )
    lines = [
        LineInput(op="new", item_code=code, payload=duty(unit="D-CG", lead_unit="D-CG", name=code))
        for code in (ITEM, "D-CG-2")
    ]
    drafts.put_lines(draft_id=opened.pk, lines=lines, actor=SYSTEM, at=at)
    drafts.submit(draft_id=opened.pk, actor=SYSTEM, at=at)
    publishing.approve(draft_id=opened.pk, actor=SYSTEM, at=at)


def _draft(world: World, *, at: datetime, submit: bool = False) -> Draft:
    actor = world.actor("urban_handler", on=at)
    opened = drafts.open_draft(title="调整", origin="by_hand", reason="职责调整", effective=soon(), actor=actor, at=at)
    drafts.put_line(draft_id=opened.pk, op="change", item_code=ITEM, payload={"safeguards": "新"}, actor=actor, at=at)
    return drafts.submit(draft_id=opened.pk, actor=actor, at=at) if submit else opened
