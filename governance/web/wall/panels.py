"""The panels that every level has: where cases come from, what they are about, who keeps promises, what presses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.web import links, names
from governance.web.cases import rows_of, with_rows
from governance.web.figures import CHART_DAYS, cases_in, load_of_cells, midnight
from governance.web.live import running
from governance.web.narrowing import NO_CATEGORY
from governance.web.tiles import grouped, share_of
from governance.web.wall.counting import LEAST, Standing, ranking
from governance.web.wall.reading import Bar, Panel, Reading, bars
from organizations.queries.posts import unit_names
from petitions.choices import COLOURS, Channel

LONGEST, PRESSING, ORDERS = 6, 7, 16


def channels(reading: Reading) -> Panel:
    """Where the cases of thirty days came from."""
    place, labels = reading.ground.place, dict(Channel.choices)
    rows = [
        Bar(labels[one], n, 0, links.behind("recent", place=place, channel=one), "teal")
        for one, n in reading.counts.channels[:LONGEST]
    ]
    return Panel("bars", _("Sources, thirty days"), _of_recent(reading), bars(rows), _("Nothing was filed."))


def categories(reading: Reading) -> Panel:
    """What the cases of thirty days are about."""
    place, named = reading.ground.place, names.main_categories()
    rows = [
        Bar(
            named.get(code, code) if code else _("Not classified"),
            n,
            0,
            links.behind("recent", place=place, main=code or NO_CATEGORY),
            "violet",
        )
        for code, n in reading.figures.categories[:LONGEST]
    ]
    return Panel("bars", _("Categories, thirty days"), _of_recent(reading), bars(rows), _("Nothing was filed."))


def _of_recent(reading: Reading) -> str:
    return _("of %(n)s filed") % {"n": grouped(reading.figures.totals["recent"])}


def _of_open(reading: Reading) -> str:
    return _("of %(n)s open") % {"n": grouped(reading.figures.totals["open"])}


def days(reading: Reading) -> Panel:
    """Filed and closed, day by day, as points of two lines in a frame of 100 by 100."""
    counted = reading.figures.days
    highest = max((max(filed, closed) for _day, filed, closed in counted), default=0) or 1
    step = 100 / max(len(counted) - 1, 1)

    def line(label: str, colour: str, numbers: list[int]) -> dict[str, Any]:
        heights = [100 - 96 * one / highest for one in numbers]
        points = " ".join(f"{index * step:.2f},{height:.2f}" for index, height in enumerate(heights))
        return {"label": label, "colour": colour, "points": points, "last": numbers[-1]}

    rows = [
        line(_("Filed"), "blue", [filed for _day, filed, _closed in counted]),
        line(_("Closed"), "green", [closed for _day, _filed, closed in counted]),
    ]
    ends = f"{counted[0][0]:%m-%d} – {counted[-1][0]:%m-%d}"
    return Panel("days", _("Filed and closed, %(n)d days") % {"n": CHART_DAYS}, ends, rows)


def parts(reading: Reading) -> Panel:
    """The parts of the ground by promise kept."""
    return Panel("standing", _part_title(reading), _least(), _ranked(reading.standings), _("There is no part below."))


def _part_title(reading: Reading) -> str:
    titles = {9: _("Townships by promise kept"), 12: _("Villages by promise kept"), 15: _("Grids by promise kept")}
    return titles.get(reading.ground.digits, _("Counties by promise kept"))


def grids(reading: Reading) -> Panel:
    """The grids with most open cases, those with overdue ones in red."""
    loads, named = load_of_cells(actor=reading.actor, at=reading.at), dict(reading.cells)
    most = sorted((one for one in loads.items() if one[0] in named), key=lambda one: (-one[1][0], one[0]))[:LONGEST]
    rows = [
        Bar(named[code], n, 0, links.behind("open", place=code), "red" if late else "blue") for code, (n, late) in most
    ]
    return Panel("bars", _("Grids with most open cases"), _of_open(reading), bars(rows), _("Nothing is open."))


def units(reading: Reading) -> Panel:
    """The units that lead cases here, by promise kept."""
    counted = reading.counts.units
    named = unit_names(unit_ids=[int(key) for key in counted])
    rows = [
        one.named(name=named.get(int(key), "—"), href=links.petitions(unit=key, state="open"))
        for key, one in counted.items()
    ]
    return Panel("standing", _("Units by promise kept"), _least(), _ranked(rows, by="unit", place=reading.ground.place))


def _least() -> str:
    return _("closed in thirty days; a rank from %(n)d cases") % {"n": LEAST}


def _ranked(rows: list[Standing], *, by: str = "place", place: str = "") -> list[dict[str, Any]]:
    """The rows with rank, share, its colour, and the lists behind the numbers; as many as a wall can show."""
    found = []
    for rank, one in ranking(rows)[:12]:
        share, colour = share_of(one.on_time, one.timed)
        where = {"place": place, "unit": one.key} if by == "unit" else {"place": one.key}
        found.append(
            {
                "rank": rank,
                "row": one,
                "share": share,
                "colour": colour,
                "behind": {name: links.behind(name, **where) for name in ("open", "overdue", "timed")},
            }
        )
    return found


def pressing(reading: Reading, *, shown: int = PRESSING) -> Panel:
    """What is overdue longest or due soonest."""
    rows = _lines(running(actor=reading.actor, place=reading.ground.place)[:shown], reading.at)
    return Panel("cases", _("Overdue and nearly due"), _of_open(reading), rows, _("Nothing is open."))


def today(reading: Reading) -> Panel:
    """What was filed today, newest first."""
    found = with_rows(cases_in(actor=reading.actor, place=reading.ground.place)).filter(
        filed_at__gte=midnight(at=reading.at)
    )
    rows = _lines(found.order_by("-filed_at", "-pk")[:PRESSING], reading.at)
    filed = _("%(n)s filed today") % {"n": grouped(reading.figures.totals["filed"])}
    return Panel("cases", _("Today's items"), filed, rows, _("Nothing was filed today."))


def orders(reading: Reading) -> Panel:
    """The newest cases as they pass by: number, category, village, state. Nothing that somebody wrote."""
    found = with_rows(cases_in(actor=reading.actor, place=reading.ground.place)).order_by("-filed_at", "-pk")
    return Panel("orders", _("Live orders"), "", _lines(found[:ORDERS], reading.at), _("Nothing was filed yet."))


def _lines(found: Any, at: datetime) -> list[dict[str, Any]]:
    """Cases without a word that a citizen wrote. Two queries."""
    cases = rows_of(found.select_related("category", "lead_unit", "center"), at=at)
    villages = names.areas(codes=[one.petition.village_code for one in cases])
    townships = names.townships()
    return [
        {
            "case": one,
            "number": one.petition.number,
            "category": one.petition.category.name if one.petition.category else _("Not classified"),
            "place": villages.get(one.petition.village_code) or townships.get(one.petition.township_code, ""),
            "state": one.petition.get_state_display(),
            "colour": COLOURS[one.petition.state],
            "due": date_format(one.due_at, "m-d H:i") if one.due_at else "",
        }
        for one in cases
    ]
