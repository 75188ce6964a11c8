"""What the endpoints of orders take in: the form only; what is allowed is decided by the deeds."""

from __future__ import annotations

from kernel.api.fields import Code, Flag, StrictInput, Text, Whole


class SignOrderInput(StrictInput):
    """No body is needed."""


class ProgressInput(StrictInput):
    """How far it is."""

    text = Text(max_length=2000)


class ReturnInput(StrictInput):
    """Not ours: the code of a reason, and the grounds."""

    reason = Code(max_length=20)
    note = Text(max_length=500)


class RuleInput(StrictInput):
    """Granted, the centre looks for another unit; refused, with the grounds, this unit keeps it for good."""

    granted = Flag()
    note = Text(max_length=500, required=False, default="", allow_blank=True)


class AdjudicateInput(StrictInput):
    """The unit that handles it from now on, the grounds and the basis in law. It binds everybody."""

    unit = Whole(min_value=1, max_value=2_147_483_647)
    note = Text(max_length=1000)
    basis = Text(max_length=255)


class CompleteInput(StrictInput):
    """What was done, by every unit. Evidence is attached to the petition before.

    `without`: why you finish without the reply of a unit that is late with it.
    """

    result = Text(max_length=4000)
    without = Text(max_length=500, required=False, default="", allow_blank=True)


class VerifyInput(StrictInput):
    """Passed, with the reply to the citizen; or sent back, with what is lacking."""

    passed = Flag()
    note = Text(max_length=500, required=False, default="", allow_blank=True)
    reply = Text(max_length=4000, required=False, default="", allow_blank=True)


class ReassignInput(StrictInput):
    """Another unit, and why."""

    unit = Whole(min_value=1, max_value=2_147_483_647)
    note = Text(max_length=500)


class RecallOrderInput(StrictInput):
    """Why the dispatch is taken back; in words where it is another reason."""

    reason = Code(max_length=12)
    note = Text(max_length=500, required=False, default="", allow_blank=True)


class AssignOrderInput(StrictInput):
    """The unit that the centre names, and what it should heed."""

    unit = Whole(min_value=1, max_value=2_147_483_647)
    instruction = Text(max_length=500, required=False, default="", allow_blank=True)
