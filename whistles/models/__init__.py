"""Tables of whistles."""

from whistles.models.meeting import AgendaItem, Decision
from whistles.models.rating import Rating
from whistles.models.serial import Serial
from whistles.models.summons import CheckIn, Summons
from whistles.models.task import Task
from whistles.models.told import Escalation
from whistles.models.whistle import Whistle

__all__ = ["AgendaItem", "CheckIn", "Decision", "Escalation", "Rating", "Serial", "Summons", "Task", "Whistle"]
