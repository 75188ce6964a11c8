"""The tables beside the code: by which names columns go, and what the words in them mean. A city adds its own rows."""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"


def column_names() -> dict[str, list[str]]:
    """Field → the names of its column, the likeliest first."""
    names: dict[str, list[str]] = {}
    for field, name in _rows("import_columns.csv"):
        names.setdefault(field, []).append(name)
    return names


def meanings(*, field: str) -> dict[str, str]:
    """Word → value of a field, in the order in which they are looked for."""
    return {word: value for name, word, value in _rows("import_words.csv") if name == field}


def _rows(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]
