"""A day as an address writes it, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.days import day_in


def test_a_day_is_read() -> None:
    assert day_in("2026-01-31") == date(2026, 1, 31)


@pytest.mark.parametrize("said", ["", "2026-W05-6", "20260131", "2026-02-30", "1999-12-31", "2200-01-02"])
def test_anything_else_is_no_day(said: str) -> None:
    assert day_in(said) is None
