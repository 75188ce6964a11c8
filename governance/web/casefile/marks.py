"""What the drawing of the clocks marks besides who had the case: time that ran out, and who was told of it."""

from __future__ import annotations

# fmt: off
MARKS: dict[str, str] = {
    "petition.passed_up":    "red",
    "petition.overdue":      "red",
    "order.warned":          "yellow",
    "order.escalated":       "red",
    "joint.escalated":       "red",
    "call.escalated":        "red",
    "whistle.late":          "red",
    "mediation.late":        "yellow",
    "development.escalated": "red",
    "supervision.urged":     "yellow",
    "supervision.issued":    "red",
    "supervision.escalated": "red",
}
# fmt: on
