"""People of the desk, units, items of the list, and places: the small tables, each in its own scope."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html

from governance.web.search.lines import Asked, Line
from grids.models import Cell
from kernel.marking import marked
from kernel.worktime import SHANGHAI
from organizations.choices import AreaLevel, Role
from organizations.models import Area, Posting, Unit
from organizations.queries.directory import colleagues
from petitions.queries import reads_cases
from registry.queries.catalogue import listed_items, with_versions

POSTINGS_EACH = 3
FILTERED_BY = {AreaLevel.TOWNSHIP: "area", AreaLevel.VILLAGE: "village"}


def people(asked: Asked) -> list[Line]:
    """Colleagues, each once with what they are and where."""
    found = colleagues(words=asked.terms, actor=asked.actor, at=asked.at)[: (asked.few + 1) * POSTINGS_EACH]
    by_person = [list(posts) for _key, posts in groupby(found, key=lambda one: one.user_id)]
    return [_person(posts, asked) for posts in by_person[: asked.few + 1]]


def _person(posts: list[Posting], asked: Asked) -> Line:
    roles = " · ".join(dict.fromkeys(f"{Role(one.role).label}, {one.unit}" for one in posts))
    return Line(
        title=marked(posts[0].user.display_name, asked.terms),
        under=roles,
        href=_listed("organizations:units", q=posts[0].unit.code),
        icon="user",
    )


def units(asked: Asked) -> list[Line]:
    """Working units by name or code."""
    found = _worded(Unit.objects.visible_to(asked.actor).working(), asked.terms, ("name", "short_name", "code"))
    return [
        Line(
            title=marked(one.name, asked.terms),
            under=format_html("{} · {}", one.get_kind_display(), marked(one.code, asked.terms)),
            href=_listed("organizations:units", q=one.code),
            icon="building-community",
        )
        for one in found.order_by("code")[: asked.few + 1]
    ]


def items(asked: Asked) -> list[Line]:
    """Items of the responsibility list in force today: by code, name, field, duty or basis."""
    on = asked.at.astimezone(SHANGHAI).date()
    found = list(listed_items(actor=asked.actor, on=on, q=asked.words).order_by("code")[: asked.few + 1])
    return [
        Line(
            title=marked(one.version.name, asked.terms),
            under=format_html("{} · {}", marked(one.item.code, asked.terms), one.version.lead_unit or ""),
            href=reverse("registry:item", args=[one.item.code]),
            icon="list-check",
        )
        for one in with_versions(items=found, on=on)
    ]


def places(asked: Asked) -> list[Line]:
    """Areas, and grids by name or code."""
    areas = _worded(Area.objects.visible_to(asked.actor), asked.terms, ("name", "code"))
    lines = [_area(one, asked) for one in areas.select_related("parent").order_by("code")[: asked.few + 1]]
    rest = asked.few + 1 - len(lines)
    cells = _worded(Cell.objects.visible_to(asked.actor).drawn(), asked.terms, ("name", "code", "village__name"))
    found = cells.select_related("village").defer("boundary").order_by("code")[:rest] if rest else ()
    return lines + [_cell(one, asked) for one in found]


def _area(area: Area, asked: Asked) -> Line:
    filtered = FILTERED_BY.get(AreaLevel(area.level))
    if filtered and any(reads_cases(seat) for seat in asked.actor.seats):
        href = _listed("petitions:list", **{filtered: area.prefix})
    else:
        href = _listed("grids:map", q=area.prefix) if filtered else reverse("grids:map")
    above = area.parent.name if area.parent is not None else ""
    words = format_html("{} {} · {}", area.get_level_display(), above, marked(area.prefix, asked.terms))
    return Line(title=marked(area.name, asked.terms), under=words, href=href, icon="map-pin")


def _cell(cell: Cell, asked: Asked) -> Line:
    return Line(
        title=marked(cell.name, asked.terms),
        under=format_html("{} · {}", marked(cell.village.name, asked.terms), marked(cell.code, asked.terms)),
        href=reverse("grids:card", args=[cell.code]),
        icon="map-2",
    )


def _worded(rows: QuerySet[Any], terms: Iterable[str], columns: Iterable[str]) -> Any:
    """Rows with every term in one of the columns; nothing for no term."""
    found: Any = rows
    asked = list(terms)
    for term in asked:
        found = found.filter(Q(*[(f"{column}__icontains", term) for column in columns], _connector=Q.OR))
    return found if asked else found.none()


def _listed(url_name: str, **filters: str) -> str:
    return f"{reverse(url_name)}?{urlencode(filters)}"
