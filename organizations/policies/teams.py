"""Who founds the teams of a township and keeps their rosters (pure)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict

MANAGE = "team.manage"


def team_verdict(*, actor: Actor, township_id: int) -> Verdict:
    """The township itself over its own teams, and whoever keeps the reference over all (1+X+Y: it commands them)."""
    if actor.is_system or actor.holds("reference.edit"):
        return Allowed()
    if not actor.holds(MANAGE):
        return Denied(_("Your role does not include this."))
    if actor.may(MANAGE, units=[township_id]):
        return Allowed()
    return Denied(_("A township keeps the roster of its own teams only."))
