"""The files of the demo district, read once per process."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from django.conf import settings

DISTRICT = Path(settings.BASE_DIR) / "governance" / "data"
WORDS = DISTRICT / "demo"
LISTS = Path(settings.BASE_DIR) / "organizations" / "data"


@cache
def rows(file: Path) -> tuple[dict[str, str], ...]:
    """Every row of a CSV file with a header."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return tuple(csv.DictReader(opened, strict=True))


@cache
def words(name: str, *, column: str) -> tuple[str, ...]:
    """One column of a file of words, such as the column "text" of "details"."""
    return tuple(row[column] for row in rows(WORDS / f"{name}.csv"))


@cache
def words_by(name: str, *, key: str, column: str) -> dict[str, tuple[str, ...]]:
    """One column of a file of words, grouped by another."""
    grouped: dict[str, list[str]] = {}
    for row in rows(WORDS / f"{name}.csv"):
        grouped.setdefault(row[key], []).append(row[column])
    return {group: tuple(found) for group, found in grouped.items()}
