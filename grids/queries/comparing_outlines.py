"""What a file of outlines would change: each feature new, changed, the same, or faulty with the reasons."""

from __future__ import annotations

from collections import Counter
from typing import Any

import shapely
from django.conf import settings
from django.utils.translation import gettext as _

from grids.importing.columns import fields_of
from grids.models import Territory
from grids.queries.comparing import CHANGED, NEW, SAME, SAME_DEGREES, blame, check_border
from grids.queries.outlining import LEVELS, Outlines, outline_faults
from organizations.choices import AreaLevel
from organizations.models import Area
from organizations.places import WIDTH

Line = dict[str, Any]


def compared_outlines(features: list[dict[str, Any]]) -> list[Line]:
    """One line per feature. `marks` are its faults and remarks, each with the ground it is about. Two queries."""
    areas = {one.code: one for one in Area.objects.inside(settings.HOME_AREA).filter(level__in=LEVELS)}
    held = {one.pk: one for one in Territory.objects.all()}
    lines = [_line(feature, areas=areas, held=held) for feature in features]
    named = Counter(line["code"] for line in lines if line["code"])
    for line in lines:
        if named[line["code"]] > 1:
            blame(line, _("The file names this code more than once."))
    _fit([line for line in lines if line["verdict"] in (NEW, CHANGED)], areas=areas, held=held)
    return lines


def _line(feature: dict[str, Any], *, areas: dict[str, Area], held: dict[str, Territory]) -> Line:
    code = str(fields_of(feature["said"]).get("code", ""))[:40].ljust(WIDTH, "0")
    area, now = areas.get(code), held.get(code)
    line: Line = {"code": code, "fields": {"name": area.name if area else ""}, "boundary": feature["boundary"]}
    line |= {"reasons": [], "marks": [], "verdict": NEW, "version": now.version if now else 0}
    if area is None:
        blame(line, _("No code of a township or a village here."))
    check_border(line)
    if line["verdict"] == NEW and now is not None:
        one, other = (shapely.normalize(shapely.geometry.shape(each)) for each in (now.boundary, line["boundary"]))
        line["verdict"] = SAME if shapely.equals_exact(one, other, tolerance=SAME_DEGREES) else CHANGED
    return line


def _fit(good: list[Line], *, areas: dict[str, Area], held: dict[str, Territory]) -> None:
    """Among each other and those that stay, level by level."""
    borders = {code: one.boundary for code, one in held.items()} | {line["code"]: line["boundary"] for line in good}
    shapes = {code: shapely.geometry.shape(one) for code, one in borders.items() if code in areas}
    for level in LEVELS:
        codes = [code for code in shapes if areas[code].level == level]
        tree = shapely.STRtree([shapes[code] for code in codes])
        for line in good:
            if areas[line["code"]].level == level:
                shape = shapes[line["code"]]
                beside = {codes[n]: shapes[codes[n]] for n in tree.query(shape, predicate="intersects")}
                around = shapes.get(str(areas[line["code"]].parent_id)) if level == AreaLevel.VILLAGE else None
                _mark(line, shape, beside=beside, around=around)


def _mark(line: Line, shape: Any, *, beside: Outlines, around: Any) -> None:
    for one in outline_faults(code=line["code"], shape=shape, beside=beside, cells={}, around=around):
        if one.blocking:
            blame(line, one.why, code=one.code, shape=one.shape)
        else:
            line["marks"].append({"code": one.code, "why": one.why, "blocking": False, "shape": one.shape})
