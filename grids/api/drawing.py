"""Deeds on grids over the API: drawn, drawn anew, split, merged; what a split or a merger comes to is shown before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from grids.api.inputs import (
    DrawGridInput,
    MergeInput,
    MergePreviewInput,
    NewGridInput,
    SplitInput,
    SplitPreviewInput,
)
from grids.api.plans import CellPlanOutput
from grids.api.serializers import GEOMETRY, CellDetail
from grids.choices import ChangeKind, Part
from grids.events import cell
from grids.geometry import geojson_of
from grids.models import Cell, CellChange, CellPlan
from grids.queries import forget
from grids.queries.reshaping import Piece, faults_in, open_in, serving
from grids.services import draw_cell
from grids.services.planning import plan_merger, plan_split
from grids.services.reshaping import Fresh, merge_cells, planned_merger, planned_split, split_cell
from kernel import clock
from kernel.api.once import answer_once, expected_version
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from kernel.errors import Missing
from kernel.querysets import check_version

CELL_DEEDS = ("create", "draw", "split", "split_preview", "merge", "merge_preview")
PLAIN = ("name", "kind", "host_kind", "households", "residents", "phone")
TAGS = ["map"]


class PieceOutput(serializers.Serializer[Any]):
    """One of the new grids, as it would be."""

    code = serializers.CharField()
    area_m2 = serializers.IntegerField()
    open = serializers.IntegerField(help_text="How many open cases would go on in it.")
    boundary = serializers.SerializerMethodField()

    @extend_schema_field(GEOMETRY)
    def get_boundary(self, row: dict[str, Any]) -> dict[str, Any]:
        """Its border."""
        return geojson_of(row["shape"])


class MisfitOutput(serializers.Serializer[Any]):
    """What would not fit; with any of them the deed is refused."""

    code = serializers.CharField()
    why = serializers.CharField()
    other = serializers.CharField()
    area_m2 = serializers.IntegerField()


class ServedOutput(serializers.Serializer[Any]):
    """Somebody who serves the grid."""

    key = serializers.CharField(help_text="By it `staff` of a split says where they go on.")
    # Declared fields are taken off the class: it keeps Field.label, which the stubs see hidden here.
    label = serializers.CharField()  # type: ignore[assignment]
    name = serializers.CharField()


class ReshapePlanOutput(serializers.Serializer[Any]):
    """What a split or a merger would come to."""

    pieces = PieceOutput(many=True)
    faults = MisfitOutput(many=True)
    people = ServedOutput(many=True)


class CellChangeOutput(serializers.Serializer[Any]):
    """A split or a merger that was done."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ChangeKind.choices)
    on = serializers.DateField(help_text="The first day of the new grids.")
    ended = serializers.ListField(child=serializers.CharField())
    began = serializers.ListField(child=serializers.CharField())


RESHAPED = {200: CellChangeOutput, 202: CellPlanOutput}


def _deed(said: dict[str, Any], now: Callable[..., CellChange], then: Callable[..., CellPlan]) -> Callable[..., Any]:
    """What is done today, or planned for the day that is said; today needs no saying."""
    if said.get("on") == clock.today():
        del said["on"]
    return then if "on" in said else now


