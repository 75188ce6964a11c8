"""Communities as the board and the API show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kernel.actors import Actor
from liaisons.models import Visit
from liaisons.queries.board import grids_in, officials_at
from liaisons.queries.figures import Tally, in_month, tallies
from organizations.models import Area
from organizations.places import area_code


def community_rows(areas: Sequence[Area], *, actor: Actor, on: date, month: date) -> list[dict[str, Any]]:
    """Each with its officials on a day, its grids, and what the visits of a month came to. Five queries."""
    codes = [one.code for one in areas]
    held, grids = officials_at(places=codes, on=on), grids_in(areas=codes, on=on)
    figures = tallies(in_month(Visit.objects.visible_to(actor), first=month), by="community")
    above = _townships(codes)
    return [
        {
            "code": one.code,
            "name": one.name,
            "township": above.get(area_code(place=one.code, level="township"), ""),
            "officials": held[one.code],
            "grids": grids[one.code],
            "tally": figures.get(one.code, Tally()),
        }
        for one in areas
    ]


def _townships(codes: Iterable[str]) -> dict[str, str]:
    wanted = {area_code(place=one, level="township") for one in codes}
    return dict(Area.objects.filter(code__in=wanted).values_list("code", "name"))
