from organizations.models.absence import Absence
from organizations.models.area import Area
from organizations.models.condition import FilingCondition
from organizations.models.matter import Matter
from organizations.models.responsibility import ListVersion, ResponsibilityEntry
from organizations.models.rung import ClimbedRung
from organizations.models.staff import Posting, User
from organizations.models.team import Membership, Team
from organizations.models.unit import Unit
from organizations.querysets import ReferenceQuerySet

__all__ = [
    "Absence",
    "Area",
    "ClimbedRung",
    "FilingCondition",
    "ListVersion",
    "Matter",
    "Membership",
    "Posting",
    "ReferenceQuerySet",
    "ResponsibilityEntry",
    "Team",
    "Unit",
    "User",
]
