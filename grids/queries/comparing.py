"""What a file of grids would change: each feature new, changed, the same, or faulty with the reasons."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from grids.choices import CellKind, HostKind
from grids.geometry import Plane, read_boundary
from grids.importing.columns import fields_of
from grids.models import Cell
from grids.queries.topology import TOUCHING
from kernel.errors import Invalid
from organizations.choices import AreaLevel
from organizations.models import Area
from organizations.places import WIDTH

NEW, CHANGED, SAME, FAULTY = "new", "changed", "same", "faulty"
CODE_DIGITS = 15
SAME_DEGREES = 2e-7  # two centimetres
Line = dict[str, Any]


def compared(features: list[dict[str, Any]]) -> tuple[list[Line], list[str]]:
    """One line per feature, and the codes of grids in the same villages that the file does not name. Three queries."""
    held = {one.code: one for one in Cell.objects.all()}
    villages = set(Area.objects.filter(level=AreaLevel.VILLAGE).values_list("code", flat=True))
    lines = [_line(feature, held=held, villages=villages) for feature in features]
    named = Counter(line["code"] for line in lines if line["code"])
    for line in lines:
        if named[line["code"]] > 1:
            _blame(line, _("The file names this code more than once."))
    _check_overlaps(lines, held)
    inside = {code[:WIDTH] for code in named}
    return lines, sorted(
        code for code, one in held.items() if one.active and code[:WIDTH] in inside and code not in named
    )


def _line(feature: dict[str, Any], *, held: dict[str, Cell], villages: set[str]) -> Line:
    fields = fields_of(feature["said"])
    code = str(fields.pop("code", ""))
    now = held.get(code)
    _complete(fields, now)
    line: Line = {"code": code[:40], "fields": fields, "boundary": feature["boundary"], "reasons": [], "verdict": NEW}
    line["version"] = now.version if now else 0
    if len(code) != CODE_DIGITS or not (code.isascii() and code.isdigit()):
        _blame(line, _("No code of 15 digits."))
    elif code[:WIDTH] not in villages:
        _blame(line, _("The code does not begin with that of a village here."))
    for reason in _wrong(fields, line["boundary"], now=now, code=code):
        _blame(line, reason)
    if line["verdict"] == NEW and now is not None:
        line["verdict"] = CHANGED if _differs(now, fields, line["boundary"]) else SAME
    return line


def _complete(fields: Line, now: Cell | None) -> None:
    """A kind that is not said is that of the grid as it is; only a dedicated grid has a host."""
    fields.setdefault("kind", now.kind if now else CellKind.BASIC.value)
    if fields["kind"] == CellKind.DEDICATED:
        fields.setdefault("host_kind", (now.host_kind if now else "") or HostKind.AGENCY.value)
    else:
        fields["host_kind"] = ""


def _wrong(fields: Line, boundary: Any, *, now: Cell | None, code: str) -> list[str]:
    """What is wrong with the border and the fields, each as the grid would be with them."""
    found = []
    if boundary is None:
        found.append(_("No polygon."))
    else:
        try:
            read_boundary(boundary=boundary)
        except Invalid as error:
            found.append(str(error.message))
    trial = Cell(code=code, **{"name": now.name if now else "", **fields})
    try:
        trial.clean_fields(exclude=["code", "village", "boundary", "lng", "lat", "area_m2", "version"])
    except ValidationError as error:
        found += [f"{name}: {' '.join(said)}" for name, said in error.message_dict.items()]
    return found


def _differs(now: Cell, fields: Line, boundary: Any) -> bool:
    if not now.active or any(getattr(now, name) != value for name, value in fields.items()):
        return True
    one, other = (shapely.normalize(shapely.geometry.shape(each)) for each in (now.boundary, boundary))
    return not shapely.equals_exact(one, other, tolerance=SAME_DEGREES)


def _check_overlaps(lines: list[Line], held: dict[str, Cell]) -> None:
    """Basic grids as they would lie: those of the file among themselves, and among the others that stay."""
    good = [line for line in lines if line["verdict"] in (NEW, CHANGED) and line["fields"]["kind"] == CellKind.BASIC]
    named = {line["code"] for line in good}
    others = [one for one in held.values() if one.active and one.kind == CellKind.BASIC and one.code not in named]
    shapes = [
        shapely.geometry.shape(one) for one in [*(line["boundary"] for line in good), *(o.boundary for o in others)]
    ]
    if not good:
        return
    array = np.array(shapes, dtype=object)
    plane = Plane(float(shapely.bounds(array)[:, [1, 3]].mean()))
    array = plane.project(array)
    tree = shapely.STRtree(array)
    codes = [*(line["code"] for line in good), *(one.code for one in others)]
    left, right = tree.query(array[: len(good)], predicate="intersects")
    for a, b in zip(left, right, strict=True):
        if a == b:
            continue
        shared = shapely.intersection(array[a], array[b]).area
        if shared > TOUCHING * min(array[a].area, array[b].area):
            _blame(good[a], _("It lies over grid %(code)s; basic grids do not overlap.") % {"code": codes[b]})


def _blame(line: Line, why: str) -> None:
    line["verdict"] = FAULTY
    line["reasons"].append(why)
