"""Address → grid: the longest names of areas and grids found in the text."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from dataclasses import dataclass

from grids.queries import index
from grids.queries.index import CellIndex, Located
from organizations.models import Area, ListVersion

# What people leave out: 邵楼居委会 is written 邵楼, 坛山街道 is written 坛山.
COMMITTEE = re.compile(r"(?:居民委员会|村民委员会|居委会|村委会|街道办事处)$")  # zh: endings of names
LEVEL = re.compile(r"(?:社区居|社区|街道|镇|乡|村|县|区|市|省)$")  # zh: endings of names
LEAST = 2
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of areas and cells with the code prefixes that bear them, and the stamps that they were read under."""

    stamps: tuple[int | None, int | None]
    prefixes: dict[str, frozenset[str]]
    longest: int
    facts: dict[str, tuple[str, str]]


class _Kept:
    """The gazetteer of this process."""

    lock = threading.Lock()
    gazetteer: Gazetteer | None = None


def locate_address(text: str) -> Located | None:
    """Where an address lies by the names in it, or None where it names nothing here or not clearly one place.

    The longest names count most; a name borne by several places (there are many 张庄) is settled by the other names of
    the text, such as the township's. A village of a single basic grid is that grid; otherwise `cell_code` is empty and
    `place` is the prefix of the village or township. Two queries (has anything changed?) or one.
    """
    map_index = index.current()
    gazetteer = _current(map_index)
    place = _place(text[:LONGEST_TEXT], gazetteer)
    if not place:
        return None
    cells = [code for code in gazetteer.facts if code.startswith(place)] if len(place) >= 12 else []
    basic = [code for code in cells if code == place or gazetteer.facts[code][1] == "basic"]
    if len(basic) == 1:
        name, kind = gazetteer.facts[basic[0]]
        return Located(place=basic[0], cell_code=basic[0], cell_name=name, kind=kind)
    return Located(place=place, cell_code="", cell_name="", kind="")


def _place(text: str, gazetteer: Gazetteer) -> str:
    """Narrow down from name to name, longest first; a name that contradicts a longer one is passed over."""
    places: frozenset[str] = frozenset()
    for name in _names_in(text, gazetteer):
        found = gazetteer.prefixes[name]
        places = _both(places, found) or places if places else found
    return next(iter(places)) if len(places) == 1 else ""


def _names_in(text: str, gazetteer: Gazetteer) -> list[str]:
    """Known names in the text, longest first, none inside another's place in the text."""
    taken = [False] * len(text)
    found: dict[str, None] = {}
    for width in range(min(gazetteer.longest, len(text)), LEAST - 1, -1):
        for start in range(len(text) - width + 1):
            name = text[start : start + width]
            if name in gazetteer.prefixes and not any(taken[start : start + width]):
                taken[start : start + width] = [True] * width
                found[name] = None
    return list(found)


def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The more exact of each pair where one place lies in the other."""
    return frozenset(max(a, b, key=len) for a in one for b in other if a.startswith(b) or b.startswith(a))


def _current(map_index: CellIndex) -> Gazetteer:
    stamps = (map_index.stamp, ListVersion.objects.values_list("stamp", flat=True).first())
    with _Kept.lock:
        if _Kept.gazetteer is None or None in stamps or _Kept.gazetteer.stamps != stamps:
            _Kept.gazetteer = _read(map_index, stamps=stamps)
        return _Kept.gazetteer


def _read(map_index: CellIndex, *, stamps: tuple[int | None, int | None]) -> Gazetteer:
    named: defaultdict[str, set[str]] = defaultdict(set)
    for area in Area.objects.all():
        spoken = COMMITTEE.sub("", area.name)
        for name in {area.name, spoken, LEVEL.sub("", spoken)}:
            named[name].add(area.prefix)
    facts = {code: (name, kind) for code, name, kind in map_index.facts}
    for code, (name, _kind) in facts.items():
        named[name].add(code)
    prefixes = {name: frozenset(codes) for name, codes in named.items() if len(name) >= LEAST}
    return Gazetteer(stamps, prefixes, max(map(len, prefixes), default=0), facts)
