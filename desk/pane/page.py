"""Everything that the right side of the desk shows of one case, read once, in this person's scope."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from desk.case.faces import faces_of
from desk.pane.beside import beside
from desk.pane.changes import last_seq
from desk.pane.moves import buttons_of
from desk.pane.suggesting import suggestion_of
from desk.queries.snoozed import may_snooze
from dispatch.models import TimeRequest, WorkOrder
from kernel.actors import Actor
from kernel.calendars import current
from petitions.choices import COLOURS, State
from petitions.models import Petition
from petitions.place_names import area_names, place_name
from petitions.queries import is_withheld

WITH = ("category__matter", "lead_unit", "center", "joined_to", "reporter")


def seen(*, case_id: Any, actor: Actor) -> Petition:
    """The petition, Http404 where it is not there or not for this person."""
    found = Petition.objects.visible_to(actor).select_related(*WITH).filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found


def order_on(*, petition: Petition, actor: Actor) -> WorkOrder | None:
    """The order that is open, or the last one there was, as far as this person sees it."""
    rows = WorkOrder.objects.visible_to(actor).filter(petition=petition)
    found: WorkOrder | None = rows.select_related("unit", "return_reason").order_by("-assigned_at").first()
    return found


def pane_of(*, case_id: UUID, actor: Actor, at: datetime, query: str) -> dict[str, Any]:
    """What the template of a case on the desk is given; `query` is the list that the person works through."""
    seq = last_seq(case_id=case_id)  # before the case: what is done meanwhile is then said to be new
    petition = seen(case_id=case_id, actor=actor)
    order = order_on(petition=petition, actor=actor)
    buttons = buttons_of(petition=petition, order=order, actor=actor, at=at, query=query)
    offered = {one.name for one in buttons["offered"]}
    return {
        "petition": petition,
        "order": order,
        "at": at,
        "seq": seq,
        "colour": COLOURS[petition.state],
        "urgency_colour": COLOURS[petition.urgency],
        "place": place_name(petition, area_names([petition])),
        "withheld": is_withheld(petition=petition, actor=actor),
        "attachments": list(petition.attachments.order_by("added_at")),
        "query": query,
        "offered": buttons["offered"],
        "refused": buttons["refused"],
        "faces": _faces(petition, order, at),
        "may_accept": "accept" in offered,
        "may_assign": "assign" in offered,
        "may_snooze": "ask_pause" not in offered and may_snooze(petition=petition, actor=actor, at=at),
        **suggestion_of(petition=petition, at=at),
        **beside(petition=petition, actor=actor, may_join="join" in offered),
    }


def _faces(petition: Petition, order: WorkOrder | None, at: datetime) -> list[dict[str, Any]]:
    running = order if petition.state == State.DISPATCHED else None
    asked = TimeRequest.objects.filter(petition=petition, round=petition.round).select_related("decided_by")
    holder = petition.lead_unit or petition.center
    return faces_of(
        petition=petition,
        order=running,
        holder=str(holder),
        at=at,
        calendar=current(at=at),
        requests=list(asked.order_by("asked_at")) if running else [],
    )
