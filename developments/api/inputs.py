"""What the endpoints of development petitions take in: the form only; what is allowed is decided by the deeds."""

from __future__ import annotations

from rest_framework import serializers

from kernel.api.fields import Code, Flag, Identity, StrictInput, Text, Whole
from kernel.choices import LimitUnit
from organizations.choices import LeadRule

LARGEST = 2_147_483_647


class DevelopmentInput(StrictInput):
    """A company asks for a plan; its papers are handed in one by one afterwards."""

    template = Code(max_length=20)
    title = Text(max_length=120)
    asked = Text(max_length=4000)
    address = Text(max_length=200, required=False, default="", allow_blank=True)
    promise = Text(
        max_length=300, required=False, default="", allow_blank=True, help_text="What is signed about missing papers."
    )


class DevelopmentOpeningInput(StrictInput):
    """The centre opens a plan from a petition that is there already."""

    petition = Identity()
    enterprise = Whole(min_value=1, max_value=LARGEST)
    template = Code(max_length=20)
    title = Text(max_length=120)
    asked = Text(max_length=4000)


class DevelopmentNoteInput(StrictInput):
    """A reason."""

    note = Text(max_length=300)


class DevelopmentDeclineInput(StrictInput):
    """The reason with its legal basis, and what to do instead."""

    reason = Code(max_length=20)
    note = Text(max_length=300)


class DevelopmentEndInput(StrictInput):
    """By which law, and why."""

    basis = Text(max_length=200)
    note = Text(max_length=300)


class DevelopmentPromiseInput(StrictInput):
    """What the company signs about missing papers."""

    promise = Text(max_length=300)


class DevelopmentRatingInput(StrictInput):
    """The rating of the whole plan: 1 to 5, 5 is best."""

    speed = Whole(min_value=1, max_value=5)
    quality = Whole(min_value=1, max_value=5)
    note = Text(max_length=500, required=False, default="", allow_blank=True)


class PlanStepFinishInput(StrictInput):
    """The document and the result."""

    document_no = Text(max_length=60)
    result = Text(max_length=2000)


class PlanStepRefuseInput(StrictInput):
    """The law that the refusal rests on."""

    basis = Text(max_length=200)
    note = Text(max_length=500)


class PlanStepAskInput(StrictInput):
    """A missing paper of the step, or the name of a new one with the working days for it."""

    paper = Identity(required=False)
    name = Text(max_length=60, required=False, default="", allow_blank=True)
    days = Whole(min_value=0, max_value=60, required=False, default=0)
    note = Text(max_length=300, required=False, default="", allow_blank=True)


class PlanStepAgainInput(StrictInput):
    """The unit that does the step now."""

    unit = Whole(min_value=1, max_value=LARGEST)
    note = Text(max_length=500)


class PlanStepWaiveInput(StrictInput):
    """Why the step is not needed."""

    note = Text(max_length=500)


class PaperFileInput(StrictInput):
    """JPEG, PNG, WebP or PDF, up to 10 MB."""

    file = serializers.FileField()


class PaperProlongInput(StrictInput):
    """Until when it may be handed in, once, and why."""

    until = serializers.DateTimeField()
    note = Text(max_length=300)


class TemplatePaperInput(StrictInput):
    """`days` of tolerance, 0 where the paper may not be missing."""

    name = Text(max_length=60)
    days = Whole(min_value=0, max_value=90, required=False, default=0)


class TemplateStepInput(StrictInput):
    """A step: the unit, or the rule that finds it by the place."""

    code = Code(max_length=20)
    name = Text(max_length=60)
    unit = Whole(min_value=1, max_value=LARGEST, required=False)
    rule = serializers.ChoiceField(LeadRule.choices, required=False, default=LeadRule.UNIT.value)
    limit_value = Whole(min_value=1, max_value=366)
    limit_unit = serializers.ChoiceField(LimitUnit.choices)
    green_value = Whole(min_value=1, max_value=366)
    green_unit = serializers.ChoiceField(LimitUnit.choices)
    after = serializers.ListField(child=Code(max_length=20), required=False, default=list, max_length=20)
    papers = TemplatePaperInput(many=True, required=False, default=list)


class PlanTemplateInput(StrictInput):
    """A version of a template; `version` is the number of the one that it follows, 0 for a new template."""

    code = Code(max_length=20)
    version = Whole(min_value=0, max_value=LARGEST)
    name = Text(max_length=80)
    category = Code(max_length=6)
    basis = Text(max_length=200, required=False, default="", allow_blank=True)
    valid_from = serializers.DateField(required=False)
    reason = Text(max_length=300)
    steps = serializers.ListField(child=TemplateStepInput(), max_length=20)


class EnterpriseInput(StrictInput):
    """A unit of kind enterprise with its unified social credit code."""

    unit = Whole(min_value=1, max_value=LARGEST)
    credit_code = Code(max_length=18)
    key_project = Flag(required=False, default=False)


class GreenInput(StrictInput):
    """The green channel granted or taken away, with the reason."""

    green = Flag()
    reason = Text(max_length=300)
