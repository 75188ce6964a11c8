"""Emergency mode: the most pressing case that cannot wait, with its units and its clocks; nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as Either
from django.db.models import F, IntegerField, Value, When

from calls.choices import COLOURS as CALL_COLOURS
from calls.choices import PART_COLOURS
from calls.models import Call, Part
from desk.case.faces import faces_of
from dispatch.choices import COLOURS as ORDER_COLOURS
from dispatch.models import WorkOrder
from governance.web import links, names
from governance.web.figures import cases_in
from governance.web.live import running
from kernel.actors import Actor
from kernel.calendars import current
from organizations.queries.posts import unit_names
from petitions.choices import COLOURS, OPEN_STATES, Urgency
from petitions.models import Petition

EMERGENCY, ORDINARY = "emergency", "ordinary"
# What the list of petitions calls an area by its width.
NARROWED = {9: "area", 12: "village"}
PRESSING = (Urgency.CRITICAL, Urgency.URGENT)
FIRST = Either(When(urgency=Urgency.CRITICAL, then=Value(0)), default=Value(1), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Acting:
    """A unit that does something about the case."""

    name: str
    part: str
    state: str
    colour: str


def emergency(*, actor: Actor, at: datetime, place: str, mode: str) -> dict[str, Any] | None:
    """What the screen shows of the case, None where it goes on as usual.

    A critical case that is open takes the screen by itself; asked for by hand, an urgent one does too. `mode`
    "ordinary" puts it back.
    """
    if mode == ORDINARY:
        return None
    wanted = PRESSING if mode == EMERGENCY else PRESSING[:1]
    open_ones = running(actor=actor, place=place).filter(urgency__in=wanted)
    petition = open_ones.select_related("category").order_by(FIRST, "stage_due_at", "pk").first()
    if petition is None:
        return None
    order = WorkOrder.objects.visible_to(actor).open().filter(petition=petition).select_related("unit").first()
    return {
        "petition": petition,
        "href": links.petition(petition_id=petition.pk),
        "place": names.place_of(petition=petition),
        "colour": COLOURS[petition.state],
        "urgency_colour": COLOURS[petition.urgency],
        **_alike(petition, actor=actor, place=place),
        "faces": faces_of(petition=petition, order=order, holder=_holder(petition), at=at, calendar=current(at=at)),
        "units": [*_of_order(order), *_of_calls(petition, actor)],
    }


def _alike(petition: Petition, *, actor: Actor, place: str) -> dict[str, Any]:
    """How many are open that are as urgent, and the list of just these."""
    alike = cases_in(actor=actor, place=place).filter(state__in=OPEN_STATES, urgency=petition.urgency)
    narrowed = {NARROWED[len(place)]: place} if len(place) in NARROWED else {}
    href = links.petitions(urgency=petition.urgency, state="open", sort="due", **narrowed)
    return {"alike": alike.count(), "alike_href": href}


def _holder(petition: Petition) -> str:
    unit: Any = petition.lead_unit or petition.center
    return unit.short_name or unit.name


def _of_order(order: WorkOrder | None) -> list[Acting]:
    """The lead unit with the state of its order, then those that cooperate."""
    if order is None:
        return []
    lead = Acting(str(order.unit), "lead", order.get_state_display(), ORDER_COLOURS[order.state])
    beside = unit_names(unit_ids=order.assists)
    return [lead, *(Acting(beside[one], "assist", "", "grey") for one in order.assists if one in beside)]


def _of_calls(petition: Petition, actor: Actor) -> list[Acting]:
    """The units that are called to the case, and what each has said."""
    calls = Call.objects.visible_to(actor).filter(case_id=petition.pk).select_related("lead").order_by("filed_at", "pk")
    found = [(str(one.lead), one.get_state_display(), CALL_COLOURS[one.state]) for one in calls if one.lead]
    parts = Part.objects.filter(call__in=[one.pk for one in calls], round=F("call__round"))
    for part in parts.select_related("unit").order_by("pk"):
        found.append((str(part.unit), part.get_state_display(), PART_COLOURS[part.state]))
    return [Acting(name, "called", state, colour) for name, state, colour in found]
