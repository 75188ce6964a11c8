"""The page of a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calls.offers import beside as calls_beside
from desk.case.details import limit_words
from desk.case.faces import faces_of
from desk.case.related import groups_of
from desk.pane.changes import last_seq
from desk.services.reading import mark_opened
from developments.offers import beside as plan_beside
from dispatch.choices import COLOURS as ORDER_COLOURS
from dispatch.models import Escalation, Progress
from dispatch.offers import Offer as OrderOffer
from dispatch.offers import assigning
from dispatch.offers import offers_of as order_offers
from dispatch.proposals import proposal_of
from governance.web.casefile.gantt import gantt_of
from governance.web.casefile.joint import joint_of, offers_on
from governance.web.casefile.minutes import ledger_of
from governance.web.casefile.papers import papers_of
from governance.web.casefile.reading import Reading, read
from governance.web.casefile.reasons import refused_of
from governance.web.casefile.told import Known, course_of
from kernel import clock
from kernel.actors import Actor
from kernel.calendars import current
from kernel.chains import verify_case
from kernel.http import ActorRequest
from kernel.worktime import WorkCalendar
from mediation.queries import cases_of
from petitions.choices import COLOURS, OPEN_STATES, State
from petitions.models import Petition
from petitions.offers import Offer, offers_of
from supervision.offers import beside as supervision_beside
from whistles.offers import beside as whistles_beside


@login_required
@require_safe
def case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """One case, whole."""
    actor, at = request.actor, clock.now()
    seq = last_seq(case_id=case_id)
    reading = read(case_id=case_id, actor=actor)
    if request.method == "GET":
        mark_opened(case_id=case_id, seq=seq, actor=actor, at=at)
    context = {
        "reading": reading,
        "petition": reading.petition,
        "at": at,
        "colour": COLOURS[reading.petition.state],
        "urgency_colour": COLOURS[reading.petition.urgency],
        **_moves(reading, actor, at),
        **_clocks(reading, at),
        "course": course_of(
            request=request,
            petition=reading.petition,
            actor=actor,
            for_public=reading.for_public,
            known=_known(reading),
        ),
        "chain": verify_case(case_id=reading.petition.pk),
        **_said(reading, actor),
    }
    if not reading.for_public:
        context |= (
            _orders(reading, actor, at)
            | _beside(reading, context["course"]["family"], actor)
            | _proposal(reading, actor, at)
            | _elsewhere(reading, actor, at)
        )
    supervised = [row["order"] for row in context["supervision"].orders] if "supervision" in context else []
    context["papers"] = papers_of(
        petition=reading.petition,
        order=None if reading.for_public else reading.order,
        supervised=supervised,
        replied=bool(context["replies"]),
        actor=actor,
    )
    return render(request, "casefile/case.html", context)


def _elsewhere(reading: Reading, actor: Actor, at: datetime) -> dict[str, Any]:
    """What other apps have of the case, each as it offers it."""
    petition = reading.petition
    return {
        "calls": calls_beside(petition=petition, actor=actor),
        "plan": plan_beside(petition=petition, actor=actor),
        "whistles": whistles_beside(petition=petition, actor=actor),
        "supervision": supervision_beside(petition=petition, order=reading.order, actor=actor, at=at),
    }


def _known(reading: Reading) -> Known:
    category = reading.petition.category
    named = {category.code: category.name} if category else {}
    return Known(units=reading.units, categories=named, orders=reading.orders, events=reading.events)


def _moves(reading: Reading, actor: Actor, at: datetime) -> dict[str, Any]:
    """The buttons: what may be done now, and apart from it what may not, with the reason."""
    petition, order = reading.petition, reading.order
    own = offers_of(petition=petition, actor=actor)
    named = assigning(petition=petition, actor=actor)
    through = [named] if named else order_offers(order=order, actor=actor, at=at) if order else []
    # A citizen is not told what offices may do.
    every: list[OrderOffer | Offer] = [*through, *own]
    refused = [] if reading.for_public else [one for one in every if not one.allowed]
    return {
        "order_moves": [one for one in through if one.allowed],
        "petition_moves": [one for one in own if one.allowed],
        "refused_moves": refused,
        "assigning": named,
    }


def _clocks(reading: Reading, at: datetime) -> dict[str, Any]:
    calendar = current(at=at)
    petition = reading.petition
    order = reading.order if petition.state == State.DISPATCHED else None
    until = petition.closed_at or at
    return {
        "faces": faces_of(
            petition=petition,
            order=order,
            holder=reading.holder,
            at=at,
            calendar=calendar,
            requests=[one for one in reading.requests if one.round == petition.round],
        ),
        **({} if reading.for_public else _drawn(reading, until, calendar)),
    }


def _drawn(reading: Reading, until: datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """The minutes of each holder, summed and over time."""
    petition, order = reading.petition, reading.order
    limits = [(petition.due_at, _("Promised by"))]
    if order is not None:
        limits += [(order.sign_due_at, _("Sign by")), (order.handle_due_at, _("Handle by"))]
    events, named = reading.events, reading.unit_name
    return {
        "ledger": ledger_of(events=events, until=until, calendar=calendar, unit_name=named),
        "gantt": gantt_of(
            events=events,
            until=until,
            calendar=calendar,
            unit_name=named,
            running=petition.closed_at is None,
            limits=limits,
        ),
    }


def _said(reading: Reading, actor: Actor) -> dict[str, Any]:
    petition = reading.petition
    asked, called = reading.happened("petition.information_requested"), reading.happened("petition.called_back")
    return {
        "attachments": list(petition.attachments.order_by("added_at")),
        "replies": list(petition.replies.select_related("unit").order_by("-replied_at")),
        "questions": list(petition.questions.order_by("-asked_at")) if asked else [],
        "callbacks": list(petition.callbacks.order_by("-called_at")) if called else [],
        "may_reveal": bool(actor.may("petition.reveal", place=petition.place)),
    }


def _orders(reading: Reading, actor: Actor, at: datetime) -> dict[str, Any]:
    """The work orders with their progress, whom they were reported to, and why this unit."""
    progressed = [one.pk for one in reading.orders] if reading.happened("order.progressed") else []
    climbed = [one.pk for one in reading.orders] if reading.happened("order.escalated") else []
    progress: dict[Any, list[Progress]] = {}
    for one in (
        Progress.objects.filter(order__in=progressed).select_related("unit", "reported_by").order_by("reported_at")
    ):
        progress.setdefault(one.order_id, []).append(one)
    told: dict[Any, list[Escalation]] = {}
    for rung in Escalation.objects.filter(order__in=climbed).select_related("told_unit").order_by("told_at"):
        told.setdefault(rung.order_id, []).append(rung)
    joint = joint_of(orders=reading.orders, actor=actor, at=at)
    return {
        "order_offers": offers_on(petition_id=reading.petition.pk, actor=actor),
        "orders": [
            {
                "order": order,
                "colour": ORDER_COLOURS[order.state],
                "light": order.light(at=at),
                "light_colour": ORDER_COLOURS[order.light(at=at)],
                "limit": limit_words(order.limit_value, order.limit_unit),
                "assists": [] if joint[order.pk].rows else [reading.unit_name(unit) for unit in order.assists],
                "joint": joint[order.pk],
                "refused": refused_of(decision=order.decision, unit_name=reading.unit_name),
                "progress": progress.get(order.pk, []),
                "told": told.get(order.pk, []),
                "requests": [one for one in reading.requests if one.order_id == order.pk],
            }
            for order in reading.orders
        ],
    }


def _beside(reading: Reading, family: Sequence[Petition], actor: Actor) -> dict[str, Any]:
    """What may be the same matter, and what was joined."""
    petition = reading.petition
    mediated = cases_of(petition_id=petition.pk, actor=actor)
    return {
        "related": groups_of(petition=petition, withheld=reading.withheld, joined=family, actor=actor),
        "mediations": list(mediated.select_related("committee")) if reading.happened("mediation.opened") else [],
        "may_mediate": actor.holds("mediation.open") and petition.state in OPEN_STATES,
    }


def _proposal(reading: Reading, actor: Actor, at: datetime) -> dict[str, Any]:
    """Who would get it by the list, while nobody has it."""
    petition = reading.petition
    if petition.state not in (State.FILED, State.ACCEPTED):
        return {}
    found = proposal_of(petition=petition, at=at)
    return {
        "proposal": found,
        "may_try": actor.holds("order.assign"),
        "proposed_limit": limit_words(found.limit.value, found.limit.unit) if found.limit else "",
    }
