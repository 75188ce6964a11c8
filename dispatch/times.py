"""Words and tables of time: what a unit may ask for, for which reasons, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from petitions.choices import Urgency


class TimeKind(models.TextChoices):
    EXTENSION = "extension", _("Extension")
    PAUSE = "pause", _("Suspension")


class Outcome(models.TextChoices):
    """What became of a request for time."""

    ASKED = "asked", _("waits for a decision")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    LAPSED = "lapsed", _("not decided before the end")


class PauseReason(models.TextChoices):
    """Why a limit may stand still (信访工作条例 36 and the practice of 挂账): nothing that the unit could hurry."""

    APPRAISAL = "appraisal", _("expert appraisal")
    HEARING = "hearing", _("hearing")
    SEASON = "season", _("the season does not allow it")
    RELOCATION = "relocation", _("relocation under way")
    OTHER_BODY = "other_body", _("waiting for another body")


class PauseEnd(models.TextChoices):
    """How a suspension ended."""

    TIMER = "timer", _("its time was over")
    EARLY = "early", _("ended early")
    WITH_ORDER = "with_order", _("the order ended")


# fmt: off
# The most calendar days that an extension may give (信访工作条例 34: 30 days), by urgency.
EXTENSION_MOST: dict[str, int] = {Urgency.ORDINARY: 30, Urgency.URGENT: 7, Urgency.CRITICAL: 1}

# The most calendar days that one suspension may last, by reason.
PAUSE_MOST: dict[str, int] = {
    PauseReason.APPRAISAL:  60,
    PauseReason.HEARING:    30,
    PauseReason.SEASON:     180,
    PauseReason.RELOCATION: 180,
    PauseReason.OTHER_BODY: 60,
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of a unit's open orders may stand still at once: a number, or a share of them where that is more."""

    number: int
    share: Decimal

    def allows(self, *, open_orders: int) -> int:
        """The number for a unit with so many open orders."""
        return max(self.number, int(self.share * open_orders))


PAUSE_QUOTA = Quota(3, Decimal("0.10"))
