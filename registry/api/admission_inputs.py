"""What the endpoints of admissions and one-off tasks take in: the form only; what is allowed the deeds decide."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.api.fields import StrictInput, Text, Whole
from kernel.choices import LimitUnit
from organizations.choices import Duty
from registry.admission.choices import GridWork, Into, Outcome, Per, Stance
from registry.admission.deadlines import OPINION_DAYS
from registry.admission.proposals import MOST_SIDES, MOST_STEPS, Money, Proposal, Side, Step, TaskProposal

LARGEST = 2_147_483_647
MOST_UNITS = 200
LONGEST_LIMIT = 999


class Row(Whole):
    """The number of a row, such as a unit or a matter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **kwargs)


class AdmissionSideInput(StrictInput):
    """A cooperating unit and its duty."""

    unit = Row()
    duty = Text(max_length=1000)


class AdmissionStepInput(StrictInput):
    """One step: what, by whom ("lead", a rule of place or the code of a unit), and how long."""

    title = Text(max_length=60)
    who = Text(max_length=32)
    limit_value = Whole(min_value=1, max_value=LONGEST_LIMIT, required=False, allow_null=True, default=None)
    limit_unit = serializers.ChoiceField(LimitUnit.choices, required=False, allow_blank=True, default="")


class FollowingInput(StrictInput):
    """What both applications say: who applies, what money and powers follow, on what basis, and why."""

    applicant = Row()
    name = Text(max_length=120)
    matter = Row(required=False, allow_null=True, default=None)
    money_amount = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    money_per = serializers.ChoiceField(Per.choices)
    money_source = Text(max_length=200)
    powers = Text(max_length=4000)
    basis = Text(max_length=255)
    reason = Text(max_length=1000)


def following(said: dict[str, Any]) -> dict[str, Any]:
    """The same as the deeds take it."""
    money = Money(amount=said.pop("money_amount"), per=said.pop("money_per"), source=said.pop("money_source"))
    return {"money": money, "applicant_id": said.pop("applicant"), "matter_id": said.pop("matter")}


class AdmissionInput(FollowingInput):
    """An application for admission. Without `townships` it is for every township of the county."""

    into = serializers.ChoiceField(Into.choices)
    grid_work = serializers.ChoiceField(GridWork.choices, required=False, allow_blank=True, default="")
    domain = Text(max_length=64)
    lead_unit = Row(required=False, allow_null=True, default=None)
    lead_duty = Text(max_length=4000)
    sides = serializers.ListField(child=AdmissionSideInput(), required=False, default=[], max_length=MOST_SIDES)
    township_role = serializers.ChoiceField(Duty.choices)
    township_duty = Text(max_length=4000)
    townships = serializers.ListField(child=Row(), required=False, default=[], max_length=MOST_UNITS)
    steps = serializers.ListField(child=AdmissionStepInput(), min_length=1, max_length=MOST_STEPS)
    limit_value = Whole(min_value=1, max_value=LONGEST_LIMIT)
    limit_unit = serializers.ChoiceField(LimitUnit.choices)
    safeguards = Text(max_length=4000)


def proposal_of(said: dict[str, Any]) -> Proposal:
    """The application as one value."""
    return Proposal(
        **following(said),
        lead_unit_id=said.pop("lead_unit"),
        sides=tuple(Side(unit_id=one["unit"], duty=one["duty"]) for one in said.pop("sides")),
        steps=tuple(Step(**one) for one in said.pop("steps")),
        townships=tuple(said.pop("townships")),
        **said,
    )


class TaskInput(FollowingInput):
    """An application for a one-off task in one township."""

    township = Row()
    content = Text(max_length=4000)
    begins_on = serializers.DateField()
    ends_on = serializers.DateField()


def task_of(said: dict[str, Any]) -> TaskProposal:
    """The application as one value."""
    return TaskProposal(**following(said), township_id=said.pop("township"), **said)


class AdmissionReasonInput(StrictInput):
    """Why."""

    reason = Text(max_length=1000)


class AdmissionReviewInput(StrictInput):
    """Why the duty is lawful and needed, and how many working days the townships have."""

    finding = Text(max_length=4000)
    days = Whole(required=False, default=OPINION_DAYS, min_value=1, max_value=LONGEST_LIMIT)


class TaskOpinionInput(StrictInput):
    """What the township says, in writing."""

    stance = serializers.ChoiceField(Stance.choices)
    text = Text(max_length=4000)


class AdmissionOpinionInput(TaskOpinionInput):
    """The township is named only by somebody who sits in two of them."""

    township = Row(required=False, allow_null=True, default=None)


class AdmissionChangesInput(StrictInput):
    """What a consultation changes; what is left out stays."""

    lead_duty = Text(max_length=4000, required=False)
    township_duty = Text(max_length=4000, required=False)
    safeguards = Text(max_length=4000, required=False)
    powers = Text(max_length=4000, required=False)
    money_amount = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0, required=False)
    money_per = serializers.ChoiceField(Per.choices, required=False)
    money_source = Text(max_length=200, required=False)
    limit_value = Whole(min_value=1, max_value=LONGEST_LIMIT, required=False)


class ConsultInput(StrictInput):
    """Who sat together when, what was said, and what came of it."""

    held_on = serializers.DateField()
    present = serializers.ListField(child=Row(), min_length=1, max_length=MOST_UNITS)
    people = Text(max_length=400)
    minutes = Text(max_length=8000)
    outcome = serializers.ChoiceField(Outcome.choices)
    changes = AdmissionChangesInput(required=False)


class TaskApprovalInput(StrictInput):
    """The document of the decision; `grounds` where the township objects."""

    document = Text(max_length=64)
    grounds = Text(max_length=2000, required=False, default="", allow_blank=True)


class AdmissionApprovalInput(TaskApprovalInput):
    """From when it is in force, and when it is looked at again."""

    effective = serializers.DateField()
    review_on = serializers.DateField()


class AdmissionReassessInput(StrictInput):
    """What was found, and when the duty is looked at the next time."""

    finding = Text(max_length=4000)
    next_on = serializers.DateField()


class AdmissionEndInput(AdmissionReasonInput):
    """The document by which the duty leaves the list, and from when."""

    document = Text(max_length=64)
    effective = serializers.DateField()
