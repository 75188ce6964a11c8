"""THE TABLE: what is measured. One row per figure: formula, denominator in words, sources, which way is better.

The formulas themselves are in scoring.py under the same codes. The scheme is versioned: a report keeps the version it
was made by.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.choices import Audience, Better, Counted

SCHEME = "2026-2"
MIN_CASES = 10
"""Nobody is ranked on fewer: chance alone would decide."""

UNITS = (Audience.DEPARTMENTS, Audience.TOWNSHIPS, Audience.VILLAGES)
CENTERS, GRID = (Audience.CENTERS,), (Audience.GRIDWORKERS,)
UP, DOWN, NEITHER = Better.UP, Better.DOWN, Better.NEITHER
ORDERS, CASES = Counted.ORDERS, Counted.CASES


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the table."""

    code: str
    name: str | Promise
    audiences: tuple[Audience, ...]
    of: Counted
    better: Better
    numerator: str | Promise
    denominator: str | Promise
    sources: tuple[str, ...]
    basis: str


# fmt: off
TABLE: tuple[Indicator, ...] = (
    Indicator("sign_on_time", _("Signed in time"), UNITS, ORDERS, UP,
              _("signed before the limit for signing ended"),
              _("orders whose limit for signing ended in the month; those returned before it are left out"),
              ("order.assigned", "order.signed"), "GB/T 30428.4"),
    Indicator("close_on_time", _("Finished in time"), UNITS, ORDERS, UP,
              _("finished in the month and before their limit ended"),
              _("orders finished in the month, and those unfinished whose limit was over at its end"),
              ("order.completed", "order.assigned"), "GB/T 30428.4"),
    Indicator("close", _("Finished"), UNITS, ORDERS, UP,
              _("finished in the month"),
              _("orders finished in the month, and those unfinished whose limit was over at its end"),
              ("order.completed", "order.assigned"), "GB/T 30428.4"),
    Indicator("rework", _("Handled again"), UNITS, ORDERS, DOWN,
              _("sent back by the check, or handled again after a dissatisfied rating"),
              _("orders finished in the month"),
              ("order.rejected", "petition.reopened", "order.completed"), "GB/T 30428.4"),
    Indicator("return", _("Given back"), UNITS, ORDERS, DOWN,
              _("given back with the consent of the centre"),
              _("orders assigned in the month"),
              ("order.returned", "order.assigned"), "信访工作条例 23"),
    Indicator("urged", _("Urged"), UNITS, ORDERS, DOWN,
              _("urged by the centre in the month"),
              _("orders in the unit's hands in the month"),
              ("supervision.urged", "order.assigned"), "潍坊12345条例 26"),
    Indicator("supervised", _("Under a supervision order"), UNITS, ORDERS, DOWN,
              _("a supervision order was issued in the month and not withdrawn"),
              _("orders in the unit's hands in the month"),
              ("supervision.issued", "order.assigned"), "信访工作条例 40"),
    Indicator("listed", _("Put on the list"), UNITS, ORDERS, DOWN,
              _("put on the list of supervised cases in the month"),
              _("orders in the unit's hands in the month"),
              ("supervision.listed", "order.assigned"), "信访工作条例 39"),
    Indicator("object_refused", _("Objections refused"), UNITS, ORDERS, DOWN,
              _("refused by the centre or by adjudication"),
              _("objections of the unit that were decided in the month"),
              ("order.return_requested", "order.return_refused", "order.adjudicated"), "信访工作条例 23"),
    Indicator("dispatch_accurate", _("Dispatched right at once"), CENTERS, CASES, UP,
              _("the first unit was also the last"),
              _("cases closed in the month that a unit handled"),
              ("order.assigned", "petition.closed"), "GB/T 30428.4"),
    Indicator("respond", _("Answered"), UNITS, CASES, UP,
              _("the citizen had a reply by the promised time"),
              _("cases promised for the month, withdrawn and declined ones left out"),
              ("petition.replied", "order.verified"), "北京市接诉即办工作条例 32"),
    Indicator("resolve", _("Solved"), UNITS, CASES, UP,
              _("solved, says the citizen"),
              _("cases closed in the month in which the citizen was asked and answered"),
              ("petition.rated", "petition.closed"), "北京市接诉即办工作条例 32"),
    Indicator("satisfy", _("Satisfaction"), UNITS, CASES, UP,
              _("rated satisfied or basically satisfied"),
              _("cases closed in the month that were rated; unrated ones are left out"),
              ("petition.rated", "petition.closed"), "北京市接诉即办工作条例 32"),
    Indicator("grid_reports", _("Reports filed"), GRID, CASES, NEITHER,
              _("reports filed in the month"),
              _("reports filed in the month"),
              ("petition.filed",), "GB/T 30428.4"),
    Indicator("grid_valid", _("Valid reports"), GRID, CASES, UP,
              _("accepted by the centre"),
              _("reports filed in the month on which the centre has decided"),
              ("petition.accepted", "petition.declined"), "GB/T 30428.4"),
    Indicator("grid_on_time", _("Own orders finished in time"), GRID, ORDERS, UP,
              _("finished by the gridworker in the month and before their limit ended"),
              _("orders that the gridworker finished in the month, or signed and left unfinished beyond their limit"),
              ("order.signed", "order.completed"), "GB/T 30428.4"),
)
# fmt: on

BY_CODE: dict[str, Indicator] = {row.code: row for row in TABLE}
