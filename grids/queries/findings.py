"""Findings as people read them: in words, on the map, counted by kind, with what happened to each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grids.choices import STATE_COLOURS, FindingKind, StaffKind
from grids.models import Finding
from grids.policies import finding_verdict
from grids.querysets import FindingQuerySet
from grids.workflow import FINDINGS
from kernel.actors import Actor
from kernel.models import Event
from kernel.workflow import Move

DRAWN = 3000
LACKS: dict[str, Any] = {"head": gettext_lazy("head of the grid"), **dict(StaffKind.choices)}
BY_AUDIT = ("close", "reopen")


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


def events_of(finding: Finding) -> list[Event]:
    """What happened to it, in order."""
    return list(Event.objects.filter(case_id=finding.pk).order_by("seq"))


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
