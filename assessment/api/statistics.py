"""Statistics as data: the same questions as the page asks, by the same parameters."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.statistics import asking, dimensions, indicators
from assessment.statistics.asking import MOST_INDICATORS, NAMES
from assessment.statistics.flat import cells_of
from assessment.statistics.indicators import Unit
from assessment.statistics.periods import PERIODS, Against
from assessment.statistics.tables import EVERY_COLUMN, table_of
from kernel import clock
from kernel.api.parameters import refuse_unknown
from kernel.api.viewsets import DeedViewSet
from petitions.choices import Channel, PetitionKind, Urgency
from petitions.models import Petition

WAYS = [row.code for row in dimensions.TABLE]


class BesideOutput(serializers.Serializer[Any]):
    """The same number of an earlier time."""

    against = serializers.ChoiceField(choices=[Against.BEFORE.value, Against.YEAR.value])
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(help_text="Earlier than the end of the period where the present one still runs.")
    value = serializers.FloatField(allow_null=True)
    hits = serializers.IntegerField()
    counted = serializers.IntegerField()
    difference = serializers.FloatField(allow_null=True, help_text="Of a share in points.")


class NumberOutput(serializers.Serializer[Any]):
    """One number. `row` and `column` are keys, "*" for everything."""

    row = serializers.CharField(allow_blank=True)
    row_label = serializers.CharField(allow_blank=True)
    column = serializers.CharField(allow_blank=True)
    column_label = serializers.CharField(allow_blank=True)
    of = serializers.ChoiceField(choices=[row.code for row in indicators.TABLE])
    of_label = serializers.CharField()
    unit = serializers.ChoiceField(choices=Unit.choices)
    value = serializers.FloatField(allow_null=True, help_text="A count, per cent or hours; null where nothing counted.")
    hits = serializers.IntegerField(help_text="The numerator.")
    counted = serializers.IntegerField(help_text="The denominator.")
    few = serializers.BooleanField(help_text="So few cases that a share says little.")
    beside = BesideOutput(many=True)


@extend_schema_serializer(many=False)
class StatisticsOutput(serializers.Serializer[Any]):
    """The answer, all of it as of one instant."""

    at = serializers.DateTimeField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    results = NumberOutput(many=True)


def _said(name: str, description: str = "", enum: list[str] | None = None) -> OpenApiParameter:
    return OpenApiParameter(name, str, description=description, enum=enum)


PARAMETERS = [
    _said("of", f"Up to {MOST_INDICATORS} codes with commas between: {', '.join(r.code for r in indicators.TABLE)}."),
    _said("by", "What the rows are; township unless told.", WAYS),
    _said("across", "What the columns are; with it, exactly one figure.", WAYS),
    _said("period", "month unless told.", [code for code, _label in PERIODS]),
    _said("on", "A day of the period, such as 2026-11-22; today unless told."),
    _said("since", "First day of a range."),
    _said("until", "Last day of a range."),
    _said("against", "Which earlier time to stand beside.", [one for one in Against.values if one]),
    _said("area", "Six, nine, twelve or fifteen digits."),
    _said("unit", "Number of a unit."),
    _said("category", "Two, four or six digits."),
    _said("kind", enum=PetitionKind.values),
    _said("channel", enum=Channel.values),
    _said("urgency", enum=Urgency.values),
]


@extend_schema(tags=["assessment"])
@extend_schema_view(
    list=extend_schema(
        parameters=PARAMETERS, responses=StatisticsOutput, summary="Figures by place, unit, category, channel or time"
    )
)
class Statistics(DeedViewSet):
    """Among the cases that you see."""

    model = Petition
    pagination_class = None
    filter_backends = ()
    capabilities = {"list": "assessment.view"}

    def list(self, request: Request) -> Response:
        """Rows by size, or in the order of time; totals last."""
        refuse_unknown(request, known=NAMES)
        at = clock.now()
        question = asking.read(said=request.query_params.dict(), at=at)
        table = table_of(question=question, actor=self.actor, at=at, most_columns=EVERY_COLUMN)
        window = table.windows[0]
        answer = {"at": at, "since": window.since, "until": window.until, "results": list(cells_of(table))}
        return Response(StatisticsOutput(answer).data)
