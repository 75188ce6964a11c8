"""Items of the registry: the lists, one item, its past, and who was responsible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django_filters import CharFilter, ChoiceFilter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.fields import Code
from kernel.api.filters import CodeFilter, StrictFilterSet
from kernel.api.viewsets import DeedViewSet
from kernel.books import XLSX
from kernel.errors import Missing
from organizations.queries import conditions_by_matter
from registry.api.item_outputs import (
    HistoryOutput,
    ItemOutput,
    ItemResponsibleOutput,
    ItemRow,
    answer_output,
    card_of,
    history_output,
    row_of,
)
from registry.choices import ItemStatus, ListKind, Part
from registry.models import Item, ItemVersion
from registry.queries import history_of, who_was_responsible
from registry.queries.responsibility import COOPERATING
from registry.services import sheet_export


class ItemFilter(StrictFilterSet):
    """All of them narrow. Without `status` the list shows what is in force."""

    kind = ChoiceFilter(choices=ListKind.choices)
    part = ChoiceFilter(choices=Part.choices)
    status = ChoiceFilter(choices=ItemStatus.choices, field_name="status_then")
    matter = CharFilter(field_name="matter__code")
    area = CodeFilter(field_name="area_id", digits="12")
    unit = CharFilter(method="of_unit")
    q = CharFilter(method="saying")

    class Meta:
        model = Item
        fields: tuple[str, ...] = ()

    def of_unit(self, items: QuerySet[Item], _name: str, code: str) -> QuerySet[Item]:
        """Items that the unit leads by a version that nothing follows, or whose they are."""
        led = ItemVersion.objects.filter(lead_unit__code=code, valid_until__isnull=True)
        return items.filter(Q(unit__code=code) | Q(pk__in=led.values("item_id")))

    def saying(self, items: QuerySet[Item], _name: str, q: str) -> QuerySet[Item]:
        """Items by part of the code or of a name they have or had."""
        named = ItemVersion.objects.filter(name__icontains=q)
        return items.filter(Q(code__icontains=q) | Q(pk__in=named.values("item_id")))


class WhoInput(serializers.Serializer[Any]):
    """Of which matter or item, where and on which day; today unless told."""

    code = Code(max_length=40)
    place = serializers.RegexField(r"\A[0-9]{2,15}\Z")
    on = serializers.DateField(required=False)


class OnInput(serializers.Serializer[Any]):
    """As of which day; today unless told."""

    on = serializers.DateField(required=False)


@extend_schema(tags=["registry"])
@extend_schema_view(list=extend_schema(responses=ItemRow(many=True), summary="Items of the lists, by code"))
class ItemViewSet(DeedViewSet):
    """The registry of responsibilities. It is public duty: whoever has a seat reads it whole."""

    model = Item
    filterset_class = ItemFilter
    orderings = ("code", "-code")
    capabilities = {"list": "", "retrieve": "", "history": "", "responsible": "", "export": ""}
    parameters = {
        "retrieve": ("on",),
        "responsible": ("code", "place", "on"),
        "export": ("kind", "part", "status", "matter", "area", "unit", "q"),
    }
    lookup_field = "code"
    lookup_value_regex = r"[A-Za-z0-9._-]+"

    def get_queryset(self) -> QuerySet[Any]:
        """With what a row shows."""
        items: Any = super().get_queryset()
        return items.with_status(self._today()).select_related("matter", "unit")

    def get_object(self) -> Item:
        """The item of the code in the address, or 404."""
        item: Item = get_object_or_404(self.get_queryset(), code=self.kwargs["code"])
        return item

    def list(self, request: Request) -> Response:
        """Each with the version that holds today, or else its last one."""
        items = self.paginate_queryset(self._asked()) or []
        said = _versions(items, self._today())
        return self.get_paginated_response([row_of(one, said[one.pk]) for one in items])

    @extend_schema(parameters=[OnInput], responses=ItemOutput, filters=False, summary="One item as of a day")
    def retrieve(self, request: Request, code: str) -> Response:
        """404 where the item said nothing on that day."""
        item, on = self.get_object(), self._day(OnInput)
        version = item.versions.in_force(on).select_related("lead_unit").prefetch_related(COOPERATING).first()
        if version is None:
            raise Missing(_("This item was not in force on that day."))
        matters = [item.matter_id] if item.matter_id else []
        conditions = conditions_by_matter(matter_ids=matters, on=on).get(item.matter_id or 0, [])
        return Response(card_of(item, version, conditions))

    @extend_schema(responses=HistoryOutput, filters=False, summary="Every version and every signed act of an item")
    @action(detail=True, pagination_class=None, filterset_class=None)
    def history(self, request: Request, code: str) -> Response:
        """The latest first."""
        item = self.get_object()
        versions = item.versions.select_related("lead_unit").prefetch_related(COOPERATING).order_by("-number")
        return Response(history_output(item, versions, history_of(item=item)))

    @extend_schema(
        operation_id="who_was_responsible",
        parameters=[WhoInput],
        responses=ItemResponsibleOutput,
        filters=False,
        summary="Who was responsible for X in Y on date Z",
    )
    @action(detail=False, pagination_class=None, filterset_class=None)
    def responsible(self, request: Request) -> Response:
        """One lead, or none; and the item that says so."""
        asked = WhoInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        on = given.get("on") or self._today()
        answer = who_was_responsible(code=given["code"], place=given["place"], on=on)
        if answer is None:
            raise Missing(_("There is no such matter or item."))
        return Response(answer_output(answer))

    @extend_schema(
        responses={(200, XLSX): OpenApiResponse(OpenApiTypes.BINARY, description="The workbook.")},
        filters=True,
        summary="The list at hand as a workbook, which an import reads back",
    )
    @action(detail=False, pagination_class=None)
    def export(self, request: Request) -> Any:
        """The first ten thousand items as they stand today, narrowed as the list is."""
        on = self._today()
        book, name = sheet_export.export_items(items=self._asked(), on=on), f"registry-{on:%Y%m%d}.xlsx"
        return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)

    def _asked(self) -> QuerySet[Any]:
        """The items by the filters; in force unless told."""
        found = self.filter_queryset(self.get_queryset())
        return found if self.request.query_params.get("status") else found.filter(status_then=ItemStatus.IN_FORCE)

    def _day(self, form: type[serializers.Serializer[Any]]) -> date:
        asked = form(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        said: date = asked.validated_data.get("on") or self._today()
        return said

    def _today(self) -> date:
        return clock.today()


def _versions(items: Sequence[Item], on: date) -> dict[Any, ItemVersion]:
    """The version of the day of each item, or its last one. One query."""
    rows = ItemVersion.objects.filter(item__in=items).select_related("lead_unit").order_by("item_id", "number")
    found: dict[Any, ItemVersion] = {}
    for one in rows:
        if one.item_id not in found or one.valid_from <= on:
            found[one.item_id] = one
    return found
