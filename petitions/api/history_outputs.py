"""What the history of a case tells."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class HappenedOutput(serializers.Serializer[Any]):
    """One event. Of citizens only the role is told, never who they are."""

    seq = serializers.IntegerField()
    name = serializers.CharField()
    at = serializers.DateTimeField()
    actor = serializers.CharField(allow_blank=True, help_text="user:<id> of a member of staff, system, or empty.")
    role = serializers.CharField()
    role_label = serializers.CharField()
    unit_name = serializers.CharField(allow_blank=True)
    holder = serializers.CharField(allow_blank=True, help_text="Who holds the case from here on; empty: unchanged.")
    holder_label = serializers.CharField(allow_blank=True)
    payload = serializers.DictField()


class TimelineOutput(serializers.Serializer[Any]):
    """Everything that happened, in order."""

    results = HappenedOutput(many=True)


class SegmentOutput(serializers.Serializer[Any]):
    """One turn of one holder."""

    holder = serializers.CharField()
    holder_label = serializers.CharField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    minutes = serializers.IntegerField()
    working_minutes = serializers.IntegerField()


class LedgerOutput(serializers.Serializer[Any]):
    """The turns without gap or overlap; their minutes add up to the whole."""

    since = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField()
    minutes = serializers.IntegerField()
    working_minutes = serializers.IntegerField()
    segments = SegmentOutput(many=True)


class BreakOutput(serializers.Serializer[Any]):
    """The first row that does not fit."""

    seq = serializers.IntegerField()
    name = serializers.CharField(allow_blank=True)
    why = serializers.ChoiceField(["missing", "columns", "previous", "hash", "head", "unchained"])


class ChainOutput(serializers.Serializer[Any]):
    """Whether every event is as it was written, and none is missing."""

    intact = serializers.BooleanField()
    length = serializers.IntegerField()
    broken = BreakOutput(allow_null=True)
