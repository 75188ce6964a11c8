"""Tables of dispatch."""

from dispatch.models.escalation import Escalation
from dispatch.models.order import Progress, ReturnReason, WorkOrder

__all__ = ["Escalation", "Progress", "ReturnReason", "WorkOrder"]
