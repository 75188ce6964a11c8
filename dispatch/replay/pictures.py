"""What a replay found, as tiles, pictures and rows: each number beside what it is a part of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dispatch.models import Replay
from organizations.models import Unit

DRAWN, LISTED = 12, 30
Row = tuple[str, dict[str, int]]


def tiles(*, made: Replay) -> list[dict[str, Any]]:
    """The figures of the whole trial."""
    said = made.tally
    cases, ended = said["cases"], said["ended"]
    return [
        {"label": _("Goes elsewhere"), "number": said["moved"], "of": cases, "colour": "violet"},
        {"label": _("Gaps closed"), "number": said["gaps_closed"], "of": cases, "colour": "green"},
        {"label": _("Gaps opened"), "number": said["gaps_opened"], "of": cases, "colour": _warn(said["gaps_opened"])},
        {"label": _("Would have been late"), "number": said["broken"], "of": cases, "colour": _warn(said["broken"])},
        {"label": _("Would have been in time"), "number": said["saved"], "of": cases, "colour": "green"},
        {"label": _("Right at the first go now"), "number": said["hits_before"], "of": ended},
        {"label": _("Right at the first go then"), "number": said["hits_after"], "of": ended},
    ]


def _warn(number: int) -> str:
    return "red" if number else "green"


def units(*, made: Replay) -> list[Row]:
    """Each unit with its figures, those first whose load changes most."""
    found = made.tally["units"]
    names = _names(found)
    rows = [(names.get(key, key), figures) for key, figures in found.items()]
    return sorted(rows, key=lambda row: (-row[1]["gained"] - row[1]["lost"], -row[1]["after"], row[0]))


def changed(*, rows: list[Row]) -> list[Row]:
    """The units for which anything would be otherwise, as many as a page holds."""
    return [row for row in rows if _differs(row[1])][:LISTED]


def _differs(figures: dict[str, int]) -> bool:
    return bool(figures["gained"] or figures["lost"] or figures["late_before"] != figures["late_after"])


def picture(*, rows: list[Row]) -> dict[str, Any]:
    """Gained and lost cases of the units that change most, as bars."""
    drawn = [(name, figures) for name, figures in rows if figures["gained"] or figures["lost"]][:DRAWN]
    return {
        "kind": "rank",
        "x": [name for name, _figures in drawn],
        "series": [
            {"name": _("gained"), "data": [figures["gained"] for _name, figures in drawn], "colour": "violet"},
            {"name": _("lost"), "data": [figures["lost"] for _name, figures in drawn], "colour": "grey"},
        ],
    }


def flows(*, made: Replay) -> list[tuple[str, str, int]]:
    """From which unit to which, and how many; nobody is a gap of the list."""
    ways = sorted(made.tally["flows"].items(), key=lambda way: (-way[1], way[0]))[:LISTED]
    names = _names({key for way, _n in ways for key in way.split(">")})
    nobody = _("nobody (a gap of the list)")
    ends = [(*way.split(">"), number) for way, number in ways]
    return [(names.get(one, nobody), names.get(other, nobody), number) for one, other, number in ends]


def _names(keys: Any) -> dict[str, str]:
    wanted = [int(key) for key in keys if key]
    return {str(pk): name for pk, name in Unit.objects.filter(pk__in=wanted).values_list("pk", "name")}
