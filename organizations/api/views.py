"""Read-only endpoints for areas, units, matters and the responsibility list."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.clock import now
from organizations.api import filters, serializers
from organizations.api.base import ReferenceViewSet
from organizations.models import Area, Matter, ResponsibilityEntry, Unit
from organizations.queries import Candidate, Refused, responsible_for


class AreaViewSet(ReferenceViewSet):
    """Areas, from the province down to villages."""

    model = Area
    serializer_class = serializers.AreaOutput
    filterset_class = filters.AreaFilter


class UnitViewSet(ReferenceViewSet):
    """Bodies that can be responsible."""

    model = Unit
    serializer_class = serializers.UnitOutput
    filterset_class = filters.UnitFilter

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("superior", "second_superior")


class MatterViewSet(ReferenceViewSet):
    """The catalogue of matters."""

    model = Matter
    serializer_class = serializers.MatterOutput
    filterset_class = filters.MatterFilter


class ResponsibilityViewSet(ReferenceViewSet):
    """The responsibility list with its past; an entry is read by its id, since its code has several periods."""

    model = ResponsibilityEntry
    capabilities = {"list": "", "retrieve": "", "responsible_for": ""}
    serializer_class = serializers.EntryOutput
    filterset_class = filters.EntryFilter
    parameters = {"responsible_for": ("matter", "place", "at")}
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("matter", "unit")

    def get_object(self) -> Any:
        """The entry of the id in the address, or 404."""
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    @extend_schema(
        operation_id="responsible_for",
        parameters=[serializers.ResponsibleInput],
        responses=serializers.ResponsibleOutput,
        filters=False,
    )
    @action(detail=False, url_path="responsible-for", pagination_class=None, filterset_class=None)
    def responsible_for(self, request: Request) -> Response:
        """Whose a matter is at a place, why, and which entries were refused."""
        asked = serializers.ResponsibleInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        matter = get_object_or_404(Matter.objects.visible_to(self.actor), code=given["matter"])
        found = responsible_for(matter_id=matter.pk, place=given["place"], at=given.get("at") or now())
        everyone = [one for one in (found.lead, *found.assists, *found.refused) if one is not None]
        units = Unit.objects.in_bulk({one.unit_id for one in everyone if one.unit_id is not None})
        answer = {
            "lead": _shown(found.lead, units) if found.lead else None,
            "assists": [_shown(one, units) for one in found.assists],
            "refused": [_shown(one, units) for one in found.refused],
        }
        return Response(serializers.ResponsibleOutput(answer).data)


def _shown(one: Candidate | Refused, units: dict[int, Unit]) -> dict[str, Any]:
    unit = units.get(one.unit_id or 0)
    named = {"unit": unit.code if unit else None, "unit_name": unit.name if unit else ""}
    return {**asdict(one), **named, "entry": one.entry_code, "area": one.area_code}
