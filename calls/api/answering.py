"""How every deed on a call answers: with the call as it stands."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response

from calls.api.outputs import detail_of
from kernel.api.viewsets import DeedViewSet

WITH = ("caller", "center", "lead", "team")
DETAILS = (*WITH, "person", "entry", "refusal_entry")


class AnsweringViewSet(DeedViewSet):
    """The base of both sides of a call."""

    def answered(self, pk: Any) -> Response:
        """How it stands now."""
        return Response(self.shown(pk))

    def shown(self, pk: Any) -> dict[str, Any]:
        """The call as this person sees it."""
        return detail_of(self.get_queryset().select_related(*DETAILS).get(pk=pk), actor=self.actor)
