"""What the endpoints of drafts and hand-overs take in: the form only; what is allowed is decided by the deeds."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.api.fields import Code, StrictInput, Text, Whole
from registry.choices import DraftOrigin, LineOp

BY_PEOPLE = [one for one in DraftOrigin.choices if one[0] in (DraftOrigin.BY_HAND, DraftOrigin.SHEET, DraftOrigin.GAP)]
LARGEST = 2_147_483_647


class DraftInput(StrictInput):
    """A new draft: what it is about, why, and from when it shall hold."""

    title = Text(max_length=120)
    reason = Text(max_length=1000)
    effective = serializers.DateField()
    origin = serializers.ChoiceField(BY_PEOPLE, required=False, default=DraftOrigin.BY_HAND.value)
    gap = serializers.UUIDField(
        required=False, allow_null=True, default=None, source="gap_id", help_text="The gap that its approval closes."
    )


class Columns(serializers.DictField):
    """The columns of an item by name; each fault comes back with the line."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        return dict(super().to_internal_value(data))


class LineBody(StrictInput):
    """What happens to one item."""

    op = serializers.ChoiceField(LineOp.choices)
    item_code = Code(max_length=40)
    payload = Columns(required=False, default=dict)


class DropLineInput(StrictInput):
    """The item whose line is dropped."""

    item_code = Code(max_length=40)


class ApproveInput(StrictInput):
    """The document of the approval, and a later day than the draft names."""

    document = Text(max_length=64, required=False, default="", allow_blank=True)
    effective = serializers.DateField(required=False, allow_null=True, default=None)


class ReasonInput(StrictInput):
    """Why."""

    reason = Text(max_length=1000)


class HandOverInput(StrictInput):
    """Which item goes to which unit, from when, and what the two agree."""

    item = Code(max_length=40)
    to_unit = Whole(min_value=1, max_value=LARGEST)
    text = Text(max_length=4000)
    effective = serializers.DateField()


class WithdrawalInput(StrictInput):
    """Why nothing changes hands."""

    reason = Text(max_length=300)
