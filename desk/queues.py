"""THE QUEUES of the workbench: what waits for a person, by the capability that lets them do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from calls.choices import OWED_PARTS, WITH_UNIT, PartState
from calls.choices import State as Called
from calls.models import Call
from calls.querysets import of_team
from developments.models import Development
from developments.models import Step as PlanStep
from developments.queries import waits_for_acceptance, waits_for_ruling, waits_for_unit
from dispatch.choices import OrderState
from dispatch.joint.choices import WAITED_FOR, TaskKind, TaskState
from dispatch.models import JointTask, OrderOffer, WorkOrder
from kernel.actors import Actor
from mediation.models import MediationCase
from mediation.queries import waits_for
from petitions.choices import State
from petitions.models import Petition
from supervision.choices import State as Supervised
from supervision.models import SupervisionOrder as Ordered
from whistles.models import Task as WhistleTask
from whistles.models import Whistle
from whistles.queries import tasks_to_check, tasks_to_do, to_attend, to_decide, to_score, to_sign_for, to_write

Wanted = Callable[[Actor], Q]


# What waits beside petitions.
Waiting = (
    WorkOrder | Ordered | MediationCase | Call | JointTask | OrderOffer | Whistle | WhistleTask | Development | PlanStep
)


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of waiting work. `of` is the table that it lies in, `due` the column that says until when."""

    key: str
    label: str | Promise
    capability: str
    of: type[Petition | Waiting]
    due: str
    wanted: Wanted

    def is_for(self, *, actor: Actor) -> bool:
        """Whether the person has such a queue at all."""
        return actor.holds(self.capability)

    def rows(self, *, actor: Actor) -> QuerySet[Any]:
        """What waits in it for this person, soonest due first."""
        waiting = self.of.objects.visible_to(actor).open().filter(self.wanted(actor))
        return waiting.order_by(self.due, "pk")


def _received(state: str) -> Wanted:
    """Petitions in a state at the centres one works for."""
    return lambda actor: Q(state=state, center_id__in=actor.unit_ids)


def _own(state: str) -> Wanted:
    """One's own petitions in a state."""
    return lambda actor: Q(state=state, reporter_user_id=actor.user_id)


def _led(state: str) -> Wanted:
    """Orders in a state that one's units lead."""
    return lambda actor: Q(state=state, unit_id__in=actor.unit_ids)


def _first_time(actor: Actor) -> Q:
    return Q(state=OrderState.SIGNED, unit_id__in=actor.unit_ids, reworks=0)


def _sent_back(actor: Actor) -> Q:
    return Q(state=OrderState.SIGNED, unit_id__in=actor.unit_ids, reworks__gt=0)


def _to_rule(actor: Actor) -> Q:
    return Q(state=OrderState.RETURNING, petition__center_id__in=actor.unit_ids)


def _to_adjudicate(actor: Actor) -> Q:
    return Q(state=OrderState.DISPUTED)


def _to_verify(actor: Actor) -> Q:
    """Work done by others: nobody verifies their own."""
    return Q(state=OrderState.COMPLETED) & ~Q(completed_by_id__in=actor.persons)


def _to_give_time(actor: Actor) -> Q:
    """What one did not ask for oneself; whose deadline comes first stands first."""
    return Q(state=OrderState.SIGNED) & ~Q(asking="") & ~Q(unit_id__in=actor.unit_ids)


def _to_call_back(actor: Actor) -> Q:
    return Q(state=State.VERIFIED)


def _ordered(state: str) -> Wanted:
    """Supervision orders in a state that were issued to one's units."""
    return lambda actor: Q(state=state, unit_id__in=actor.unit_ids)


def _to_decide(actor: Actor) -> Q:
    return Q(state=Supervised.PROPOSED)


def _to_judge(actor: Actor) -> Q:
    return Q(state=Supervised.ANSWERED, issuer_id__in=actor.unit_ids)


def _called(actor: Actor) -> Q:
    """Calls that one's units lead, and those in which they still owe their part."""
    owed = Call.objects.filter(parts__unit_id__in=actor.unit_ids, parts__state__in=OWED_PARTS).values("pk")
    return Q(lead_id__in=actor.unit_ids, team=None, state__in=WITH_UNIT) | Q(pk__in=owed)


def _sent(actor: Actor) -> Q:
    """What the own team of a township is sent for that one is posted down to."""
    return Q(of_team(actor), state__in=WITH_UNIT)


def _asked(actor: Actor) -> Q:
    """What other leads ask of one's units."""
    return Q(kind=TaskKind.ASKED, state__in=WAITED_FOR, unit_id__in=actor.unit_ids)


def _replied(actor: Actor) -> Q:
    """Replies to orders that one's units lead."""
    return Q(state=TaskState.REPLIED, order__unit_id__in=actor.unit_ids) & ~Q(replied_by_id__in=actor.persons)


def _offered(actor: Actor) -> Q:
    return Q(to_unit_id__in=actor.unit_ids) & ~Q(offered_by_id__in=actor.persons)


def _before(state: str) -> Wanted:
    """Calls in a state before the centres one works for."""
    return lambda actor: Q(state=state, center_id__in=actor.unit_ids)


def _refused(actor: Actor) -> Q:
    """Refusals before the centres one works for, of leads and of units that were to cooperate."""
    of_parts = Call.objects.filter(parts__state=PartState.REFUSED).values("pk")
    return Q(Q(state=Called.REFUSED) | Q(pk__in=of_parts), center_id__in=actor.unit_ids)


