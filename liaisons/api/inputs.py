"""What the API is told of assignments and visits, and what its lists are asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers

from kernel import clock
from kernel.api.fields import Code, Degrees, Flag, Identity, StrictInput, Text, Whole
from kernel.api.filters import CodeFilter, FlagFilter, NumberFilter, StrictFilterSet
from liaisons.choices import Outcome
from liaisons.models import Assignment, Visit
from liaisons.queries.board import communities_without
from liaisons.queries.figures import STILL_OPEN
from organizations.models import Area
from petitions.choices import Nature

LARGEST = 2_147_483_647


class AssignOfficialInput(StrictInput):
    """Who is assigned to which community (12 digits) or grid (15 digits), from when, and why."""

    place = Code(max_length=15)
    official = Whole(min_value=1, max_value=LARGEST)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(required=False, allow_null=True, default=None)
    reason = Text(max_length=400)


class EndAssignmentInput(StrictInput):
    """The first day without, and why."""

    on = serializers.DateField()
    reason = Text(max_length=400)


class TellerInput(StrictInput):
    """Who told it; sealed with the petition."""

    name = Text(max_length=40, required=False, allow_blank=True)
    phone = Text(max_length=24, required=False, allow_blank=True)


class PassOnInput(StrictInput):
    """What becomes a petition."""

    title = Text(min_length=2, max_length=120)
    nature = serializers.ChoiceField(choices=Nature.choices, required=False)
    category_code = Code(max_length=12, required=False, allow_blank=True)
    confidential = Flag(required=False)
    reporter = TellerInput(required=False)


class VisitInput(StrictInput):
    """A visit; with `pass_on` the petition is filed in the same deed."""

    assignment = Identity()
    visited_at = serializers.DateTimeField()
    found = Text(max_length=4000)
    solved = Text(max_length=4000, required=False, allow_blank=True)
    place = Code(max_length=15, required=False, allow_blank=True)
    spot = Text(max_length=200, required=False, allow_blank=True)
    lng = Degrees(required=False, min_value=-180, max_value=180)
    lat = Degrees(required=False, min_value=-90, max_value=90)
    pass_on = PassOnInput(required=False)


class AssignmentFilters(StrictFilterSet):
    """Assignments by place, person, unit and day."""

    inside = CodeFilter(field_name="place", lookup_expr="startswith", help_text="Prefix of the code of the place.")
    official = NumberFilter(field_name="user_id")
    unit = NumberFilter(field_name="unit_id")
    on = filters.DateFilter(method="held_on", help_text="A day: assignments that hold it.")

    class Meta:
        model = Assignment
        fields: list[str] = []

    def held_on(self, queryset: Any, _name: str, value: date) -> Any:
        """Those whose period holds the day."""
        return queryset.in_force(value)


class VisitFilters(StrictFilterSet):
    """Visits by place, person, outcome and time."""

    inside = CodeFilter(field_name="place", lookup_expr="startswith", help_text="Prefix of the code of the place.")
    official = NumberFilter(field_name="user_id")
    outcome = filters.ChoiceFilter(choices=Outcome.choices)
    open = FlagFilter(method="still_open", help_text="Passed on and not finished.")
    since = filters.IsoDateTimeFilter(field_name="visited_at", lookup_expr="gte")
    until = filters.IsoDateTimeFilter(field_name="visited_at", lookup_expr="lt")

    class Meta:
        model = Visit
        fields: list[str] = []

    def still_open(self, queryset: Any, _name: str, wanted: bool) -> Any:
        """Those whose petition is open."""
        return queryset.filter(STILL_OPEN) if wanted else queryset


class CommunityFilters(StrictFilterSet):
    """Communities by place, and whether anybody looks after them."""

    inside = CodeFilter(field_name="code", lookup_expr="startswith", help_text="Prefix of the code.")
    missing = FlagFilter(method="without", help_text="Nobody looks after it today.")

    class Meta:
        model = Area
        fields: list[str] = []

    def without(self, queryset: Any, _name: str, wanted: bool) -> Any:
        """Those without an official."""
        return communities_without(queryset, on=clock.today()) if wanted else queryset
