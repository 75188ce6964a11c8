"""Pure decisions about key work: the owner reports, the centre checks, a date is moved by who did not ask for it."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict

KEEP, REPORT, CHECK, RULE, PUBLISH = (
    "project.keep", "project.report", "project.check", "project.rule", "project.publish",
)  # fmt: skip


class ProjectFacts(Protocol):
    place: str
    owner_id: int
    leader_id: int


def verdict(
    *, capability: str, project: ProjectFacts, actor: Actor, unit: int | None = None, by: int | None = None
) -> Verdict:
    """Whether the actor may make a move on a project or on something of it.

    `unit`: whose turn it is where that is not the owner (an instruction's unit). `by`: who reported or asked.
    """
    if capability == REPORT:
        return actor.may(REPORT, units=[unit or project.owner_id])
    if by in actor.persons:
        return Denied(_("Whoever reported or asked does not decide."))
    if capability in (CHECK, RULE) and project.owner_id in actor.unit_ids and not _in_charge(project, actor):
        return Denied(_("A unit does not check its own project."))
    if capability == RULE and _in_charge(project, actor):
        return Allowed()
    return actor.may(capability, place=project.place)


def _in_charge(project: ProjectFacts, actor: Actor) -> bool:
    """Whether the actor is the county leader in charge of the project."""
    return actor.user_id is not None and actor.user_id == project.leader_id and actor.holds(RULE)
