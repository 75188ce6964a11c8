"""The reference files as rows of text, for tests that need no database."""

import csv
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def rows(path: str) -> tuple[dict[str, str], ...]:
    """Every row of a CSV file of the repository; a byte order mark or a ragged row is an error."""
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        found = tuple(reader)
    assert reader.fieldnames is not None
    assert not reader.fieldnames[0].startswith("\ufeff"), f"{path}: byte order mark"
    for row in found:
        assert None not in row, f"{path}: too many columns in {row}"
        assert None not in row.values(), f"{path}: too few columns in {row}"
        assert all(value == value.strip() for value in row.values()), f"{path}: blanks around a value in {row}"
    return found


def doubled(values: list[str]) -> list[str]:
    """The values that stand more than once."""
    seen: set[str] = set()
    return [value for value in values if value in seen or seen.add(value)]
