"""Words of the kernel."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LimitUnit(models.TextChoices):
    """What a time limit counts in (GB/T 30428 practice and the statutes know all four)."""

    NATURAL_HOUR = "natural_hour", _("hours")
    WORK_HOUR = "work_hour", _("working hours")
    WORKDAY = "workday", _("working days")
    CALENDAR_DAY = "calendar_day", _("calendar days")


class CalendarDayKind(models.TextChoices):
    """Why a day differs from what its weekday says."""

    HOLIDAY = "holiday", _("day off by notice")
    MAKEUP = "makeup", _("working day by notice")
    STATUTORY = "statutory", _("day off by law, notice not yet published")


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("pending")
    DONE = "done", _("done")
    DEAD = "dead", _("given up")


class TimerState(models.TextChoices):
    ARMED = "armed", _("running")
    FIRED = "fired", _("fired")
    CANCELLED = "cancelled", _("cancelled")
    DEAD = "dead", _("given up")


class ClockCause(models.TextChoices):
    """Why a due date became another one."""

    EXTENDED = "extended", _("extension granted")
    PAUSED = "paused", _("stands still")
    RESUMED = "resumed", _("goes on before the planned end of the pause")
    SENT_BACK = "sent_back", _("sent back to be handled again")
    REPROJECTED = "reprojected", _("new holiday notice")
