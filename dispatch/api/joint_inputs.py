"""What the endpoints of joint orders take in: the form only; what is allowed is decided by the deeds."""

from __future__ import annotations

from rest_framework import serializers

from kernel.api.fields import StrictInput, Text, Whole

LARGEST = 2_147_483_647


class PartInput(StrictInput):
    """What one unit is asked for, and in how many working days; left out, its share of the order's limit."""

    unit = Whole(min_value=1, max_value=LARGEST)
    text = Text(max_length=1000)
    days = Whole(min_value=1, max_value=60, required=False, allow_null=True, default=None)


class AskUnitsInput(StrictInput):
    """One part for each unit: several of them split the order under its one lead."""

    parts = serializers.ListField(child=PartInput(), min_length=1, max_length=20)


class ReferInput(StrictInput):
    """The unit that may see the order and work on it, without a reply being asked for."""

    unit = Whole(min_value=1, max_value=LARGEST)


class ReceiveTaskInput(StrictInput):
    """Who does it; whoever receives it, unless another person of the unit is named."""

    officer = Whole(min_value=1, max_value=LARGEST, required=False, allow_null=True, default=None)


class ReplyTaskInput(StrictInput):
    """What the unit did."""

    text = Text(max_length=4000)


class AcceptReplyInput(StrictInput):
    """No body is needed."""


class TaskNoteInput(StrictInput):
    """What is lacking, or why the unit is not needed any more."""

    note = Text(max_length=500)


class OfferInput(StrictInput):
    """The unit that would take the order over, and why."""

    unit = Whole(min_value=1, max_value=LARGEST)
    grounds = Text(max_length=500)


class AnswerOfferInput(StrictInput):
    """No body is needed."""


class RefuseOfferInput(StrictInput):
    """Why the unit does not take it over."""

    note = Text(max_length=500)
