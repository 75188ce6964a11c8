"""THE TABLE: why a unit is supervised, on what basis, what is asked of it, and how heavy that usually is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from supervision.choices import Level, Reason


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the law, what the unit is to do, and the level that the form begins with."""

    basis: str
    demand: str | Promise
    level: str


# fmt: off
REASONS: dict[str, Row] = {
    Reason.REFUSES: Row(
        "潍坊12345条例 26; 信访工作条例 40",  # zh: Act
        _("Take the matter over at once, say who is in charge of it, and report how it will be handled."),
        Level.KEY),
    Reason.OVERDUE: Row(
        "潍坊12345条例 26; 信访工作条例 40",  # zh: Act
        _("Explain why the limit was not kept, finish the matter without delay, and report the result."),
        Level.ORDINARY),
    Reason.UNSOLVED: Row(
        "潍坊12345条例 26",  # zh: Act
        _("Look into the matter again, solve what can be solved, and report what was done and what stands in the way."),
        Level.ORDINARY),
    Reason.INFLUENCE: Row(
        "潍坊12345条例 26; 信访工作条例 39",  # zh: Act
        _("Deal with the matter and its consequences with priority, and report every step."),
        Level.URGENT),
    Reason.RETURNED: Row(
        "潍坊12345条例 22, 26",  # zh: Act
        _("Do not return the matter again; handle it as first receiver and report the result."),
        Level.KEY),
}
# fmt: on
