"""Tables of dispatch."""

from dispatch.models.escalation import Escalation
from dispatch.models.first_unit import FirstUnit
from dispatch.models.joint import JointTask, TaskRung
from dispatch.models.objection import Objection
from dispatch.models.offer import OrderOffer
from dispatch.models.order import Progress, ReturnReason, WorkOrder
from dispatch.models.replay import Replay, ReplayedCase
from dispatch.models.time import LightRule, TimeRequest
from dispatch.models.time_rule import TimeRule
from dispatch.models.triage import TriageCount, TriageModel, TriageTrial

__all__ = [
    "Escalation",
    "FirstUnit",
    "JointTask",
    "LightRule",
    "Objection",
    "OrderOffer",
    "Progress",
    "Replay",
    "ReplayedCase",
    "ReturnReason",
    "TaskRung",
    "TimeRequest",
    "TimeRule",
    "TriageCount",
    "TriageModel",
    "TriageTrial",
    "WorkOrder",
]
