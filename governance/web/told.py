"""What was brought to the bodies one works for: rungs that were climbed, urgings, and what was passed up to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from calls.models import Call
from calls.models import Escalation as CallRung
from developments.models import Development
from developments.models import Escalation as PlanRung
from dispatch.joint.choices import OfferState
from dispatch.models import Escalation, OrderOffer, TaskRung
from dispatch.rungs import TOLD
from governance.web import links
from governance.web.passed import passed_up
from kernel.actors import Actor
from supervision.choices import Told
from supervision.models import Escalation as SupervisionRung
from supervision.models import Urging
from whistles.models import Escalation as WhistleRung
from whistles.models import Whistle

LISTED = 8
RECENT = timedelta(days=7)


def told(*, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """The latest warnings, escalations and urgings of the last week, newest first."""
    if not actor.unit_ids:
        return []
    since = at - RECENT
    found = [*_rungs(actor, since), *_of_supervision(actor, since), *_urgings(actor, since)]
    found += [*_of_tasks(actor, since), *_handed_over(actor, since)]
    found += [*_of_calls(actor, since), *_of_plans(actor, since), *_of_whistles(actor, since)]
    found += passed_up(actor=actor, since=since, most=LISTED)
    return sorted(found, key=lambda one: one["at"], reverse=True)[:LISTED]


def _rungs(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    rows = (
        Escalation.objects.filter(told_unit_id__in=actor.unit_ids, told_at__gte=since)
        .select_related("order__petition", "order__unit")
        .order_by("-told_at", "-pk")[:LISTED]
    )
    return [
        {
            "what": TOLD.get(row.what, row.what),
            "title": row.order.petition.title,
            "unit": row.order.unit.short_name or row.order.unit.name,
            "rung": row.rung,
            "at": row.told_at,
            "href": links.petition(petition_id=row.order.petition_id),
        }
        for row in rows
    ]


def _of_tasks(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    """Cooperating units that are late with their reply, and leads that are late with judging one."""
    rows = TaskRung.objects.filter(told_unit_id__in=actor.unit_ids, told_at__gte=since)
    return [
        {
            "what": TOLD.get(row.what, row.what),
            "title": row.task.petition.title,
            "unit": str(row.task.order.unit if row.clock == "joint.judge" else row.task.unit),
            "rung": row.rung,
            "at": row.told_at,
            "href": links.petition(petition_id=row.task.petition_id),
        }
        for row in rows.select_related("task__petition", "task__unit", "task__order__unit").order_by("-told_at", "-pk")[
            :LISTED
        ]
    ]


def _of_calls(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    """Calls that are not signed, triaged, answered, done or judged in time; never the petition behind one (F17)."""
    mine = CallRung.objects.filter(told_unit_id__in=actor.unit_ids, told_at__gte=since)
    rows = mine.filter(call__in=Call.objects.visible_to(actor)).select_related("call", "unit")
    return [
        {
            "what": row.get_what_display(),
            "title": row.call.asked,
            "unit": str(row.unit),
            "rung": row.rung,
            "at": row.told_at,
            "href": reverse("calls:call", args=[row.call_id]),
        }
        for row in rows.order_by("-told_at", "-pk")[:LISTED]
    ]


def _of_plans(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    """Plans of companies that are late, and steps of units; never the petition behind one (F17)."""
    mine = PlanRung.objects.filter(told_unit_id__in=actor.unit_ids, told_at__gte=since)
    rows = mine.filter(development__in=Development.objects.visible_to(actor)).select_related("development", "unit")
    return [
        {
            "what": row.get_what_display(),
            "title": row.development.title,
            "unit": str(row.unit),
            "rung": row.rung,
            "at": row.told_at,
            "href": reverse("developments:case", args=[row.development_id]),
        }
        for row in rows.order_by("-told_at", "-pk")[:LISTED]
    ]


def _of_whistles(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    """Whistles that are not decided, signed for, recorded or finished in time, and their tasks."""
    mine = WhistleRung.objects.filter(told_unit_id__in=actor.unit_ids, told_at__gte=since)
    rows = mine.filter(whistle__in=Whistle.objects.visible_to(actor)).select_related("whistle", "unit")
    return [
        {
            "what": row.get_what_display(),
            "title": row.whistle.matter,
            "unit": str(row.unit),
            "rung": row.rung,
            "at": row.told_at,
            "href": reverse("whistles:whistle", args=[row.whistle_id]),
        }
        for row in rows.order_by("-told_at", "-pk")[:LISTED]
    ]


def _handed_over(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    """The centre is told when two units have agreed on who leads."""
    rows = OrderOffer.objects.filter(
        state=OfferState.AGREED, petition__center_id__in=actor.unit_ids, answered_at__gte=since
    )
    return [
        {
            "what": _("a unit has taken an order over"),
            "title": row.petition.title,
            "unit": str(row.to_unit),
            "rung": 0,
            "at": row.answered_at,
            "href": links.petition(petition_id=row.petition_id),
        }
        for row in rows.select_related("petition", "to_unit").order_by("-answered_at", "-pk")[:LISTED]
    ]


def _of_supervision(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    rows = SupervisionRung.objects.filter(told_unit_id__in=actor.unit_ids, told_at__gte=since)
    listed = actor.holds("supervision.order")
    return [
        {
            "what": Told(row.what).label,
            "title": row.petition.title,
            "unit": str(row.unit),
            "rung": row.rung,
            "at": row.told_at,
            "href": reverse("supervision:order", args=[row.subject])
            if listed and row.what != Told.RECHECK
            else links.petition(petition_id=row.petition_id),
        }
        for row in rows.select_related("petition", "unit").order_by("-told_at", "-pk")[:LISTED]
    ]


def _urgings(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    rows = Urging.objects.filter(unit_id__in=actor.unit_ids, urged_at__gte=since)
    return [
        {
            "what": _("urged by the centre"),
            "title": row.petition.title,
            "unit": str(row.unit),
            "rung": 0,
            "times": row.number,
            "at": row.urged_at,
            "href": links.petition(petition_id=row.petition_id),
        }
        for row in rows.select_related("petition", "unit").order_by("-urged_at", "-pk")[:LISTED]
    ]
