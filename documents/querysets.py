"""Who sees which documents: whoever sees what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from documents.kinds import KINDS
from kernel.actors import Actor

if TYPE_CHECKING:
    from documents.models import Issued


class IssuedQuerySet(QuerySet["Issued"]):
    def visible_to(self, actor: Actor) -> IssuedQuerySet:
        """Those about something that the actor sees, by the rule of the app that declared the kind."""
        if actor.is_system:
            return self
        reach = Q(pk__in=[])
        for kind in KINDS.values():
            reach |= Q(Exists(kind.seen_by(actor).filter(pk=OuterRef("subject"))), kind=kind.code)
        return self.filter(reach)
