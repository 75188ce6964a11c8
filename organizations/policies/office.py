"""Verdicts on deeds that belong to no place: keeping accounts and reference data (pure)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict


def may_anywhere(actor: Actor, *, capability: str) -> Verdict:
    """Whether any seat has the capability: accounts and lists are kept for the whole territory at once."""
    return Allowed() if actor.holds(capability) else Denied(_("Your role does not include this."))
