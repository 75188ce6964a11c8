"""Who is posted to the grids: numbers by law published on the card of each grid, and where nobody is."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from governance.web.tiles import grouped
from governance.web.wall.reading import Panel, Reading
from grids.queries.workers import IN_CELLS
from organizations.choices import AreaLevel, Role
from organizations.models import Posting


def staff(reading: Reading) -> Panel:
    """By part of the ground: grids, those with somebody posted, leaders, gridworkers. Names are on the card alone."""
    posted, digits = _posted(reading), reading.ground.digits
    manned = {code for code, _role in posted}
    cells = Counter(code[:digits] for code, _name in reading.cells)
    held = Counter(code[:digits] for code in manned)
    people: Counter[tuple[str, str]] = Counter()
    for (code, role), number in posted.items():
        people[code[:digits], role] += number
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "href": href,
            "cells": cells[key],
            "manned": held[key],
            "leaders": people[key, Role.GRID_LEADER],
            "workers": people[key, Role.GRIDWORKER],
        }
        for key, name, href in reading.parts
    ]
    rows.sort(key=lambda one: (one["manned"] - one["cells"], one["name"]))  # where most grids have nobody first
    note = _("%(manned)s of %(all)s grids have somebody") % {
        "manned": grouped(len(manned)),
        "all": grouped(len(reading.cells)),
    }
    title = _("People of the grids") if reading.ground.level == AreaLevel.VILLAGE else _("Staff by grid")
    return Panel("staff", title, note, rows[:12], _("No grid is drawn here."))


def _posted(reading: Reading) -> Counter[tuple[str, str]]:
    """How many people are posted to each grid in each role, now."""
    shown = {code for code, _name in reading.cells}
    found = Posting.objects.in_force(reading.at).filter(role__in=IN_CELLS, user__is_active=True)
    rows = found.filter(cell_code__startswith=reading.ground.place).values_list("cell_code", "role")
    return Counter((code, role) for code, role in rows if code in shown)
