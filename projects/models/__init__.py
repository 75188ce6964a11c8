"""Tables of key work."""

from projects.models.bulletin import Bulletin, BulletinRow
from projects.models.milestone import DateChange, Milestone
from projects.models.month import Month, MonthReport
from projects.models.plan import ActionPlan, Batch, TaskGroup
from projects.models.project import Project
from projects.models.task import Instruction
from projects.models.told import Escalation

__all__ = [
    "ActionPlan",
    "Batch",
    "Bulletin",
    "BulletinRow",
    "DateChange",
    "Escalation",
    "Instruction",
    "Milestone",
    "Month",
    "MonthReport",
    "Project",
    "TaskGroup",
]
