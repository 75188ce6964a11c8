"""What the endpoints of time take in."""

from __future__ import annotations

from rest_framework import serializers

from dispatch.times import MOST_EXTENSION, MOST_PAUSE
from kernel.api.fields import Code, Flag, StrictInput, Text, Whole


class ExtensionInput(StrictInput):
    """So many calendar days more, and why."""

    days = Whole(min_value=1, max_value=30)
    grounds = Text(max_length=500)


class PauseInput(StrictInput):
    """A reason of the list, the last day, and why."""

    reason = Code(max_length=10)
    until = serializers.DateField()
    grounds = Text(max_length=500)


class TimeRulingInput(StrictInput):
    """Granted, with what the citizen is told (a sentence is made where nothing is said); or refused, with grounds."""

    granted = Flag()
    note = Text(max_length=500, required=False, default="", allow_blank=True)
    notice = Text(max_length=1000, required=False, default="", allow_blank=True)


class ResumeInput(StrictInput):
    """No body is needed."""


class TimeRuleInput(StrictInput):
    """A whole rule. Without an area it holds everywhere, without a kind for every unit, without an instant from now."""

    area = Code(max_length=12, required=False, default="", allow_blank=True)
    unit_kind = Code(max_length=20, required=False, default="", allow_blank=True)
    valid_from = serializers.DateTimeField(required=False, default=None, allow_null=True)
    grounds = Text(max_length=500)
    extension_ordinary = Whole(min_value=0, max_value=MOST_EXTENSION)
    extension_urgent = Whole(min_value=0, max_value=MOST_EXTENSION)
    extension_critical = Whole(min_value=0, max_value=MOST_EXTENSION)
    pause_appraisal = Whole(min_value=0, max_value=MOST_PAUSE)
    pause_hearing = Whole(min_value=0, max_value=MOST_PAUSE)
    pause_season = Whole(min_value=0, max_value=MOST_PAUSE)
    pause_relocation = Whole(min_value=0, max_value=MOST_PAUSE)
    pause_other_body = Whole(min_value=0, max_value=MOST_PAUSE)
    quota_number = Whole(min_value=0, max_value=1000)
    quota_share = serializers.DecimalField(max_digits=3, decimal_places=2, min_value=0, max_value=1)


class LightsInput(StrictInput):
    """Shares of the limit as decimals, such as "0.50" and "0.80"."""

    area = Code(max_length=12)
    half = serializers.DecimalField(max_digits=3, decimal_places=2, min_value=0, max_value=1)
    warn = serializers.DecimalField(max_digits=3, decimal_places=2, min_value=0, max_value=1)
