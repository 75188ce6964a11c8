"""Tables of mediation."""

from mediation.models.agreement import Agreement, Promise, Signature
from mediation.models.case import MediationCase, Serial
from mediation.models.party import Party
from mediation.models.session import Session

__all__ = ["Agreement", "MediationCase", "Party", "Promise", "Serial", "Session", "Signature"]
