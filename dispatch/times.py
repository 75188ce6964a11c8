"""Words and tables of time: what a unit may ask for, for which reasons, and how much of it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

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


# The figures of a rule, as its columns and its file name them.
EXTENSIONS: dict[str, str] = {urgency: f"extension_{urgency}" for urgency in Urgency.values}
PAUSES: dict[str, str] = {reason: f"pause_{reason}" for reason in PauseReason.values}
FIGURES = (*EXTENSIONS.values(), *PAUSES.values(), "quota_number", "quota_share")
MOST_EXTENSION, MOST_PAUSE = 30, 366
"""The most calendar days that any rule may give: 信访工作条例 34 for an extension, a year for a suspension."""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of a unit's open orders may stand still at once: a number, or a share of them where that is more."""

    number: int
    share: Decimal

    def allows(self, *, open_orders: int) -> int:
        """The number for a unit with so many open orders."""
        return max(self.number, int(self.share * open_orders))


@dataclass(frozen=True, slots=True)
class Room:
    """How much time a unit may be given: calendar days of an extension by urgency, of a suspension by reason."""

    extension: Mapping[str, int]
    pause: Mapping[str, int]
    quota: Quota


def room_with(figures: Mapping[str, Any]) -> Room:
    """A rule from its figures, by the names of FIGURES."""
    return Room(
        extension={urgency: int(figures[name]) for urgency, name in EXTENSIONS.items()},
        pause={reason: int(figures[name]) for reason, name in PAUSES.items()},
        quota=Quota(int(figures["quota_number"]), Decimal(figures["quota_share"])),
    )


def usual_figures() -> dict[str, str]:
    """The figures that hold where nobody has set others, as in the file of reference data."""
    with (Path(__file__).parent / "data" / "time_rules.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["value"] for row in csv.DictReader(file)}


USUAL = room_with(usual_figures())
