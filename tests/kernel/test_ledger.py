"""Every minute of a case belongs to exactly one holder."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.ledger import Total, ledger, totals
from kernel.worktime import working_minutes
from tests.kernel.seeded_calendar import SHANGHAI, at, seeded

DAY = "2026-11-20"  # A Friday.


def test_turns_follow_each_other() -> None:
    changes = [(at(f"{DAY} 09:00"), "unit:1"), (at(f"{DAY} 11:00"), "citizen"), (at(f"{DAY} 15:00"), "unit:2")]
    segments = ledger(changes=changes, until=at("2026-11-23 09:00"), calendar=seeded())
    assert [(s.holder, s.since, s.until, s.minutes, s.working_minutes) for s in segments] == [
        ("unit:1", at(f"{DAY} 09:00"), at(f"{DAY} 11:00"), 120, 120),
        ("citizen", at(f"{DAY} 11:00"), at(f"{DAY} 15:00"), 240, 120),
        ("unit:2", at(f"{DAY} 15:00"), at("2026-11-23 09:00"), 66 * 60, 180),
    ]


def test_turns_of_one_holder_are_summed() -> None:
    changes = [(at(f"{DAY} 09:00"), "unit:1"), (at(f"{DAY} 10:00"), "pause:hearing"), (at(f"{DAY} 10:30"), "unit:1")]
    sums = totals(segments=ledger(changes=changes, until=at(f"{DAY} 11:00"), calendar=seeded()))
    assert sums == {
        "unit:1": Total(turns=2, minutes=90, working_minutes=90),
        "pause:hearing": Total(turns=1, minutes=30, working_minutes=30),
    }


def test_without_a_calendar_working_minutes_are_not_claimed() -> None:
    segments = ledger(changes=[(at(f"{DAY} 09:00"), "unit:1")], until=at(f"{DAY} 09:30"))
    assert [s.working_minutes for s in segments] == [None]
    assert totals(segments=segments) == {"unit:1": Total(turns=1, minutes=30, working_minutes=None)}


def test_what_changes_nothing_makes_no_turn() -> None:
    changes = [
        (at(f"{DAY} 09:00"), "unit:1"),
        (at(f"{DAY} 09:10"), ""),
        (at(f"{DAY} 09:20"), "unit:1"),
        (at(f"{DAY} 09:30"), "unit:2"),  # Undone in the same instant.
        (at(f"{DAY} 09:30"), "unit:1"),
    ]
    assert [(s.holder, s.minutes) for s in ledger(changes=changes, until=at(f"{DAY} 10:00"))] == [("unit:1", 60)]


def test_the_last_of_several_changes_at_one_instant_holds() -> None:
    changes = [(at(f"{DAY} 09:00"), "nobody"), (at(f"{DAY} 09:00"), "unit:1")]
    assert [s.holder for s in ledger(changes=changes, until=at(f"{DAY} 09:05"))] == ["unit:1"]


def test_seconds_are_not_lost_between_turns() -> None:
    changes = [(at(f"{DAY} 09:00:00") + timedelta(seconds=40 * n), f"unit:{n % 2}") for n in range(3)]
    segments = ledger(changes=changes, until=at(f"{DAY} 09:02:00"), calendar=seeded())
    assert [s.minutes for s in segments] == [0, 1, 1]
    assert [s.working_minutes for s in segments] == [0, 1, 1]


@pytest.mark.parametrize("until", [f"{DAY} 09:00", f"{DAY} 08:00"])
def test_nothing_before_the_first_change(until: str) -> None:
    assert ledger(changes=[(at(f"{DAY} 09:00"), "unit:1")], until=at(until)) == []
    assert ledger(changes=[], until=at(until)) == []


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(SHANGHAI))
holders = st.sampled_from(["unit:1", "unit:2", "citizen", "pause:season", "nobody", ""])


@given(st.lists(st.tuples(moments, holders), max_size=12), moments)
def test_the_parts_add_up_to_the_whole(changes: list[tuple[datetime, str]], until: datetime) -> None:
    segments = ledger(changes=changes, until=until, calendar=seeded())
    begins = [moment for moment, holder in changes if holder and moment < until]
    if not begins:
        assert segments == []
        return
    start = min(begins)
    assert [segments[0].since, *(s.until for s in segments)] == [*(s.since for s in segments), until]
    assert segments[0].since == start
    assert all(s.since < s.until for s in segments)
    assert all(a.holder != b.holder for a, b in pairwise(segments))
    assert sum(s.minutes for s in segments) == (until - start) // timedelta(minutes=1)
    worked = working_minutes(start=start, end=until, calendar=seeded())
    assert sum(s.working_minutes or 0 for s in segments) == worked
    assert sum(total.minutes for total in totals(segments=segments).values()) == sum(s.minutes for s in segments)
