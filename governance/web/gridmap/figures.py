"""What is counted on the map: the petitions that one may see and asked for, by place, as points, and as heat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Floor
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from governance.web.cases import Case, rows_of, with_rows
from governance.web.gridmap.places import codes_below
from petitions.choices import OPEN_STATES
from petitions.models import Petition

Cases = QuerySet[Petition]
COLUMNS = {6: "county_code", 9: "township_code", 12: "village_code", 15: "cell_code"}  # by the digits of a place
# Yellow is what is due within a day, plainly counted: the lights of single cases know their working time.
SOON = timedelta(days=1)
DRAWN = 1500  # points that are sent at once; a cluster stands for many
SQUARES = 4000  # of heat
HEATED = 50_000  # cases that make the heat at most
COUNTED = 999  # of what is asked for in one place, beyond which nobody compares


@dataclass(frozen=True, slots=True)
class Load:
    """Petitions of one place: those asked for (more than COUNTED are COUNTED and one), the open ones among them, those
    overdue and those due within a day.
    """

    found: int = 0
    open: int = 0
    late: int = 0
    soon: int = 0

    @property
    def light(self) -> str:
        """The worst that is open: red, yellow, green, or grey where nothing is."""
        return "red" if self.late else "yellow" if self.soon else "green" if self.open else "grey"


class Counted(Subquery):
    """How many rows a query has that was bounded; it may name the row around it."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def loads(*, cases: Cases, place: str, digits: int, at: datetime, only_open: bool = False) -> dict[str, Load]:
    """The load of each place with so many digits. One query, and one more where not only what is open was asked for.

    What is over grows without end: of one place no more than COUNTED and one are counted.
    """
    column = COLUMNS[digits]
    counts: dict[str, Any] = {
        "n_open": Count("pk"),
        "n_late": Count("pk", filter=Q(stage_due_at__lt=at)),
        "n_soon": Count("pk", filter=Q(stage_due_at__gte=at, stage_due_at__lt=at + SOON)),
    }
    running = cases.filter(state__in=OPEN_STATES).exclude(**{column: ""}).order_by()
    grouped = running.values(column).annotate(**counts).values_list(column, "n_open", "n_late", "n_soon")
    found = {code: Load(n, n, late, soon) for code, n, late, soon in grouped}
    if not only_open:
        for code, number in _asked_for(cases, column=column, places=codes_below(place, digits=digits)):
            if number:
                found[code] = replace(found.get(code, Load()), found=number)
    return found


def _asked_for(cases: Cases, *, column: str, places: QuerySet[Any]) -> Iterable[tuple[str, int]]:
    some = cases.filter(**{column: OuterRef("place_code")}).order_by().values("pk")[: COUNTED + 1]
    return places.annotate(n=Counted(some)).values_list("place_code", "n")


def points(
    *, cases: Cases, extent: tuple[float, float, float, float] | None, at: datetime, only_open: bool = False
) -> dict[str, Any]:
    """Petitions with a place as GeoJSON; `more` says that not all are there.

    What is open begins with what is due first, what is over with the newest: both are read off an index.
    """
    order = ("stage_due_at", "pk") if only_open else ("-filed_at", "-pk")
    placed = _within(cases, extent).order_by(*order)
    rows = list(with_rows(placed)[: DRAWN + 1])
    return {
        "type": "FeatureCollection",
        "more": len(rows) > DRAWN,
        "features": [_point(case) for case in rows_of(rows[:DRAWN], at=at)],
    }


def heat(*, cases: Cases, extent: tuple[float, float, float, float] | None, side: float) -> dict[str, Any]:
    """How many petitions lie in each square of so many degrees: [west, south, count], the fullest first. One query.

    Of more than HEATED the newest are counted, and `more` says so.
    """
    newest = _within(cases, extent).order_by("-filed_at", "-pk").values("pk")[:HEATED]
    bins = (
        Petition.objects.filter(pk__in=newest).annotate(x=Floor(F("lng") / side), y=Floor(F("lat") / side)).order_by()
    )
    counted = bins.values("x", "y").annotate(n=Count("pk")).order_by("-n", "x", "y")[:SQUARES]
    squares = [[round(row["x"] * side, 6), round(row["y"] * side, 6), row["n"]] for row in counted]
    more = sum(count for _west, _south, count in squares) >= HEATED
    return {"side": side, "squares": squares, "most": squares[0][2] if squares else 0, "more": more}


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
