"""When a saved report was due last, by its rhythm."""

from __future__ import annotations

import pytest

from assessment.statistics.rhythms import last_due
from tests.world import at


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        ("daily", "2026-11-18 07:59", "2026-11-17 08:00"),
        ("daily", "2026-11-18 08:00", "2026-11-18 08:00"),
        ("weekly", "2026-11-16 07:00", "2026-11-09 08:00"),
        ("monthly", "2026-12-01 07:00", "2026-11-01 08:00"),
        ("monthly", "2026-12-09 07:00", "2026-12-01 08:00"),
    ],
)
def test_when_a_rhythm_was_due_last(rhythm, now, due):
    assert last_due(rhythm=rhythm, hour=8, at=at(now)) == at(due)
