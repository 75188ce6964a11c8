"""Words of development petitions: labels and colours stand with the choice."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """The life of a development petition."""

    FILED = "filed", pgettext_lazy("development", "Awaiting acceptance")
    RUNNING = "running", pgettext_lazy("development", "Running")
    FINISHED = "finished", pgettext_lazy("development", "All steps done, awaiting the rating")
    CLOSED = "closed", pgettext_lazy("development", "Closed")
    ENDED = "ended", pgettext_lazy("development", "Ended before it was done")
    DECLINED = "declined", pgettext_lazy("development", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("development", "Withdrawn")


class StepState(models.TextChoices):
    """The life of one step: one unit, its own clock."""

    WAITING = "waiting", pgettext_lazy("step", "Waiting for earlier steps")
    STARTED = "started", pgettext_lazy("step", "Awaiting the signature")
    SIGNED = "signed", pgettext_lazy("step", "In work")
    ASKED = "asked", pgettext_lazy("step", "Waiting for a paper")
    HELD = "held", pgettext_lazy("step", "On hold: a paper has lapsed")
    REFUSED = "refused", pgettext_lazy("step", "Refused, awaiting the centre")
    DONE = "done", pgettext_lazy("step", "Done")
    WAIVED = "waived", pgettext_lazy("step", "Not needed")
    ENDED = "ended", pgettext_lazy("step", "Ended with the case")


class PaperState(models.TextChoices):
    """The life of one paper."""

    MISSING = "missing", pgettext_lazy("paper", "Missing")
    HANDED = "handed", pgettext_lazy("paper", "Handed in")
    ACCEPTED = "accepted", pgettext_lazy("paper", "Accepted")
    LAPSED = "lapsed", pgettext_lazy("paper", "Lapsed")
    DROPPED = "dropped", pgettext_lazy("paper", "No longer needed")


class Whom(models.TextChoices):
    """Who is told when nobody moves."""

    HEAD = "head", pgettext_lazy("development", "the head of the unit")
    LEADER = "leader", pgettext_lazy("development", "the county leader in charge")
    DIRECTOR = "director", pgettext_lazy("development", "the director of the centre")


class Told(models.TextChoices):
    """What a rung of the ladder says when it is climbed."""

    NOT_ACCEPTED = "not_accepted", _("development petition not accepted in time")
    PLAN_LATE = "plan_late", _("the promised end of the plan is over")
    NOT_BEGUN = "not_begun", _("step could not begin as planned")
    NOT_SIGNED = "not_signed", _("step not signed for in time")
    NOT_DONE = "not_done", _("step not done in time")
    NOT_RULED = "not_ruled", _("refused step not ruled on in time")
    NOT_FREED = "not_freed", _("held step not decided on in time")


class EndedBy(models.TextChoices):
    """What ended a case without anybody writing why."""

    PETITION = "petition_withdrawn", pgettext_lazy("development", "the petition was withdrawn")
    UNRATED = "unrated", _("the company did not rate it in time")


FINAL_STATES = (State.CLOSED, State.ENDED, State.DECLINED, State.WITHDRAWN)
OPEN_STATES = (State.FILED, State.RUNNING, State.FINISHED)
ACCEPTED_STATES = (State.RUNNING, State.FINISHED, State.CLOSED)
OPEN_STEPS = (
    StepState.WAITING, StepState.STARTED, StepState.SIGNED, StepState.ASKED, StepState.HELD, StepState.REFUSED,
)  # fmt: skip
# The unit has something to do, and its clock runs.
WITH_UNIT = (StepState.STARTED, StepState.SIGNED)
BEGUN_STEPS = (StepState.STARTED, StepState.SIGNED, StepState.ASKED, StepState.HELD, StepState.REFUSED, StepState.DONE)
# What later steps wait for.
PASSED_STEPS = (StepState.DONE, StepState.WAIVED)
# The company has something to hand in.
OWED_PAPERS = (PaperState.MISSING,)
OPEN_PAPERS = (PaperState.MISSING, PaperState.HANDED, PaperState.LAPSED)

COLOURS: dict[str, str] = {
    State.FILED: "yellow",
    State.RUNNING: "blue",
    State.FINISHED: "violet",
    State.CLOSED: "green",
    State.ENDED: "grey",
    State.DECLINED: "red",
    State.WITHDRAWN: "grey",
}
STEP_COLOURS: dict[str, str] = {
    StepState.WAITING: "grey",
    StepState.STARTED: "yellow",
    StepState.SIGNED: "blue",
    StepState.ASKED: "violet",
    StepState.HELD: "red",
    StepState.REFUSED: "red",
    StepState.DONE: "green",
    StepState.WAIVED: "grey",
    StepState.ENDED: "grey",
}
PAPER_COLOURS: dict[str, str] = {
    PaperState.MISSING: "yellow",
    PaperState.HANDED: "blue",
    PaperState.ACCEPTED: "green",
    PaperState.LAPSED: "red",
    PaperState.DROPPED: "grey",
}
