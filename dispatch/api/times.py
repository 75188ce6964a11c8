"""What is told about time: the calculation behind a date, suspensions by age, and the lights."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from dispatch import ageing
from dispatch.models import LightRule, TimeRequest, TimeRule
from dispatch.reckoning import Reckoning
from dispatch.times import FIGURES
from kernel.api.outputs import UnitRef
from kernel.models import CalendarDay, ClockChange


class DayOutput(serializers.ModelSerializer[CalendarDay]):
    class Meta:
        model = CalendarDay
        fields = ("date", "kind", "name", "notice")


class TimeRequestOutput(serializers.ModelSerializer[TimeRequest]):
    """What was asked for and decided. Grounds and persons stand on the page for those who work on the case."""

    unit = UnitRef()

    class Meta:
        model = TimeRequest
        fields = (
            "id", "kind", "unit", "reason", "days", "until", "asked_at", "outcome", "decided_at", "since", "ended_at",
            "ended_how",
        )  # fmt: skip


class MovedOutput(serializers.ModelSerializer[ClockChange]):
    class Meta:
        model = ClockChange
        fields = ("changed_at", "clock", "cause", "from_due", "to_due", "calendar_version")


class HeldOutput(serializers.Serializer[Any]):
    unit = serializers.CharField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    share = serializers.FloatField()


class ReckoningOutput(serializers.Serializer[Any]):
    """The whole calculation. `agrees`: computed again just now it gives the date that is stored."""

    clock = serializers.CharField()
    limit_value = serializers.CharField()
    limit_unit = serializers.CharField()
    # Declared fields are taken off the class: it keeps Field.source, which the stubs see hidden here.
    limit_source = serializers.CharField()
    entry = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(allow_blank=True)
    start = serializers.DateTimeField()
    extension_days = serializers.IntegerField()
    due_at = serializers.DateTimeField()
    provisional = serializers.BooleanField()
    agrees = serializers.BooleanField()
    calendar_version = serializers.IntegerField(allow_null=True)
    days = DayOutput(many=True)
    requests = TimeRequestOutput(many=True)
    moves = MovedOutput(many=True)
    held = HeldOutput(many=True)


class NoReckoning(serializers.Serializer[Any]):
    """No clock runs."""


class HangupOutput(serializers.ModelSerializer[TimeRequest]):
    """A suspension that runs."""

    order = serializers.UUIDField(source="order_id")
    petition = serializers.UUIDField(source="petition_id")
    number = serializers.CharField(source="petition.number")
    unit = UnitRef()
    days = serializers.IntegerField()

    class Meta:
        model = TimeRequest
        fields = ("id", "order", "petition", "number", "unit", "reason", "since", "until", "days")


class UnitHangupsOutput(serializers.Serializer[Any]):
    """Counts of one unit: of no case and of no person."""

    unit = UnitRef()
    suspended = serializers.IntegerField()
    open = serializers.IntegerField()
    most = serializers.IntegerField()
    oldest_days = serializers.IntegerField()


class LightsOutput(serializers.ModelSerializer[LightRule]):
    area = serializers.CharField(source="area_id")

    class Meta:
        model = LightRule
        fields = ("id", "area", "half", "warn", "valid_from")


class TimeRuleOutput(serializers.ModelSerializer[TimeRule]):
    """A rule in its period; `area` is null where it holds everywhere, `unit_kind` empty where for every kind."""

    area = serializers.CharField(source="area_id", allow_null=True)

    class Meta:
        model = TimeRule
        fields = ("id", "area", "unit_kind", *FIGURES, "valid_from", "valid_until", "grounds", "set_at")


def reckoning_shown(found: Reckoning) -> dict[str, Any]:
    """The calculation as the API shows it."""
    return dict(
        ReckoningOutput(
            {
                "clock": found.clock,
                "limit_value": str(found.limit.value),
                "limit_unit": found.limit.unit,
                "limit_source": str(found.source),
                "entry": found.entry,
                "basis": found.basis,
                "start": found.start,
                "extension_days": found.extension_days,
                "due_at": found.due_at,
                "provisional": found.provisional,
                "agrees": found.agrees,
                "calendar_version": found.version.number if found.version else None,
                "days": found.days,
                "requests": [*found.extensions, *found.pauses],
                "moves": found.moves,
                "held": found.held,
            }
        ).data
    )


def unit_shown(one: ageing.OfUnit) -> dict[str, Any]:
    """One unit's counts."""
    return {
        "unit": {"id": one.unit_id, "name": one.unit},
        "suspended": one.standing,
        "open": one.open_orders,
        "most": one.most,
        "oldest_days": one.oldest_days,
    }
