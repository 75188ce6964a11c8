"""Tables of dispatch."""

from dispatch.models.escalation import Escalation
from dispatch.models.first_unit import FirstUnit
from dispatch.models.objection import Objection
from dispatch.models.order import Progress, ReturnReason, WorkOrder
from dispatch.models.replay import Replay, ReplayedCase
from dispatch.models.time import LightRule, TimeRequest
from dispatch.models.triage import TriageCount, TriageModel, TriageTrial

__all__ = [
    "Escalation",
    "FirstUnit",
    "LightRule",
    "Objection",
    "Progress",
    "Replay",
    "ReplayedCase",
    "ReturnReason",
    "TimeRequest",
    "TriageCount",
    "TriageModel",
    "TriageTrial",
    "WorkOrder",
]
