"""What is counted on the map: the petitions that one may see and asked for, by place, as points, and as heat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Floor
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from governance.web.cases import Case, rows_of, with_rows
from petitions.choices import OPEN_STATES
from petitions.models import Petition

Cases = QuerySet[Petition]
COLUMNS = {6: "county_code", 9: "township_code", 12: "village_code", 15: "cell_code"}  # by the digits of a place
# Yellow is what is due within a day, plainly counted: the lights of single cases know their working time.
SOON = timedelta(days=1)
DRAWN = 1500  # points that are sent at once; a cluster stands for many
SQUARES = 4000  # of heat


@dataclass(frozen=True, slots=True)
class Load:
    """Petitions of one place: those asked for, the open ones among them, those overdue and those due within a day."""

    found: int = 0
    open: int = 0
    late: int = 0
    soon: int = 0

    @property
    def light(self) -> str:
        """The worst that is open: red, yellow, green, or grey where nothing is."""
        return "red" if self.late else "yellow" if self.soon else "green" if self.open else "grey"


def loads(*, cases: Cases, digits: int, at: datetime) -> dict[str, Load]:
    """The load of each place with so many digits. One query."""
    column = COLUMNS[digits]
    running = Q(state__in=OPEN_STATES)
    counts: dict[str, Any] = {
        "n": Count("pk"),
        "n_open": Count("pk", filter=running),
        "n_late": Count("pk", filter=running & Q(stage_due_at__lt=at)),
        "n_soon": Count("pk", filter=running & Q(stage_due_at__gte=at, stage_due_at__lt=at + SOON)),
    }
    grouped = cases.exclude(**{column: ""}).order_by().values(column).annotate(**counts)
    return {code: Load(*said) for code, *said in grouped.values_list(column, "n", "n_open", "n_late", "n_soon")}


def points(*, cases: Cases, extent: tuple[float, float, float, float] | None, at: datetime) -> dict[str, Any]:
    """Petitions with a place as GeoJSON, those due first before all; `more` says that not all are there."""
    placed = _within(cases, extent).order_by("stage_due_at", "pk")
    rows = list(with_rows(placed)[: DRAWN + 1])
    return {
        "type": "FeatureCollection",
        "more": len(rows) > DRAWN,
        "features": [_point(case) for case in rows_of(rows[:DRAWN], at=at)],
    }


def heat(*, cases: Cases, extent: tuple[float, float, float, float] | None, side: float) -> dict[str, Any]:
    """How many petitions lie in each square of so many degrees: [west, south, count], the fullest first. One query."""
    bins = _within(cases, extent).annotate(x=Floor(F("lng") / side), y=Floor(F("lat") / side)).order_by()
    counted = bins.values("x", "y").annotate(n=Count("pk")).order_by("-n", "x", "y")[:SQUARES]
    squares = [[round(row["x"] * side, 6), round(row["y"] * side, 6), row["n"]] for row in counted]
    return {"side": side, "squares": squares, "most": squares[0][2] if squares else 0}


def _within(cases: Cases, extent: tuple[float, float, float, float] | None) -> Cases:
    if extent is None:
        return cases.filter(lng__isnull=False, lat__isnull=False)
    west, south, east, north = extent
    return cases.filter(lng__gte=west, lng__lt=east, lat__gte=south, lat__lt=north)


def _point(case: Case) -> dict[str, Any]:
    one = case.petition
    due = date_format(localtime(one.stage_due_at), "Y-m-d H:i")
    said = [one.number, f"{one.get_state_display()} · {case.unit}", _("due %(moment)s") % {"moment": due}]
    told = {"label": one.title, "colour": case.light, "href": case.href, "lines": said}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [one.lng, one.lat]},
        "properties": told,
    }
