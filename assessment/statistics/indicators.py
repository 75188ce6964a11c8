"""THE TABLE of figures: what is counted, of how many, and which moment puts a case into a period.

The drill list of a figure is the cases that its conditions name, nothing else: the page, the API, the exports and the
lists behind them filter by the very same words. A percentile is measured over all the cases of its row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dispatch.choices import OrderState
from dispatch.models import FirstUnit, WorkOrder
from petitions.choices import CLOSED_STATES, OPEN_STATES, Satisfaction, State


class Unit(models.TextChoices):
    """What a figure is told in."""

    CASES = "cases", _("cases")
    SHARE = "share", _("per cent")
    HOURS = "hours", _("hours")


class Better(models.TextChoices):
    """Which way is the good one."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")
    NEITHER = "neither", _("neither way")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row. `dated` is the column whose moment lies in the period.

    A count has `hits` alone; a share has the cases of `among` beneath it; a percentile has `lasts`, the two columns
    that a length of time lies between, and is measured over those of `among`.
    """

    code: str
    label: str | Promise
    unit: Unit
    dated: str
    among: str
    hits: str
    said: str | Promise
    of: str | Promise = ""
    lasts: tuple[str, str] | None = None
    share: float = 0.0
    better: Better = Better.NEITHER
    working: bool = False

    @property
    def is_share(self) -> bool:
        return self.unit == Unit.SHARE

    @property
    def is_percentile(self) -> bool:
        return self.lasts is not None

    def narrowed(self, *, words: Mapping[str, Q], hits: bool) -> Q:
        """The cases of the denominator, or those of them that are in the numerator too."""
        return words[self.among] & words[self.hits] if hits and self.hits != self.among else words[self.among]


def _orders(**said: object) -> Q:
    """Cases that have such an order, whichever round it was of."""
    return Q(pk__in=WorkOrder.objects.filter(**said).order_by().values("petition"))


OVER = (
    State.ARCHIVED,
    State.CLOSED,
    *(one for one in State if one not in (*OPEN_STATES, *CLOSED_STATES)),
)


def base(*, dated: str) -> Q:
    """What is asked of every case that a column dates: declined and withdrawn ones have an end, but are not closed."""
    return Q(state__in=CLOSED_STATES) if dated == "closed_at" else Q()


def conditions(*, at: datetime) -> dict[str, Q]:
    """What the words of the table mean, at an instant."""
    # Said by what it is not, the most frequent first: every open case is compared with all, and most are not open.
    opened = ~Q(state__in=OVER)
    elsewhere = FirstUnit.objects.exclude(last_unit=F("first_unit")).order_by().values("pk")
    return {
        "all": Q(),
        "open": opened,
        "overdue": Q(stage_due_at__lt=at),  # among the open ones
        "declined": Q(state=State.DECLINED),
        "joined": Q(joined_to__isnull=False),
        "timed": Q(on_time__isnull=False),
        "on_time": Q(on_time=True),
        "rated": ~Q(satisfaction=""),
        "content": Q(satisfaction__in=(Satisfaction.SATISFIED, Satisfaction.BASICALLY)),
        "asked": Q(resolved__isnull=False),
        "resolved": Q(resolved=True),
        "returned": _orders(state=OrderState.RETURNED),
        "reworked": Q(round=2) | _orders(reworks__gt=0),
        "first_unit": ~Q(pk__in=elsewhere),
        "accepted": Q(accepted_at__isnull=False),
        "accepted_dispatched": Q(accepted_at__lte=F("dispatched_at")),
    }


CASES, SHARE, HOURS = Unit.CASES, Unit.SHARE, Unit.HOURS
FILED, ACCEPTED, DISPATCHED, CLOSED = "filed_at", "accepted_at", "dispatched_at", "closed_at"
UP, DOWN = Better.UP, Better.DOWN
HANDLING, ACCEPTING, DISPATCHING = (ACCEPTED, CLOSED), (FILED, ACCEPTED), (ACCEPTED, DISPATCHED)
OF_CLOSED, OF_ACCEPTED = _("cases closed in the period"), _("cases accepted in the period")
OF_FILED, OF_DISPATCHED = _("cases filed in the period"), _("cases first dispatched in the period")
HANDLED_FOR, ACCEPTED_AFTER = (
    _("from acceptance to closing, in plain hours"),
    _("from filing to acceptance, in plain hours"),
)
DISPATCHED_AFTER = _("from acceptance to the first dispatch, in plain hours")
HANDLED_AT_WORK = _("from acceptance to closing, counting only the office hours of the calendar")
ACCEPTED_AT_WORK = _("from filing to acceptance, counting only the office hours of the calendar")
DISPATCHED_AT_WORK = _("from acceptance to the first dispatch, counting only the office hours of the calendar")

# fmt: off
TABLE: tuple[Indicator, ...] = (
    #         code              label                              unit   dated by    denominator            numerator     what is counted
    Indicator("filed",          _("Filed"),                        CASES, FILED,      "all",                 "all",        OF_FILED),
    Indicator("accepted",       _("Accepted"),                     CASES, ACCEPTED,   "all",                 "all",        OF_ACCEPTED),
    Indicator("closed",         _("Closed"),                       CASES, CLOSED,     "all",                 "all",        OF_CLOSED, better=UP),
    Indicator("open",           _("Still open"),                   CASES, FILED,      "open",                "open",       _("filed in the period and still open"), better=DOWN),
    Indicator("overdue",        _("Overdue now"),                  SHARE, FILED,      "open",                "overdue",    _("past the time of their stage"), _("cases filed in the period that are still open"), better=DOWN),
    Indicator("on_time",        _("Closed on time"),               SHARE, CLOSED,     "timed",               "on_time",    _("handled within the promised time"), _("cases closed in the period that had a promised time"), better=UP),
    Indicator("satisfaction",   _("Satisfied"),                    SHARE, CLOSED,     "rated",               "content",    _("rated satisfied or basically satisfied"), _("cases closed in the period that were rated"), better=UP),
    Indicator("resolved",       _("Resolved"),                     SHARE, CLOSED,     "asked",               "resolved",   _("solved, says the citizen"), _("cases closed in the period whose citizen was asked"), better=UP),
    Indicator("returned",       _("Returned by a unit"),           SHARE, DISPATCHED, "all",                 "returned",   _("a unit gave the order back with consent"), OF_DISPATCHED, better=DOWN),
    Indicator("reworked",       _("Handled again"),                SHARE, CLOSED,     "all",                 "reworked",   _("sent back by the check or after a dissatisfied rating"), OF_CLOSED, better=DOWN),
    Indicator("first_unit",     _("First unit was right"),         SHARE, DISPATCHED, "all",                 "first_unit", _("are, or ended, with their first unit"), OF_DISPATCHED, better=UP),
    Indicator("declined",       _("Declined"),                     SHARE, FILED,      "all",                 "declined",   _("not taken up, with the reason"), OF_FILED),
    Indicator("joined",         _("Joined to another"),            SHARE, FILED,      "all",                 "joined",     _("the same matter as another case"), OF_FILED),
    Indicator("accept_p50",     _("Acceptance, half within"),      HOURS, ACCEPTED,   "all",                 "all",        ACCEPTED_AFTER, OF_ACCEPTED, ACCEPTING, 0.50, DOWN),
    Indicator("accept_p90",     _("Acceptance, 90 % within"),      HOURS, ACCEPTED,   "all",                 "all",        ACCEPTED_AFTER, OF_ACCEPTED, ACCEPTING, 0.90, DOWN),
    Indicator("dispatch_p50",   _("Dispatch, half within"),        HOURS, DISPATCHED, "accepted_dispatched", "accepted_dispatched", DISPATCHED_AFTER, OF_DISPATCHED, DISPATCHING, 0.50, DOWN),
    Indicator("dispatch_p90",   _("Dispatch, 90 % within"),        HOURS, DISPATCHED, "accepted_dispatched", "accepted_dispatched", DISPATCHED_AFTER, OF_DISPATCHED, DISPATCHING, 0.90, DOWN),
    Indicator("handling_p50",   _("Handling, half within"),        HOURS, CLOSED,     "accepted",            "accepted",       HANDLED_FOR, OF_CLOSED, HANDLING, 0.50, DOWN),
    Indicator("handling_p90",   _("Handling, 90 % within"),        HOURS, CLOSED,     "accepted",            "accepted",       HANDLED_FOR, OF_CLOSED, HANDLING, 0.90, DOWN),
    Indicator("handling_p95",   _("Handling, 95 % within"),        HOURS, CLOSED,     "accepted",            "accepted",       HANDLED_FOR, OF_CLOSED, HANDLING, 0.95, DOWN),
    Indicator("accept_work_p50",   _("Acceptance in working hours, half within"),    HOURS, ACCEPTED,   "all",                 "all",                 ACCEPTED_AT_WORK,   OF_ACCEPTED,   ACCEPTING,   0.50, DOWN, working=True),
    Indicator("accept_work_p90",   _("Acceptance in working hours, 90 % within"),    HOURS, ACCEPTED,   "all",                 "all",                 ACCEPTED_AT_WORK,   OF_ACCEPTED,   ACCEPTING,   0.90, DOWN, working=True),
    Indicator("dispatch_work_p50", _("Dispatch in working hours, half within"),      HOURS, DISPATCHED, "accepted_dispatched", "accepted_dispatched", DISPATCHED_AT_WORK, OF_DISPATCHED, DISPATCHING, 0.50, DOWN, working=True),
    Indicator("dispatch_work_p90", _("Dispatch in working hours, 90 % within"),      HOURS, DISPATCHED, "accepted_dispatched", "accepted_dispatched", DISPATCHED_AT_WORK, OF_DISPATCHED, DISPATCHING, 0.90, DOWN, working=True),
    Indicator("handling_work_p50", _("Handling in working hours, half within"),      HOURS, CLOSED,     "accepted",            "accepted",            HANDLED_AT_WORK,    OF_CLOSED,     HANDLING,    0.50, DOWN, working=True),
    Indicator("handling_work_p90", _("Handling in working hours, 90 % within"),      HOURS, CLOSED,     "accepted",            "accepted",            HANDLED_AT_WORK,    OF_CLOSED,     HANDLING,    0.90, DOWN, working=True),
    Indicator("handling_work_p95", _("Handling in working hours, 95 % within"),      HOURS, CLOSED,     "accepted",            "accepted",            HANDLED_AT_WORK,    OF_CLOSED,     HANDLING,    0.95, DOWN, working=True),
)
# fmt: on

BY_CODE: dict[str, Indicator] = {row.code: row for row in TABLE}
