"""What a file of grids would change: each feature new, changed, the same, or faulty with the reasons."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from grids.choices import CellKind, HostKind
from grids.geometry import crossing, read_boundary
from grids.importing.columns import fields_of
from grids.models import Cell
from grids.models.cell import CODE
from grids.queries.fitting import misfits
from kernel.errors import Invalid
from kernel.text import REFUSED
from organizations.choices import AreaLevel
from organizations.models import Area
from organizations.places import WIDTH

NEW, CHANGED, SAME, FAULTY = "new", "changed", "same", "faulty"
SAME_DEGREES = 2e-7  # two centimetres
Line = dict[str, Any]


def compared(features: list[dict[str, Any]]) -> tuple[list[Line], list[str]]:
    """One line per feature, and the codes of grids in the same villages that the file does not name. Four queries.

    `marks` of a line are its faults and remarks, each with the ground or the point it is about where it has one.
    """
    held = {one.code: one for one in Cell.objects.all()}
    villages = set(Area.objects.filter(level=AreaLevel.VILLAGE).values_list("code", flat=True))
    lines = [_line(feature, held=held, villages=villages) for feature in features]
    named = Counter(line["code"] for line in lines if line["code"])
    for line in lines:
        if named[line["code"]] > 1:
            blame(line, _("The file names this code more than once."))
    good = [line for line in lines if line["verdict"] in (NEW, CHANGED)]
    for line, fault in misfits(good, held=held):
        if fault.blocking:
            line["verdict"] = FAULTY
            line["reasons"].append(fault.why)
        line["marks"].append({"code": fault.code, "why": fault.why, "blocking": fault.blocking, "shape": fault.shape})
    inside = {code[:WIDTH] for code in named}
    return lines, sorted(
        code for code, one in held.items() if one.active and code[:WIDTH] in inside and code not in named
    )


def _line(feature: dict[str, Any], *, held: dict[str, Cell], villages: set[str]) -> Line:
    fields = fields_of(feature["said"])
    code = str(fields.pop("code", ""))
    now = held.get(code)
    _complete(fields, now)
    line: Line = {
        "code": code[:40],
        "fields": fields,
        "boundary": feature["boundary"],
        "reasons": [],
        "marks": [],
        "verdict": NEW,
    }
    line["version"] = now.version if now else 0
    if any(REFUSED in value for value in feature["said"].values()):
        blame(line, _("A text holds a character that is not accepted."))
    if not re.fullmatch(CODE, code):
        blame(line, _("No code of 15 digits."))
    elif code[:WIDTH] not in villages:
        blame(line, _("The code does not begin with that of a village here."))
    check_border(line)
    for reason in _wrong(fields, now=now, code=code):
        blame(line, reason)
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


def check_border(line: Line) -> None:
    """Blame a line whose border is none, with the point at which it crosses itself."""
    boundary = line["boundary"]
    if boundary is None:
        blame(line, _("No polygon."), code="ring")
        return
    try:
        read_boundary(boundary=boundary)
    except Invalid as error:
        blame(line, str(error.message), code="ring", shape=_crossing(boundary))


def _crossing(boundary: Any) -> dict[str, Any] | None:
    """The point at which a border is no border; None where there is none to name."""
    try:
        point = crossing(shapely.geometry.shape(boundary))
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError):
        return None
    return {"type": "Point", "coordinates": list(point)} if point else None


def _wrong(fields: Line, *, now: Cell | None, code: str) -> list[str]:
    """What is wrong with the fields, each as the grid would be with them; and a code that is no longer given."""
    found = []
    if now is not None and now.ends_on is not None:
        found.append(_("The grid of this code has ended; a code is not given twice."))
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


def blame(line: Line, why: str, *, code: str = "field", shape: Any = None) -> None:
    """A line is faulty, for this reason too; `shape` is the ground or the point it is about."""
    line["verdict"] = FAULTY
    line["reasons"].append(why)
    line["marks"].append({"code": code, "why": why, "blocking": True, "shape": shape})
