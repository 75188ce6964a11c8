"""What stands in a cell, as a person reads it: shared texts, numbers, days and times. Runs in the child."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta

from kernel.sheets import parts

SHARED, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
DAYS, TIMES = frozenset({14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58}), frozenset({18, 19, 20, 21})
SPANS = frozenset({45, 46, 47})
QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
LAST_DAY = 2_958_466  # 31 December 9999 in days since 1900
EXACT = 10**15  # beyond this a spreadsheet has rounded the number


def shared_texts(packed: zipfile.ZipFile) -> list[str]:
    """The texts that cells point to by number."""
    found = _SharedTexts()
    if parts.has(packed, SHARED):
        parts.parse(packed, SHARED, start=found.start, end=found.end, text=found.text)
    return found.texts


class _SharedTexts:
    """Collects texts; readings written above the characters are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.local = parts.Local()
        self.inside = {"t": False, "rPh": False}

    def start(self, tag: str, _said: Mapping[str, str]) -> None:
        """An element begins."""
        name = self.local[tag]
        if name == "si":
            self.pieces = []
        elif name in self.inside:
            self.inside[name] = True

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self.local[tag]
        if name == "si":
            self.texts.append(unescaped("".join(self.pieces)))
        elif name in self.inside:
            self.inside[name] = False

    def text(self, piece: str) -> None:
        """Characters between tags."""
        if self.inside["t"] and not self.inside["rPh"]:
            self.pieces.append(piece)


def unescaped(text: str) -> str:
    """Characters that XML cannot hold are written _x000D_."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def kinds_of_styles(packed: zipfile.ZipFile) -> list[str]:
    """For each style of a cell: "" for plain numbers, "day", "time" (of a day), "moment" (both) or "span"."""
    own: dict[int, str] = {}
    kinds: list[str] = []
    inside: list[str] = []

    def start(tag: str, said: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "numFmt":
            own[_whole(said.get("numFmtId"))] = kind_of_format(said.get("formatCode", ""))
        elif name == "cellXfs":
            inside.append(name)
        elif name == "xf" and inside:
            number = _whole(said.get("numFmtId"))
            kinds.append(own.get(number, _built_in(number)))

    def end(tag: str) -> None:
        if tag.rpartition(" ")[2] == "cellXfs":
            inside.clear()

    if parts.has(packed, STYLES):
        parts.parse(packed, STYLES, start=start, end=end)
    return kinds


def kind_of_format(code: str) -> str:
    """What a format such as yyyy"年"m"月" or [h]:mm shows."""
    plain = QUOTED.sub("", code.split(";")[0]).lower()
    if "[" in plain:
        return "span"
    days, times = any(one in plain for one in "yd"), any(one in plain for one in "hs")
    if days or (times is False and plain.strip("m") == "" and plain):
        return "moment" if times else "day"
    return "time" if times else ""


def number_text(written: str, kind: str, *, from_1904: bool) -> tuple[str, str]:
    """A number as text, and a mark where the spreadsheet has lost digits of it."""
    value = float(written)
    if kind and 0 <= value < LAST_DAY:
        return _moment_text(value, kind, from_1904=from_1904), ""
    if value.is_integer():
        if abs(value) >= EXACT:
            return written, "long_number"
        return str(int(value)), ""
    return f"{value:.15g}", ""


def _moment_text(serial: float, kind: str, *, from_1904: bool) -> str:
    seconds = round(serial * 86_400)
    clock = f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if kind == "span":
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if kind == "time" and serial < 1:
        return clock
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)  # noqa: DTZ001  (a cell knows no zone)
    moment = start + timedelta(seconds=seconds)
    return f"{moment:%Y-%m-%d}" if kind == "day" and not seconds % 86_400 else f"{moment:%Y-%m-%d %H:%M:%S}"


def _built_in(number: int) -> str:
    if number in DAYS:
        return "day"
    if number in TIMES:
        return "time"
    return "moment" if number == 22 else "span" if number in SPANS else ""


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
