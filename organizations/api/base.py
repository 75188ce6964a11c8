"""The base of the endpoints for reference data: read by code, listed in the order of the codes."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from kernel.api.viewsets import DeedViewSet


class ReferenceViewSet(ListModelMixin, RetrieveModelMixin, DeedViewSet):
    """Anybody with a seat reads the lists: they must be published. visible_to() empties them for everybody else."""

    capabilities = {"list": "", "retrieve": ""}
    orderings = ("code", "-code")
    lookup_field = "code"
    lookup_value_regex = r"[A-Za-z0-9._-]+"

    def get_object(self) -> Any:
        """The row of the code in the address, or 404."""
        return get_object_or_404(self.get_queryset(), code=self.kwargs["code"])
