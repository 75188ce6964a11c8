"""The end of the event log, read over and over: which cases changed since the last look.

Ids are given out before they are committed, so a later id may be there before an earlier one. Ids that are missing are
asked for again until they have come or are too old to come any more; what was seen once is not told again.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from kernel.models import Event

# A transaction that takes longer than this before it commits is told of by the page's own polling.
PATIENCE_SECONDS = 60.0
# At one look; what is beyond comes with the next.
MOST_EVENTS = 2000
MOST_GAPS = 5000
BEGINNING = 200
# Whoever was away for more than this is told to read everything anew instead.
LOOK_BACK = 3000
REMEMBERED_SECONDS = 60.0


@dataclass(frozen=True)
class Batch:
    """What one look found: accept() it once everybody has been told."""

    cases: frozenset[UUID] = frozenset()
    ids: tuple[int, ...] = ()
    rewound: bool = False


@dataclass
class Tail:
    """Where reading stands. look() only asks the database, accept() goes on: a look that failed loses nothing."""

    clock: Callable[[], float] = time.monotonic
    high: int | None = None
    gaps: dict[int, float] = field(default_factory=dict)
    passed: deque[tuple[float, int]] = field(default_factory=deque)

    @property
    def mark(self) -> int:
        """Every event up to here was told of, or will never come."""
        return min(self.gaps) - 1 if self.gaps else self.high or 0

    def look(self) -> Batch:
        """Read what is new and what was missing; at the very first look, find the end. Raises DatabaseError."""
        if self.high is None:
            newest = Event.objects.order_by("-pk").values_list("pk", flat=True)[:BEGINNING]
            return Batch(ids=tuple(newest))
        new = Event.objects.filter(pk__gt=self.high).order_by("pk").values_list("pk", "case_id")
        rows = list(new[:MOST_EVENTS])
        if self.gaps:
            rows += Event.objects.filter(pk__in=list(self.gaps)).values_list("pk", "case_id")
        rewound = not rows and self._is_rewound()
        return Batch(
            cases=frozenset(case for _id, case in rows), ids=tuple(one for one, _case in rows), rewound=rewound
        )

    def accept(self, batch: Batch) -> None:
        """Take note of what was told."""
        now = self.clock()
        if batch.rewound or self.high is None:
            self.high, self.gaps = max(batch.ids, default=0) if not batch.rewound else None, {}
            if batch.ids:
                self._note_missing(min(batch.ids), batch.ids, now)
            return
        self.gaps = {one: since for one, since in self.gaps.items() if now - since < PATIENCE_SECONDS}
        for one in batch.ids:
            self.gaps.pop(one, None)
        if batch.ids and max(batch.ids) > self.high:
            self._remember(now)
            self._note_missing(self.high + 1, batch.ids, now)
            self.high = max(batch.ids)

    def end_ago(self, seconds: float) -> int:
        """Up to where everything was told so many seconds ago, as far back as is remembered."""
        then = self.clock() - seconds
        return next((end for moment, end in self.passed if moment >= then), self.mark)

    def missed(self, *, since: int) -> frozenset[UUID] | None:
        """Cases that changed after a mark; None where that is too long ago, or no mark of this log."""
        if self.high is None or since > self.high or self.high - since > LOOK_BACK:
            return None
        rows = Event.objects.filter(pk__gt=since, pk__lte=self.high)
        return frozenset(rows.values_list("case_id", flat=True).distinct())

    def _is_rewound(self) -> bool:
        """Whether the log ends before what was read of it: the database is another one, such as a restored one."""
        return bool(self.high) and not Event.objects.filter(pk__gte=self.high).exists()

    def _remember(self, now: float) -> None:
        self.passed.append((now, self.mark))
        while self.passed[0][0] < now - REMEMBERED_SECONDS:
            self.passed.popleft()

    def _note_missing(self, first: int, ids: tuple[int, ...], now: float) -> None:
        last, there = max(ids), set(ids)
        for one in range(max(first, last - MOST_GAPS), last):
            if one not in there:
                self.gaps[one] = now