class CellDeeds(DeedViewSet):
    """The deeds of the viewset of the grids, each for whoever keeps the map."""

    def seen(self) -> dict[str, Any]:
        """Who, when, and over which version; the grid is named by its code."""
        code, version = self.kwargs["code"], expected_version(self.request)
        held = get_object_or_404(self.get_queryset(), active=True, code=code)
        self.changing = (held.pk, cell(code=code))
        return {"code": code, "actor": self.actor, "at": clock.now(), "version": version}

    @extend_schema(
        tags=TAGS, request=NewGridInput, parameters=[IDEMPOTENCY_KEY], responses={201: CellDetail},
        summary="Draw a new grid",
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Its code begins with that of its village; a basic grid lies over no other."""
        said, at = self.read(NewGridInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            made = draw_cell(actor=self.actor, at=at, version=0, **said)
            return 201, dict(CellDetail(made).data)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @extend_schema(
        tags=TAGS, request=DrawGridInput, parameters=[IF_MATCH], responses=CellDetail, summary="Draw a grid anew",
        filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"], filterset_class=None)
    def draw(self, request: Request, code: str) -> Response:
        """Change its border, and what else is said."""
        said, seen = self.read(DrawGridInput), self.seen()
        held = self._held(code)
        drawn = draw_cell(**{name: getattr(held, name) for name in PLAIN} | said | seen)
        return Response(CellDetail(drawn).data)

    @extend_schema(
        tags=TAGS, request=SplitPreviewInput, parameters=[IF_MATCH], responses=ReshapePlanOutput,
        summary="What a split would come to", filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="split-preview", filterset_class=None)
    def split_preview(self, request: Request, code: str) -> Response:
        """Nothing changes."""
        said = self.read(SplitPreviewInput)
        old = self._looked_at(code)
        pieces = planned_split(old, line=said["line"])
        return self._plan(pieces, olds=[old], rest=int(said["rest"] == Part.SECOND))

    @extend_schema(
        tags=TAGS, request=SplitInput, parameters=[IF_MATCH], responses=RESHAPED, summary="Split a grid in two",
        filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"], filterset_class=None)
    def split(self, request: Request, code: str) -> Response:
        """It ends today, or on the day named (202 then), and two begin on its ground."""
        said = self.read(SplitInput)
        first, second = Fresh(**said.pop("first")), Fresh(**said.pop("second"))
        return self._done(_deed(said, split_cell, plan_split)(**said, first=first, second=second, **self.seen()))

    @extend_schema(
        tags=TAGS, request=MergePreviewInput, parameters=[IF_MATCH], responses=ReshapePlanOutput,
        summary="What a merger would come to", filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="merge-preview", filterset_class=None)
    def merge_preview(self, request: Request, code: str) -> Response:
        """Nothing changes."""
        said = self.read(MergePreviewInput)
        olds = [self._looked_at(code), self._held(said["other"])]
        return self._plan(planned_merger(olds), olds=olds)

    @extend_schema(
        tags=TAGS, request=MergeInput, parameters=[IF_MATCH], responses=RESHAPED,
        summary="Merge a grid with a neighbour", filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"], filterset_class=None)
    def merge(self, request: Request, code: str) -> Response:
        """Both end today, or on the day named (202 then), and one begins on their ground."""
        said = self.read(MergeInput)
        return self._done(_deed(said, merge_cells, plan_merger)(**said, **self.seen()))

    def _held(self, code: str) -> Cell:
        held: Cell | None = self.get_queryset().filter(active=True, code=code).first()
        if held is None:
            raise Missing(_("There is no such grid."))
        return held

    def _looked_at(self, code: str) -> Cell:
        seen = self.seen()
        forget()  # what somebody else has drawn a moment ago counts too
        held = self._held(code)
        check_version(held, seen["version"])
        return held

    def _plan(self, pieces: list[Piece], *, olds: list[Cell], rest: int = 0) -> Response:
        going = open_in(pieces, olds=olds, rest=rest)
        rows = [
            {"code": one.code, "area_m2": one.area_m2, "shape": one.shape, "open": n}
            for one, n in zip(pieces, going, strict=True)
        ]
        people = serving([one.code for one in olds], at=clock.now())
        plan = {"pieces": rows, "faults": faults_in(pieces, olds=olds), "people": people}
        return Response(ReshapePlanOutput(plan).data)

    def _done(self, change: CellChange | CellPlan) -> Response:
        if isinstance(change, CellPlan):
            return Response(CellPlanOutput(change).data, status=202)
        pairs = change.successions.values_list("old__code", "new__code")
        said = {"id": change.pk, "kind": change.kind, "on": change.on}
        said |= {"ended": sorted({old for old, _new in pairs}), "began": sorted({new for _old, new in pairs})}
        return Response(CellChangeOutput(said).data)
