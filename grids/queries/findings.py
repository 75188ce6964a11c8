"""Findings as people read them: in words, on the map, counted by kind, with what happened to each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grids.choices import STATE_COLOURS, FindingKind, StaffKind
from grids.models import Cell, Finding
from grids.policies import finding_verdict
from grids.querysets import FindingQuerySet
from grids.workflow import FINDINGS
from kernel.actors import Actor
from kernel.models import Event
from kernel.workflow import Move
from organizations.choices import UnitKind
from organizations.models import Unit
from organizations.places import CELL_DIGITS, WIDTH
from organizations.queries.timelines import Names, Words, timeline_of

DRAWN = 3000
LACKS: dict[str, Any] = {"head": gettext_lazy("head of the grid"), **dict(StaffKind.choices)}
WORDS: Words = {
    "finding.seen": (gettext_lazy("The audit found it"), "map-search", "yellow"),
    "finding.gone": (gettext_lazy("The audit no longer sees it"), "circle-check", "green"),
    "finding.assigned": (gettext_lazy("Assigned"), "user-plus", "blue"),
    "finding.withdrawn": (gettext_lazy("Taken back"), "arrow-back-up", "grey"),
    "finding.accepted": (gettext_lazy("Accepted as it is"), "circle-check", "violet"),
    "finding.commented": (gettext_lazy("Commented"), "message", "grey"),
}
BY_AUDIT = ("close", "reopen")
RESPONSIBLE = (
    UnitKind.COMMAND_CENTER,
    UnitKind.TOWNSHIP,
    UnitKind.VILLAGE,
    UnitKind.DEPARTMENT,
    UnitKind.UTILITY,
)


def in_words(one: Finding) -> str:
    """What exactly is wrong, with its figures."""
    value, limit = (
        number_format(one.value or 0, force_grouping=True),
        number_format(one.limit or 0, force_grouping=True),
    )
    if one.kind in (FindingKind.GAP, FindingKind.OUTSIDE):
        return _("%(value)s m²") % {"value": value}
    if one.kind == FindingKind.OVERLAP:
        return _("%(value)s m² shared with grid %(other)s") % {"value": value, "other": one.other}
    if one.kind == FindingKind.TOO_LARGE:
        return _("%(value)s households, at most %(limit)s") % {"value": value, "limit": limit}
    if one.kind == FindingKind.TOO_SMALL:
        return _("%(value)s households, at least %(limit)s") % {"value": value, "limit": limit}
    if one.kind == FindingKind.STAFFING:
        return _("lacks: %(what)s") % {"what": ", ".join(str(LACKS.get(code, code)) for code in one.lacks.split(","))}
    if one.kind == FindingKind.DEAD_CODE:
        return _("%(value)s people are posted to it") % {"value": value}
    return ""


def moves_of(*, finding: Finding, actor: Actor) -> list[Move]:
    """What people may do with it now; what only the audit does is not offered."""
    said = FINDINGS.moves(
        state=finding.state,
        verdict=lambda row: finding_verdict(capability=row.capability, finding=finding, actor=actor),
    )
    return [move for move in said if move.move not in BY_AUDIT]


def by_kind(rows: FindingQuerySet) -> list[tuple[str, str, int]]:
    """Code, words and number of each kind among the rows, the most first. One query."""
    counted = rows.order_by().values("kind").annotate(n=Count("pk")).order_by("-n", "kind")
    words = dict(FindingKind.choices)
    return [(kind, str(words[kind]), n) for kind, n in counted.values_list("kind", "n")]


def units_around(place: str) -> QuerySet[Unit]:
    """The bodies that stand around a place: village, township, county, and the county's departments and utilities."""
    codes = [place[:digits].ljust(WIDTH, "0") for digits in (12, 9, 6)]
    return Unit.objects.working().filter(area_id__in=codes, kind__in=RESPONSIBLE).order_by("-area_id", "name")


def is_drawn(finding: Finding) -> bool:
    """Whether it is about a grid that the map has."""
    return len(finding.place) == CELL_DIGITS and Cell.objects.drawn().filter(code=finding.place).exists()


def history_of(finding: Finding) -> list[dict[str, Any]]:
    """What happened to it and who did it, the latest first. Three queries."""
    found = Event.objects.filter(case_id=finding.pk)
    return timeline_of(found=found, words=WORDS, detail=_assigned_to, units=("unit",), people=("person",))


def _assigned_to(event: Event, names: Names) -> str:
    said = event.payload
    if "unit" not in said:
        return ""
    whom = " · ".join(name for name in (names.unit(said["unit"]), names.person(said["person"])) if name)
    return _("%(whom)s, by %(day)s") % {"whom": whom, "day": said["due_on"]}


def as_geojson(rows: Iterable[Finding]) -> dict[str, Any]:
    """Findings that have a place, as shapes where they are of ground, as points otherwise."""
    return {"type": "FeatureCollection", "features": [_feature(one) for one in rows if one.lng is not None]}


def _feature(one: Finding) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [one.lng, one.lat]}
    lines = [f"{one.name} {one.place}", in_words(one), str(one.get_state_display())]
    return {
        "type": "Feature",
        "id": str(one.pk),
        "geometry": one.shape or point,
        "properties": {
            "label": str(one.get_kind_display()),
            "kind": one.kind,
            "colour": STATE_COLOURS[one.state],
            "lines": [line for line in lines if line],
            "href": reverse("grids:finding", args=[one.pk]),
        },
    }
