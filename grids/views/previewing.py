"""What a file would change, before it does: each line in words, its faults on the map, and one leads to the other."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import orjson
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from grids.models import MapImport
from grids.policies import KEEP
from kernel.answers import json_or_same
from kernel.http import ActorRequest
from kernel.pages import readdressed
from kernel.permissions import require
from organizations.queries import may_anywhere

SHOWN = 300
WORDS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "same": gettext_lazy("unchanged"),
    "faulty": gettext_lazy("faulty"),
}
COLOURS = {"new": "green", "changed": "blue", "same": "grey", "faulty": "red"}
FIRST = ("faulty", "changed", "new", "same")
REMARK = "remark"
TOWNSHIP_DIGITS = 9
Line = dict[str, Any]


@login_required
@require_safe
def preview(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """What would become of each grid of the file, those with faults first."""
    held = _held(request, import_id)
    counts = Counter(line["verdict"] for line in held.lines)
    remarks = sum(_remarked(line) for line in held.lines)
    lines, only, begin = _asked(request, held)
    context = {
        "held": held,
        "counts": [
            (WORDS[name], counts[name], COLOURS[name], readdressed(request, only=name, begin=""), only == name)
            for name in FIRST
        ],
        "remarks": remarks,
        "remarks_href": readdressed(request, only=REMARK, begin=""),
        "only": only,
        "all_href": readdressed(request, only="", begin=""),
        "rows": [_row(number, line) for number, line in lines[begin : begin + SHOWN]],
        "row": request.GET.get("row", "")[:6],
        "before_href": readdressed(request, begin=str(max(begin - SHOWN, 0))) if begin else "",
        "more": max(len(lines) - begin - SHOWN, 0),
        "more_href": readdressed(request, begin=str(begin + SHOWN)),
        "to_do": counts["new"] + counts["changed"],
        "shapes": f"{reverse('grids:import-shapes', args=[held.pk])}?{request.GET.urlencode()}",
        "neighbours": _neighbours(held),
    }
    return render(request, "grids/import_preview.html", context)


@login_required
@require_safe
def shapes(request: ActorRequest, import_id: UUID) -> HttpResponseBase:
    """The same lines as the page shows, as borders, and their faults, each with the number of its line."""
    lines, _only, begin = _asked(request, _held(request, import_id))
    features = [one for number, line in lines[begin : begin + SHOWN] for one in _features(number, line)]
    body = orjson.dumps({"type": "FeatureCollection", "features": features})
    return json_or_same(request, body=body, max_age=60)


def _held(request: ActorRequest, import_id: UUID) -> MapImport:
    require(may_anywhere(request.actor, capability=KEEP))
    held: MapImport = get_object_or_404(MapImport, pk=import_id)
    return held


def _asked(request: ActorRequest, held: MapImport) -> tuple[list[tuple[int, Line]], str, int]:
    """The lines asked for with their numbers in the file, of which verdict, and which of them comes first."""
    only, begin = request.GET.get("only", ""), request.GET.get("begin", "")
    lines = list(enumerate(held.lines))
    if only == REMARK:
        lines = [(number, line) for number, line in lines if _remarked(line)]
    elif only in FIRST:
        lines = [(number, line) for number, line in lines if line["verdict"] == only]
    lines.sort(key=lambda one: (FIRST.index(one[1]["verdict"]), not _remarked(one[1]), one[1]["code"]))
    return lines, only, int(begin) if begin.isascii() and begin.isdigit() and len(begin) < 7 else 0


def _marks(line: Line) -> list[Line]:
    """Faults and remarks; a file read before they had places has their words alone."""
    told = [{"why": why, "blocking": True, "shape": None} for why in line["reasons"]]
    marks: list[Line] = line.get("marks", told)
    return marks


def _remarked(line: Line) -> bool:
    return any(not one["blocking"] for one in _marks(line))


def _row(number: int, line: Line) -> Line:
    verdict = line["verdict"]
    drawn = line["boundary"] is not None
    marks = [{**one, "number": n, "drawn": one["shape"] is not None or drawn} for n, one in enumerate(_marks(line))]
    return {
        **line, "number": number, "name": line["fields"].get("name", ""), "word": WORDS[verdict],
        "colour": COLOURS[verdict], "marks": marks, "drawn": drawn,
    }  # fmt: skip


def _features(number: int, line: Line) -> list[Line]:
    """The border as the file has it, and over it what is wrong; a fault without ground is the border itself."""
    found = []
    name = f"{line['fields'].get('name', '')} {line['code']}".strip()
    if line["boundary"] is not None:
        found.append(_feature(line["boundary"], row=number, verdict=line["verdict"], label=name))
    for n, one in enumerate(_marks(line)):
        if one["shape"] is not None:
            label = f"{name}: {one['why']}"
            found.append(_feature(one["shape"], row=number, mark=n, label=label, blocking=one["blocking"]))
    return found


def _feature(geometry: Any, **properties: Any) -> Line:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _neighbours(held: MapImport) -> str:
    """The grids around, where the file is about one township; the whole county would hide what is shown."""
    codes = [line["code"] for line in held.lines if line["boundary"] is not None]
    common = _common(codes)[:12]
    return f"{reverse('grids:cells')}?inside={common}" if len(common) >= TOWNSHIP_DIGITS else ""


def _common(codes: list[str]) -> str:
    """What all of them begin with."""
    low, high = min(codes, default=""), max(codes, default="")
    same = next((n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high)))
    return low[:same]
