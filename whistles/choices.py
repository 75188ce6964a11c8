"""Words of whistles: labels and colours stand with the choice."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """The three cases in which one whistles (街乡吹哨、部门报到)."""

    ENFORCEMENT = "enforcement", pgettext_lazy("whistle", "Enforcement")
    KEY_WORK = "key_work", pgettext_lazy("whistle", "Key work")
    EMERGENCY = "emergency", pgettext_lazy("whistle", "Emergency")


class Form(models.TextChoices):
    """What those called together do: go to a place, consult on a case, meet every month, inspect every quarter."""

    WHISTLE = "whistle", pgettext_lazy("form", "Whistle")
    CONSULTATION = "consultation", pgettext_lazy("form", "Consultation")
    JOINT_MEETING = "joint_meeting", pgettext_lazy("form", "Joint meeting")
    INSPECTION = "inspection", pgettext_lazy("form", "Quarterly inspection")


class State(models.TextChoices):
    """The life of a whistle, from the asking to the scores of both sides."""

    ASKED = "asked", pgettext_lazy("whistle", "To be decided")
    ISSUED = "issued", pgettext_lazy("whistle", "Called together")
    ASSEMBLED = "assembled", pgettext_lazy("whistle", "Assembled")
    RECORDED = "recorded", pgettext_lazy("whistle", "Being carried out")
    CLOSED = "closed", pgettext_lazy("whistle", "Closed")
    DECLINED = "declined", pgettext_lazy("whistle", "Declined")
    CALLED_OFF = "called_off", pgettext_lazy("whistle", "Called off")


class Attendance(models.TextChoices):
    """What became of one unit's summons. Only a person's check-in, the issuer or the clock sets it."""

    AWAITED = "awaited", pgettext_lazy("attendance", "Awaited")
    PRESENT = "present", pgettext_lazy("attendance", "Present")
    LATE = "late", pgettext_lazy("attendance", "Present late")
    EXCUSED = "excused", pgettext_lazy("attendance", "Excused")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")


class TaskState(models.TextChoices):
    """The life of a task that was given at a meeting."""

    GIVEN = "given", pgettext_lazy("whistle task", "Given")
    REPORTED = "reported", pgettext_lazy("whistle task", "Reported done")
    CONFIRMED = "confirmed", pgettext_lazy("whistle task", "Confirmed")
    DROPPED = "dropped", pgettext_lazy("whistle task", "Dropped")


class Side(models.TextChoices):
    """Who scores whom (双考核): the issuer each unit, each unit the whistle."""

    ISSUER = "issuer", _("the issuer scores the unit")
    UNIT = "unit", _("the unit scores the whistle")


class Refusal(models.TextChoices):
    """Why the head does not issue what was asked for."""

    OWN_DUTY = "own_duty", _("it can be solved alone")
    ORDER_ENOUGH = "order_enough", _("an ordinary work order is enough")
    NOT_READY = "not_ready", _("not prepared well enough")
    RUNNING = "running", _("the matter is being dealt with already")


class Told(models.TextChoices):
    """What is said when a clock of whistles runs out."""

    NOT_DECIDED = "not_decided", _("whistle that was asked for not decided in time")
    NOT_RECEIVED = "not_received", _("whistle not signed for in time")
    NOT_RECORDED = "not_recorded", _("minutes not written in time")
    NOT_FINISHED = "not_finished", _("whistle not finished in time")
    TASK_LATE = "task_late", _("task of a whistle not done in time")
    NOT_CHECKED = "not_checked", _("task reported done and not looked at in time")


class Reading(models.TextChoices):
    """What the band says to the whistle rate of a township in a month."""

    TOO_FEW = "too_few", pgettext_lazy("whistle rate", "too few")
    WITHIN = "within", pgettext_lazy("whistle rate", "within the band")
    TOO_MANY = "too_many", pgettext_lazy("whistle rate", "too many")
    UNSAID = "unsaid", pgettext_lazy("whistle rate", "too few petitions to say")


OPEN_STATES = (State.ASKED, State.ISSUED, State.ASSEMBLED, State.RECORDED)
# A whistle that was blown: it has a number, and counts for the rate of its township.
BLOWN = (State.ISSUED, State.ASSEMBLED, State.RECORDED, State.CLOSED, State.CALLED_OFF)
HELD = (State.ASSEMBLED, State.RECORDED, State.CLOSED)
GATHERING = (State.ISSUED, State.ASSEMBLED)
CAME = (Attendance.PRESENT, Attendance.LATE)
OPEN_TASKS = (TaskState.GIVEN, TaskState.REPORTED)

COLOURS: dict[str, str] = {
    State.ASKED: "violet",
    State.ISSUED: "yellow",
    State.ASSEMBLED: "blue",
    State.RECORDED: "blue",
    State.CLOSED: "green",
    State.DECLINED: "grey",
    State.CALLED_OFF: "grey",
    Kind.ENFORCEMENT: "blue",
    Kind.KEY_WORK: "violet",
    Kind.EMERGENCY: "red",
    Attendance.AWAITED: "yellow",
    Attendance.PRESENT: "green",
    Attendance.LATE: "yellow",
    Attendance.EXCUSED: "grey",
    Attendance.ABSENT: "red",
    TaskState.GIVEN: "yellow",
    TaskState.REPORTED: "violet",
    TaskState.CONFIRMED: "green",
    TaskState.DROPPED: "grey",
    Reading.TOO_FEW: "yellow",
    Reading.WITHIN: "green",
    Reading.TOO_MANY: "yellow",
    Reading.UNSAID: "grey",
}
