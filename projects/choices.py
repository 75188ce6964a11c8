"""Words of key work: labels and colours stand with the choice."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a project of an action plan is about."""

    INDUSTRY = "industry", pgettext_lazy("project", "Industry")
    INFRASTRUCTURE = "infrastructure", pgettext_lazy("project", "Infrastructure")
    LIVELIHOOD = "livelihood", pgettext_lazy("project", "Livelihood")
    ECOLOGY = "ecology", pgettext_lazy("project", "Ecology")
    GOVERNANCE = "governance", pgettext_lazy("project", "Governance")


class State(models.TextChoices):
    """The life of a project: it is done when somebody else than the owner says so."""

    DRAFTED = "drafted", pgettext_lazy("project", "Drafted")
    RUNNING = "running", pgettext_lazy("project", "Running")
    ASKED = "asked", pgettext_lazy("project", "Asked to be checked")
    SUSPENDED = "suspended", pgettext_lazy("project", "Suspended")
    DONE = "done", pgettext_lazy("project", "Done")
    ENDED = "ended", pgettext_lazy("project", "Ended undone")


class Light(models.TextChoices):
    """Where a project stands on a day; lights.py says how it is told."""

    DONE = "done", pgettext_lazy("light", "Done")
    STOPPED = "stopped", pgettext_lazy("light", "Stopped")
    BEHIND = "behind", pgettext_lazy("light", "Behind")
    NEAR = "near", pgettext_lazy("light", "Near due")
    NOT_BEGUN = "not_begun", pgettext_lazy("light", "Not begun")
    ON_COURSE = "on_course", pgettext_lazy("light", "On course")


class MilestoneState(models.TextChoices):
    """The life of a milestone."""

    PLANNED = "planned", pgettext_lazy("milestone", "Planned")
    REPORTED = "reported", pgettext_lazy("milestone", "Reported reached")
    CONFIRMED = "confirmed", pgettext_lazy("milestone", "Reached")


class TaskState(models.TextChoices):
    """The life of an instruction of the monthly dispatch."""

    GIVEN = "given", pgettext_lazy("instruction", "Given")
    REPLIED = "replied", pgettext_lazy("instruction", "Replied to")
    SETTLED = "settled", pgettext_lazy("instruction", "Settled")
    DROPPED = "dropped", pgettext_lazy("instruction", "Dropped")


class MonthState(models.TextChoices):
    """The life of a monthly dispatch 月调度."""

    COLLECTING = "collecting", pgettext_lazy("monthly dispatch", "Collecting reports")
    HELD = "held", pgettext_lazy("monthly dispatch", "Held")


class Span(models.TextChoices):
    """What a bulletin speaks of."""

    QUARTER = "quarter", pgettext_lazy("bulletin", "Quarterly bulletin")
    HALF = "half", pgettext_lazy("bulletin", "Half-year summary")


class Told(models.TextChoices):
    """What is said when a day passes that something was promised for."""

    NOT_BEGUN = "not_begun", _("project not begun on its day")
    NOT_FINISHED = "not_finished", _("project not done on its last day")
    MILESTONE_LATE = "milestone_late", _("milestone not reached on its day")
    REPORT_MISSING = "report_missing", _("monthly report missing")
    TASK_LATE = "task_late", _("instruction not replied to in time")
    NOT_CHECKED = "not_checked", _("reported and not looked at in time")
    PAUSE_OVER = "pause_over", _("suspension over and project not resumed")


class Asking(models.TextChoices):
    """What somebody is to look at."""

    MILESTONE = "milestone", _("a milestone is reported reached")
    MOVE = "move", _("another day is asked for a milestone")
    PROJECT = "project", _("a project is reported done")
    REPLY = "reply", _("an instruction is replied to")


class Decided(models.TextChoices):
    """What was decided on a project."""

    BEGUN = "begun", _("it has begun")
    CONFIRMED = "confirmed", _("a milestone is confirmed")
    SENT_BACK = "sent_back", _("a milestone is sent back")
    GRANTED = "granted", _("another day is granted")
    REFUSED = "refused", _("another day is refused")
    DONE = "done", _("it is done")
    NOT_DONE = "not_done", _("it is not done yet")
    SUSPENDED = "suspended", _("it is suspended")
    RESUMED = "resumed", _("it goes on")
    ENDED = "ended", _("it is ended undone")
    REPLY_BACK = "reply_back", _("a reply is sent back")


OPEN_STATES = (State.DRAFTED, State.RUNNING, State.ASKED, State.SUSPENDED)
OPEN_TASKS = (TaskState.GIVEN, TaskState.REPLIED)
# Of these a report is owed each month.
REPORTING = (State.RUNNING, State.ASKED)

COLOURS: dict[str, str] = {
    State.DRAFTED: "grey",
    State.RUNNING: "blue",
    State.ASKED: "violet",
    State.SUSPENDED: "yellow",
    State.DONE: "green",
    State.ENDED: "grey",
    MilestoneState.PLANNED: "blue",
    MilestoneState.REPORTED: "violet",
    MilestoneState.CONFIRMED: "green",
    TaskState.GIVEN: "yellow",
    TaskState.REPLIED: "violet",
    TaskState.SETTLED: "green",
    TaskState.DROPPED: "grey",
    MonthState.COLLECTING: "yellow",
    MonthState.HELD: "green",
}
