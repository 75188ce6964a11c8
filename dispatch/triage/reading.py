"""Files to measure on: labelled messages and events with where they went. Nothing of them is kept."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dispatch.triage.examples import Case, Example

# Each file of labelled messages and its column of text; words apart or not, the learner reads both alike.
TEXTS = {"labelled_raw.csv": "text", "labelled_segmented.csv": "tokens"}
LEVELS = ("type", "main_type", "sub_type")
PLACES = ("street", "community")
UNKNOWN = "-"
NAMES = "category_paths.csv"  # labels in the first column, what hangs below them in the others


def read_texts(folder: Path) -> list[Example]:
    """The labelled messages of a folder. Raises FileNotFoundError, or KeyError naming a column that is missing."""
    found = []
    for name, column in TEXTS.items():
        for row in _rows(folder / name):
            found.append(Example(text=row[column], label=row["label"], group=row["dup_group"]))
    return [*_names(folder / NAMES, {one.label for one in found}), *found]


def _names(file: Path, labels: set[str]) -> Iterator[Example]:
    """What is filed under the labels, where the folder says it: taught, and never tested on."""
    for row in _rows(file) if file.exists() else ():
        label, *below = row.values()
        if label in labels:
            yield Example(text=" ".join(below), label=label, group=label, given=True)


def read_events(file: Path) -> list[tuple[Case, str]]:
    """Cases in the order of time with the unit that handled each. What was known only later is not read."""
    rows = sorted(_rows(file), key=lambda row: (row["create_time"], int(row["rec_id"])))
    return [(_case(row), row["dispose_unit"]) for row in rows]


def _case(row: dict[str, str]) -> Case:
    places = tuple(row[one] for one in PLACES)
    return Case(
        levels=tuple(row[one] for one in LEVELS),
        places=places,
        names=tuple(one for one in places if one != UNKNOWN),
        source=row["source"],
        day=float(date.fromisoformat(row["create_time"][:10]).toordinal()),
    )


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened, strict=True)
