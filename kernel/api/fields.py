"""Fields that take a value of their own type and no other: "1" is not 1, yes is not true, １ is not 1."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


class StrictInput(serializers.Serializer[Any]):
    """Input whose unknown keys are refused, at every depth."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError({str(name)[:60]: [_("Unknown field.")] for name in sorted(unknown)})
        try:
            return super().to_internal_value(data)
        except OverflowError as error:  # the first day of all has no time on the clock of another place
            raise serializers.ValidationError({"non_field_errors": [_("No calendar has this time.")]}) from error


class NothingInput(StrictInput):
    """No body is needed: the address says it all."""


class Text(serializers.CharField):
    """A JSON string."""

    default_error_messages = {"not_text": _("Not a text.")}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("not_text")
        return str(super().to_internal_value(data))

    def run_validation(self, data: Any = serializers.empty) -> Any:
        # Zero-width characters are kept inside a text, but a text of nothing else is empty.
        if isinstance(data, str) and not data.strip("\u200b\u200c\u200d\u2060\ufeff \t\r\n"):
            data = ""
        return super().run_validation(data)


class Code(serializers.CharField):
    """An ASCII word of a table of ours, such as a category or an area code."""

    default_error_messages = {"not_code": _("Not a code.")}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or not data.isascii():
            self.fail("not_code")
        return str(super().to_internal_value(data))


class Whole(serializers.IntegerField):
    """A JSON whole number."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return int(super().to_internal_value(data))


class Degrees(serializers.FloatField):
    """A JSON number that is finite."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float) or not math.isfinite(data):
            self.fail("invalid")
        return float(data)


class Flag(serializers.BooleanField):
    """true, false, or null where that is allowed."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Identity(serializers.UUIDField):
    """A UUID in its one usual form."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not UUID_TEXT.match(data):
            self.fail("invalid", value=str(data)[:60])
        return super().to_internal_value(data)
