"""Questions about who may act, who stands above whom, and who is responsible."""

from organizations.policies.precedence import Candidate, Refusal, Refused, Responsibility
from organizations.queries.people import actor_of, may_anywhere
from organizations.queries.responsibility import responsible_for
from organizations.queries.structure import center_id_of, center_of, superior_of, unit_of_place

__all__ = [
    "Candidate",
    "Refusal",
    "Refused",
    "Responsibility",
    "actor_of",
    "center_id_of",
    "center_of",
    "may_anywhere",
    "responsible_for",
    "superior_of",
    "unit_of_place",
]
