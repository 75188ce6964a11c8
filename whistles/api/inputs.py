"""What the endpoints of whistles take in: the form only; what is allowed is decided by the deeds."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.api.fields import Code, Degrees, Identity, StrictInput, Text, Whole
from whistles.choices import Form, Kind, Refusal
from whistles.services.recording import LARGEST_LIMIT, LONGEST_DECISION, MOST, TASK_UNITS, Minutes, Order
from whistles.services.saying import LONGEST_ITEM, MOST_ITEMS, MOST_UNITS, Said

LARGEST = 2_147_483_647


def unit_field(**said: Any) -> Whole:
    """The number of a unit."""
    return Whole(min_value=1, max_value=LARGEST, **said)


class UnitsField(serializers.ListField):
    """Numbers of units."""

    def __init__(self, **said: Any) -> None:
        super().__init__(child=unit_field(), max_length=MOST_UNITS, **said)


class WhistleInput(StrictInput):
    """What it is about, where, when, and who is to come. A point wins over the area; a petition has a place itself."""

    kind = serializers.ChoiceField(Kind.choices)
    form = serializers.ChoiceField(Form.choices, required=False, default=Form.WHISTLE)
    matter = Text(max_length=200)
    details = Text(max_length=2000, required=False, default="", allow_blank=True)
    where = Text(max_length=120)
    area_code = Code(max_length=15, required=False, default="", allow_blank=True)
    lng = Degrees(required=False, default=None, allow_null=True, min_value=-180, max_value=180)
    lat = Degrees(required=False, default=None, allow_null=True, min_value=-90, max_value=90)
    meets_at = serializers.DateTimeField()
    units = UnitsField()
    agenda = serializers.ListField(
        child=Text(max_length=LONGEST_ITEM), max_length=MOST_ITEMS, required=False, default=list
    )
    petition = Identity(required=False, default=None, allow_null=True)

    @staticmethod
    def said(given: dict[str, Any]) -> Said:
        """The same as a deed takes it."""
        return Said(petition_id=given["petition"], **{name: given[name] for name in given if name != "petition"})


class BlowInput(StrictInput):
    """The time and the units that the head finds right."""

    meets_at = serializers.DateTimeField()
    units = UnitsField()


class WhistleDeclineInput(StrictInput):
    """Why it is not issued."""

    why = serializers.ChoiceField(Refusal.choices)


class WhistleNoteInput(StrictInput):
    """Why."""

    note = Text(max_length=300)


class SummonInput(StrictInput):
    """Who else is to come."""

    units = UnitsField()


class WhistleMoveInput(StrictInput):
    """Another time, perhaps another place, and why."""

    meets_at = serializers.DateTimeField()
    where = Text(max_length=120, required=False, default="", allow_blank=True)
    note = Text(max_length=300)


class ReceiptInput(StrictInput):
    """Who comes; `unit` where one works for several that are called."""

    attendees = Text(max_length=120)
    unit = unit_field(required=False, default=None, allow_null=True)


class LeaveInput(StrictInput):
    """Why the unit cannot come."""

    reason = Text(max_length=300)
    unit = unit_field(required=False, default=None, allow_null=True)


class ExcuseInput(StrictInput):
    """Which unit is excused; without a reason, for the one that it gave."""

    unit = unit_field()
    reason = Text(max_length=300, required=False, default="", allow_blank=True)


class CheckInInput(StrictInput):
    """Where one is, if the telephone says so."""

    lng = Degrees(required=False, default=None, allow_null=True, min_value=-180, max_value=180)
    lat = Degrees(required=False, default=None, allow_null=True, min_value=-90, max_value=90)
    unit = unit_field(required=False, default=None, allow_null=True)


class RollInput(StrictInput):
    """Somebody of a unit who has no telephone at hand."""

    unit = unit_field()
    name = Text(max_length=40)


class AgendaInput(StrictInput):
    """One item of the agenda."""

    text = Text(max_length=LONGEST_ITEM)


class MinutesTaskInput(StrictInput):
    """A task: what, who leads, who cooperates, how long. Of an inspection also what was found and where."""

    what = Text(max_length=300)
    unit = unit_field()
    helpers = UnitsField(required=False, default=list)
    limit_value = Whole(min_value=1, max_value=LARGEST_LIMIT)
    limit_unit = serializers.ChoiceField([(one.value, one.label) for one in TASK_UNITS])
    found = Text(max_length=300, required=False, default="", allow_blank=True)
    where = Text(max_length=120, required=False, default="", allow_blank=True)


class MinutesInput(StrictInput):
    """What is written down: text, decisions, tasks."""

    minutes = Text(max_length=8000)
    decisions = serializers.ListField(
        child=Text(max_length=LONGEST_DECISION), max_length=MOST, required=False, default=list
    )
    tasks = serializers.ListField(child=MinutesTaskInput(), max_length=MOST, required=False, default=list)

    @staticmethod
    def said(given: dict[str, Any]) -> Minutes:
        """The same as the deed takes it."""
        return Minutes(
            text=given["minutes"], decisions=given["decisions"], tasks=[Order(**one) for one in given["tasks"]]
        )


class UnitScoreInput(StrictInput):
    """Marks for a unit, 1 to 5."""

    unit = unit_field()
    response = Whole(min_value=1, max_value=5)
    result = Whole(min_value=1, max_value=5)
    note = Text(max_length=300, required=False, default="", allow_blank=True)


class WhistleScoreInput(StrictInput):
    """Marks for the whistle, 1 to 5; `unit` where one works for several that were called."""

    needed = Whole(min_value=1, max_value=5)
    prepared = Whole(min_value=1, max_value=5)
    note = Text(max_length=300, required=False, default="", allow_blank=True)
    unit = unit_field(required=False, default=None, allow_null=True)


class WhistleEmptyInput(StrictInput):
    """Nothing to say but yes."""


class WhistleTaskReportInput(StrictInput):
    """What was done."""

    report = Text(max_length=2000)
