"""Questions that are asked again and again: one row each, and an address each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Preset:
    """A name, and the query of its address; the period is the one that runs."""

    label: str | Promise
    query: str


# fmt: off
PRESETS: tuple[Preset, ...] = (
    Preset(_("This month by township"),         "of=filed,closed,on_time,satisfaction&by=township&period=month&against=before"),
    Preset(_("This month by unit"),             "of=closed,on_time,satisfaction,reworked&by=unit&period=month&against=before"),
    Preset(_("Day by day"),                     "of=filed,accepted,closed&by=day&period=month&against=before"),
    Preset(_("The year by month"),              "of=filed,closed,on_time,satisfaction&by=month&period=year&against=both"),
    Preset(_("What people ask about, by channel"), "of=filed&by=category2&across=channel&period=month"),
    Preset(_("How long it takes, by unit"),     "of=handling_p50,handling_p90,handling_p95&by=unit&period=quarter&against=before"),
    Preset(_("How fast we answer"),             "of=accept_p50,accept_p90,dispatch_p50,dispatch_p90&by=township&period=month&against=before"),
    Preset(_("Right at the first time"),        "of=first_unit,returned,reworked&by=unit&period=quarter&against=year"),
    Preset(_("Townships by urgency"),           "of=open&by=township&across=urgency&period=year"),
)
# fmt: on
