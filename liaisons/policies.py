"""Who assigns officials to places, and who writes down their visits (pure)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict

MANAGE, RECORD = "liaison.manage", "liaison.record"


def manage_verdict(*, actor: Actor, place: str) -> Verdict:
    """The township over the communities and grids of its area, the centre over all of them."""
    return actor.may(MANAGE, place=place)


def record_verdict(*, actor: Actor, official_id: int) -> Verdict:
    """Whoever is assigned, whatever the role; nobody writes down another's visit."""
    if not actor.holds(RECORD):
        return Denied(_("Your role does not include this."))
    if actor.is_system or actor.user_id == official_id:
        return Allowed()
    return Denied(_("Only the assigned official writes down what he saw."))
