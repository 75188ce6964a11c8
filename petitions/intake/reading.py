"""From the cells of one row to what file_petition() is told. Pure: the words of the place come in as `Words`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from kernel.sheets.reading import Row
from kernel.text import HOSTILE
from petitions.choices import Nature
from petitions.intake import tables
from petitions.intake.problems import BadRow

MISLEADING = frozenset({"error", "merged", "long_number"})
MAX_TITLE, MAX_TEXT, MAX_NUMBER = 120, 20_000, 64
SHORT = {"name": 40, "phone": 40, "identity": 40, "home": 200, "address": 200}
NATURES = tables.meanings(field="nature")
URGENCIES = tables.meanings(field="urgency")
MOMENT = re.compile(
    r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:\D\s*(\d{1,2})\D(\d{1,2})(?:\D(\d{1,2})(?:\.\d+)?)?)?\D{0,3}\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What names mean here: category and area names (and codes) to codes, the zone of written times, the present."""

    categories: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one row says, ready to be filed."""

    source_no: str
    title: str
    description: str
    nature: str
    urgency: str = ""
    source_at: datetime | None = None
    name: str = ""
    phone: str = ""
    identity: str = ""
    home: str = ""
    address: str = ""
    area_code: str = ""
    category_code: str = ""
    lng: float | None = None
    lat: float | None = None


def cells_by_field(row: Row, *, columns: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """The cells that the mapping names, cleaned. Raises BadRow for a row longer than the table is wide.

    Raises it for a cell that is not what it seems too; what a formula came to when the file was saved is taken.
    """
    cells = row.cells
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise BadRow(column="", why="too_many_cells")
    places = {column: position for position, column in enumerate(columns)}
    for name, column in mapping.items():
        mark = row.marks.get(places[column], "")
        if mark in MISLEADING:
            raise BadRow(column=name, why=mark)
    return {
        name: _clean(cells[places[column]]) if places[column] < len(cells) else "" for name, column in mapping.items()
    }


def said(cells: Mapping[str, str], *, words: Words) -> Said:
    """Read one row. Raises BadRow naming the field and why."""
    title, description = _title_and_text(cells.get("title", ""), cells.get("text", ""))
    lng, lat = _point(cells.get("lng", ""), cells.get("lat", ""))
    area_code, address = _place(cells.get("area", ""), _short(cells, "address"), words)
    category = _folded(cells.get("category", ""))
    return Said(
        source_no=_number(cells.get("source_no", "")),
        title=title,
        description=description,
        nature=_nature(cells.get("nature", ""), title),
        urgency=next((value for word, value in URGENCIES.items() if word in cells.get("urgency", "")), ""),
        source_at=_moment(cells.get("time", ""), words),
        name=_short(cells, "name"),
        phone=_folded(_short(cells, "phone")),
        identity=_folded(_short(cells, "identity")),
        home=_short(cells, "home"),
        address=address,
        area_code=area_code,
        category_code=words.categories.get(category, ""),
        lng=lng,
        lat=lat,
    )


def _clean(cell: str) -> str:
    return HOSTILE.sub("", cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _number(text: str) -> str:
    number = _folded(text)
    if not number:
        raise BadRow(column="source_no", why="missing")
    if len(number) > MAX_NUMBER:
        raise BadRow(column="source_no", why="too_long")
    return number


def _title_and_text(title: str, text: str) -> tuple[str, str]:
    """A title is made from the text where there is none; one that is too long stands whole above the text."""
    if not title and not text:
        raise BadRow(column="text", why="missing")
    heading = " ".join((title or text).split())
    text = text or title
    if title and len(heading) > MAX_TITLE:
        text = f"{title}\n\n{text}"
    if len(text) > MAX_TEXT:
        raise BadRow(column="text", why="too_long")
    if not title:
        heading = re.split(r"[。！？!?;；\n]", heading, maxsplit=1)[0][:40] or heading[:40]
    return heading[:MAX_TITLE], text


def _nature(text: str, title: str) -> str:
    for place in (text, title):
        for word, nature in NATURES.items():
            if word in place:
                return nature
    return Nature.HELP


def _moment(text: str, words: Words) -> datetime | None:
    if not text:
        return None
    found = MOMENT.match(_folded(text))
    if found is None:
        raise BadRow(column="time", why="no_time")
    try:
        numbers = [int(part or 0) for part in found.groups()]
        moment = datetime(*numbers, tzinfo=words.zone)  # type: ignore[misc,arg-type]
    except ValueError as error:
        raise BadRow(column="time", why="no_time") from error
    if moment > words.at + timedelta(days=1):
        raise BadRow(column="time", why="future")
    return moment


def _short(cells: Mapping[str, str], name: str) -> str:
    text = " ".join(cells.get(name, "").split())
    if len(text) > SHORT[name]:
        raise BadRow(column=name, why="too_long")
    return text


def _point(lng: str, lat: str) -> tuple[float | None, float | None]:
    if not lng or not lat:
        return None, None
    try:
        east, north = float(_folded(lng)), float(_folded(lat))
    except ValueError as error:
        raise BadRow(column="lng", why="no_figure") from error
    if not (-180 <= east <= 180 and -90 <= north <= 90):
        raise BadRow(column="lng", why="no_point")
    return (east, north) if east or north else (None, None)


def _place(area: str, address: str, words: Words) -> tuple[str, str]:
    """An area known here gives its code; an unknown one helps to read the address."""
    plain = _folded(area)
    code = words.areas.get(plain, "")
    if code or not plain or plain in address:
        return code, address
    return "", f"{plain}{address}"[:200]
