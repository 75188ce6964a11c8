"""What publishing a list would change: periods closed and opened, nothing overwritten (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from organizations.policies.rows import CONTENT, Row, Wrong


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry of the list: its id and its content as a row would state it."""

    entry_id: int
    row: Row


@dataclass(frozen=True, slots=True)
class Opening:
    """A period to open on `start`; `closes` is the entry that ends on that day, `columns` what differs from it."""

    row: Row
    start: date
    closes: int | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListDiff:
    """The difference between a file and the list; `applied` says whether it was made."""

    effective: date
    added: tuple[Opening, ...] = ()
    changed: tuple[Opening, ...] = ()
    gone: tuple[Standing, ...] = ()
    unchanged: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    applied: bool = False

    @property
    def empty(self) -> bool:
        """True where publishing would change nothing."""
        return not (self.added or self.changed or self.gone)


History = Mapping[str, Sequence[Standing]]


def compare(*, rows: Iterable[Row], history: History, effective: date) -> ListDiff:
    """Compare a file with the entries of each code (oldest first), as of `effective`: the new version's first day.

    A code may stand in several rows with periods that follow each other; the last of them is the row in question, the
    ones before state its past.
    """
    by_code: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    openings: list[Opening] = []
    for code, those in by_code.items():
        openings += _openings(
            sorted(those, key=lambda row: row.valid_from or effective), history.get(code, ()), effective
        )
    opened = {one.row.number for one in openings}
    latest = {code: entries[-1] for code, entries in history.items()}
    gone = [old for code, old in latest.items() if code not in by_code and not _ended(old.row, effective)]
    return ListDiff(
        effective,
        added=tuple(one for one in openings if one.closes is None),
        changed=tuple(one for one in openings if one.closes is not None),
        gone=tuple(gone),
        unchanged=tuple(code for code, those in by_code.items() if not any(row.number in opened for row in those)),
        wrong=tuple(_disordered(openings, gone, latest, effective)),
    )


def final_rows(*, history: History, diff: ListDiff) -> list[Row]:
    """Every row of the list, past ones too, as it would stand once the difference is applied."""
    kept = _closed([old for entries in history.values() for old in entries], diff.changed, diff.gone, diff.effective)
    return kept + [replace(one.row, valid_from=one.start) for one in (*diff.added, *diff.changed)]


def _closed(
    entries: Iterable[Standing], changed: Iterable[Opening], gone: Iterable[Standing], effective: date
) -> list[Row]:
    ends = {one.closes: one.start for one in changed if one.closes} | {old.entry_id: effective for old in gone}
    return [replace(old.row, valid_until=ends.get(old.entry_id, old.row.valid_until)) for old in entries]


def _openings(rows: Sequence[Row], entries: Sequence[Standing], effective: date) -> list[Opening]:
    *past, last = rows
    newest = _opening(last, entries[-1] if entries else None, effective)
    changes = [newest] if newest else []
    held = _closed(entries, changes, (), effective)
    stated = [row for row in past if not any(_same(row, one, (*CONTENT, "valid_from")) for one in held)]
    return [*(Opening(row, row.valid_from or effective) for row in stated), *changes]


def _same(one: Row, other: Row, columns: Iterable[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in columns)


def _opening(row: Row, old: Standing | None, effective: date) -> Opening | None:
    if old is None:
        return Opening(row, row.valid_from or effective)
    columns = tuple(name for name in CONTENT if getattr(row, name) != getattr(old.row, name))
    if not columns:
        return None
    start = max(row.valid_from or effective, effective)
    over = old.row.valid_until is not None and old.row.valid_until <= start
    return Opening(row, start, closes=None if over else old.entry_id, columns=columns)


def _ended(row: Row, effective: date) -> bool:
    return row.valid_until is not None and row.valid_until <= effective


def _disordered(
    openings: Iterable[Opening], gone: Iterable[Standing], latest: Mapping[str, Standing], effective: date
) -> list[Wrong]:
    """Periods that would end before they begin: a change of an entry that begins later, or on the same day."""
    faults = []
    for one in openings:
        begun = latest[one.row.code].row.valid_from if one.closes else None
        if begun is not None and one.start <= begun:
            why = _("The entry in force begins on %(day)s; a change must begin later.") % {"day": begun}
            faults.append(Wrong(one.row.number, "valid_from", why))
        if one.row.valid_until is not None and one.row.valid_until <= one.start:
            faults.append(Wrong(one.row.number, "valid_until", _("The period ends before it begins.")))
    for old in gone:
        if old.row.valid_from is not None and old.row.valid_from >= effective:
            missing = _("Entry %(code)s is missing, but begins on %(day)s and cannot end before that.")
            faults.append(Wrong(0, "code", missing % {"code": old.row.code, "day": old.row.valid_from}))
    return faults
