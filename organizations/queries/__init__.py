"""Questions about who may act, who stands above whom, and who is responsible."""

from organizations.policies.precedence import Candidate, Refusal, Refused, Responsibility
from organizations.queries.conditions import conditions_by_matter, conditions_of
from organizations.queries.people import (
    actor_of,
    actors_of,
    may_anywhere,
    people_by_unit,
    people_in_roles,
    people_posted,
)
from organizations.queries.posts import Post, posts_of, unit_names
from organizations.queries.responsibility import responsible_for
from organizations.queries.structure import center_id_of, center_of, superior_of, unit_name, unit_of_place

__all__ = [
    "Candidate",
    "Post",
    "Refusal",
    "Refused",
    "Responsibility",
    "actor_of",
    "actors_of",
    "center_id_of",
    "center_of",
    "conditions_by_matter",
    "conditions_of",
    "may_anywhere",
    "people_by_unit",
    "people_in_roles",
    "people_posted",
    "posts_of",
    "responsible_for",
    "superior_of",
    "unit_name",
    "unit_names",
    "unit_of_place",
]