def _ours(state: str) -> Wanted:
    """Calls of one's units in a state."""
    return lambda actor: Q(state=state, caller_id__in=actor.unit_ids)


MEETING = "meets_at"
STAGE, OF_CASE = "stage_due_at", "petition__stage_due_at"
SIGNING, HANDLING = "sign_due_at", "handle_due_at"
RECEIVING, ISSUING = "supervision.answer", "supervision.order"

# fmt: off
QUEUES = (
    #     key         label                     who                  table      until when what waits
    Queue("accept",   _("To accept"),           "petition.accept",   Petition,  STAGE,    _received(State.FILED)),
    Queue("dispatch", _("To dispatch"),         "order.assign",      Petition,  STAGE,    _received(State.ACCEPTED)),
    Queue("rule",     _("Returns to rule on"),  "order.rule",        WorkOrder, OF_CASE,  _to_rule),
    Queue("adjudicate", _("Second returns to adjudicate"), "order.adjudicate", WorkOrder, OF_CASE, _to_adjudicate),
    Queue("sign",     _("To sign for"),         "order.sign",        WorkOrder, SIGNING,  _led(OrderState.ASSIGNED)),
    Queue("handle",   _("In hand"),             "order.complete",    WorkOrder, HANDLING, _first_time),
    Queue("rework",   _("Sent back to me"),     "order.complete",    WorkOrder, HANDLING, _sent_back),
    Queue("time",     _("More time asked for"), "order.grant_time",  WorkOrder, HANDLING, _to_give_time),
    Queue("verify",   _("Awaiting my check"),   "order.verify",      WorkOrder, OF_CASE,  _to_verify),
    Queue("callback", _("To call back"),        "petition.callback", Petition,  STAGE,    _to_call_back),
    Queue("called",   _("Calls to my unit"),    "call.answer",       Call,      STAGE,    _called),
    Queue("sent",     _("My team is sent"),     "call.serve",        Call,      STAGE,    _sent),
    Queue("call_sign", _("Calls to sign"),      "call.sign",         Call,      STAGE,    _ours(Called.SIGNING)),
    Queue("call_triage", _("Calls to triage"),  "call.triage",       Call,      STAGE,    _before(Called.FILED)),
    Queue("call_rule", _("Refusals to rule on"), "call.rule",        Call,      STAGE,    _refused),
    Queue("call_judge", _("Calls to judge"),    "call.rate",         Call,      STAGE,    _ours(Called.REPORTED)),
    Queue("task",     _("Tasks for my unit"),   "order.progress",    JointTask, "due_at", _asked),
    Queue("replied",  _("Replies to look at"),  "order.complete",    JointTask, "due_at", _replied),
    Queue("offered",  _("Orders offered to my unit"), "order.sign",  OrderOffer, "until", _offered),
    Queue("mediate",  _("To mediate"),          "mediation.manage",  MediationCase, STAGE, waits_for),
    Queue("receive",  _("Supervision to receive"), RECEIVING,        Ordered,   STAGE,    _ordered(Supervised.ISSUED)),
    Queue("explain",  _("Supervision to answer"), RECEIVING,       Ordered,   STAGE,    _ordered(Supervised.RECEIVED)),
    Queue("proposed", _("Supervision proposed"), ISSUING,            Ordered,   STAGE,    _to_decide),
    Queue("judge",    _("Answers to check"),    ISSUING,             Ordered,   STAGE,    _to_judge),
    Queue("whistle_decide", _("Whistles to decide"), "whistle.issue",  Whistle, STAGE,    to_decide),
    Queue("whistle_sign", _("Whistles to sign for"), "whistle.answer", Whistle, MEETING,  to_sign_for),
    Queue("whistle_attend", _("Whistles to attend"), "whistle.answer", Whistle, MEETING,  to_attend),
    Queue("whistle_write", _("Minutes to write"), "whistle.record",    Whistle, STAGE,    to_write),
    Queue("whistle_score", _("Whistles to score"), "whistle.answer",   Whistle, STAGE,    to_score),
    Queue("whistle_task", _("Tasks of whistles"), "whistle.answer", WhistleTask, STAGE,   tasks_to_do),
    Queue("whistle_check", _("Tasks of whistles to look at"), "whistle.record", WhistleTask, STAGE, tasks_to_check),
    Queue("plan_accept", _("Plans to accept"),  "development.accept", Development, STAGE, waits_for_acceptance),
    Queue("plan_rule", _("Plans to decide on"), "development.rule",  Development, STAGE,  waits_for_ruling),
    Queue("plan_step", _("Steps of plans"),     "development.answer", PlanStep, STAGE,    waits_for_unit),
    Queue("answer",   _("Questions to me"),     "petition.supply",   Petition,  STAGE,    _own(State.WAITING)),
    Queue("rate",     _("To rate"),             "petition.rate",     Petition,  STAGE,    _own(State.VERIFIED)),
)
# fmt: on
# For those who have no office.
CITIZENS = frozenset({"answer", "rate"})


def queues_of(*, actor: Actor) -> list[Queue]:
    """The queues that this person has, in the order of the table."""
    office = bool(actor.unit_ids)
    return [one for one in QUEUES if one.is_for(actor=actor) and (one.key in CITIZENS) is not office]
