"""Tables of calls."""

from calls.models.call import Call
from calls.models.evidence import Evidence
from calls.models.part import Part
from calls.models.round import Round
from calls.models.told import Escalation

__all__ = ["Call", "Escalation", "Evidence", "Part", "Round"]
