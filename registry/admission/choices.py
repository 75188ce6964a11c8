"""Words of admission: labels and colours stand with the choice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an admission stands (准入: 申请, 审核, 征求意见, 会商, 批准公布, 退出)."""

    APPLIED = "applied", _("Awaiting the review")
    ASKED = "asked", _("Townships are asked")
    DISPUTED = "disputed", _("Awaiting consultation")
    READY = "ready", _("Awaiting approval")
    IN_FORCE = "in_force", _("In force")
    REFUSED = "refused", _("Refused")
    DROPPED = "dropped", _("Taken back")
    ENDED = "ended", _("Withdrawn")


class TaskState(models.TextChoices):
    """Where a one-off task stands."""

    ASKED = "asked", _("Township is asked")
    HEARD = "heard", _("Awaiting the decision")
    IN_FORCE = "in_force", _("Under way")
    REFUSED = "refused", _("Refused")
    DROPPED = "dropped", _("Taken back")
    ENDED = "ended", _("Over")


class Into(models.TextChoices):
    """What a duty is to be admitted into."""

    TERRITORIAL = "territorial", _("the territorial list")
    TOWNSHIP_DUTY = "township_duty", _("the township's duty list")
    GRID = "grid", _("the work of the grid")


class GridWork(models.TextChoices):
    """The three lists of grid work that the districts keep (采办, 走访排查)."""

    INFORMATION = "information", _("collecting basic information")
    WORK = "work", _("a piece of work")
    VISITS = "visits", _("visits and checks of key persons and places")


class Stance(models.TextChoices):
    """What a township says. Silence is none of these: it is recorded as silence and is no consent."""

    AGREES = "agrees", _("agrees")
    CONDITIONS = "conditions", _("agrees with conditions")
    OBJECTS = "objects", _("objects")


class Outcome(models.TextChoices):
    """What a consultation came to."""

    AGREED = "agreed", _("an agreed result")
    APART = "apart", _("no agreement; the objection is put before the decision")


class Per(models.TextChoices):
    """What the money is paid for (费随事转)."""

    YEAR = "year", _("a year")
    CASE = "case", _("a case")
    GRID = "grid", _("a grid and year")
    ONCE = "once", _("once")


OPEN_STATES = (State.APPLIED, State.ASKED, State.DISPUTED, State.READY)
OPEN_TASKS = (TaskState.ASKED, TaskState.HEARD)
# States that were reached by an approval.
APPROVED_STATES = (State.IN_FORCE, State.ENDED)
APPROVED_TASKS = (TaskState.IN_FORCE, TaskState.ENDED)

COLOURS: dict[str, str] = {
    State.APPLIED: "yellow",
    State.ASKED: "blue",
    State.DISPUTED: "red",
    State.READY: "violet",
    State.IN_FORCE: "green",
    State.REFUSED: "grey",
    State.DROPPED: "grey",
    State.ENDED: "grey",
    TaskState.HEARD: "violet",
}
STANCE_COLOURS: dict[str, str] = {Stance.AGREES: "green", Stance.CONDITIONS: "yellow", Stance.OBJECTS: "red"}
