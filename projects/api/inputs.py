"""What the endpoints of key work take in: the form only; what is allowed is decided by the deeds."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.api.fields import Code, Identity, StrictInput, Text, Whole
from projects.choices import Kind, Span
from projects.services.drafting import MOST_UNITS, MOST_WEIGHT, Said
from projects.services.reporting import Account

LARGEST = 2_147_483_647


def number(**said: Any) -> Whole:
    """The number of a unit, a person, a batch or a group."""
    return Whole(min_value=1, max_value=LARGEST, **said)


def numbers() -> serializers.ListField:
    """Numbers of units."""
    return serializers.ListField(child=number(), max_length=MOST_UNITS, required=False, default=list)


class PlanInput(StrictInput):
    """A plan of a period for an area."""

    name = Text(max_length=80)
    area_code = Code(max_length=15)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class BatchInput(StrictInput):
    """The next batch of a plan."""

    name = Text(max_length=60)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class TaskGroupInput(StrictInput):
    """A task group: who leads it, who is its head, who belongs to it."""

    name = Text(max_length=60)
    lead = number()
    head = number()
    members = numbers()


class ProjectInput(StrictInput):
    """A project of a plan. `person` works for the owner; without an area it is of the whole plan's."""

    plan = Identity()
    code = Text(max_length=20)
    name = Text(max_length=120)
    kind = serializers.ChoiceField(Kind.choices)
    batch = number()
    group = number()
    owner = number()
    person = number()
    leader = number()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    done_means = Text(max_length=300)
    area_code = Code(max_length=15, required=False, default="", allow_blank=True)
    helpers = numbers()

    @staticmethod
    def said(given: dict[str, Any]) -> Said:
        """The same as the deed takes it."""
        return Said(**{name: value for name, value in given.items() if name != "plan"})


class MilestoneInput(StrictInput):
    """What is promised by when, and how much of the whole it is."""

    name = Text(max_length=120)
    due_on = serializers.DateField()
    weight = Whole(min_value=1, max_value=MOST_WEIGHT)


class PeopleInput(StrictInput):
    """Who answers for it and which county leader is in charge from now on, and why."""

    person = number()
    leader = number()
    note = Text(max_length=300)


class ProjectNoteInput(StrictInput):
    """Why."""

    note = Text(max_length=300)


class DoneInput(StrictInput):
    """What was done."""

    note = Text(max_length=2000)


class SuspendInput(StrictInput):
    """Why, and until when at the latest."""

    note = Text(max_length=300)
    until = serializers.DateField()


class InstructionInput(StrictInput):
    """What is to be done, by whom, until when."""

    what = Text(max_length=300)
    unit = number()
    due_on = serializers.DateField()


class ReachedInput(StrictInput):
    """What shows that a milestone is reached, and since when."""

    evidence = Text(max_length=1000)
    done_on = serializers.DateField()


class MoveInput(StrictInput):
    """Another day, and why."""

    to_day = serializers.DateField()
    reason = Text(max_length=300)


class InstructionReplyInput(StrictInput):
    """What was done."""

    reply = Text(max_length=2000)


class ProjectEmptyInput(StrictInput):
    """Nothing to say but yes."""


class RemarksInput(StrictInput):
    """What is said on the whole."""

    remarks = Text(max_length=4000)


class RemarkInput(StrictInput):
    """What is said on one report."""

    remark = Text(max_length=500)


class AccountInput(StrictInput):
    """The report of a month; `wanted` is asked of `wanted_unit`, both or neither."""

    done = Text(max_length=2000)
    percent = Whole(min_value=0, max_value=100)
    obstacles = Text(max_length=1000, required=False, default="", allow_blank=True)
    wanted = Text(max_length=500, required=False, default="", allow_blank=True)
    wanted_unit = number(required=False, default=None, allow_null=True)

    @staticmethod
    def said(given: dict[str, Any]) -> Account:
        """The same as the deed takes it."""
        return Account(**given)


class BulletinInput(StrictInput):
    """The quarter or half of the year in which a day lies."""

    plan = Identity()
    span = serializers.ChoiceField(Span.choices)
    day = serializers.DateField()
