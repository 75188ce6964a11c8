"""The formulas, worked by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest

from assessment.choices import Audience
from assessment.indicators import BY_CODE, MIN_CASES, TABLE
from assessment.months import month_before, period_of
from assessment.scoring import FORMULAS, CaseInput, OrderInput, Tally, ranks, rounded, tally
from kernel.errors import Invalid
from kernel.intervals import wilson
from tests.world import at

OCTOBER = period_of(month="2026-10")


def order(number: int, **said) -> OrderInput:
    given = {
        "id": UUID(int=number),
        "round": 1,
        "assigned_at": at("2026-10-05 09:00"),
        "sign_due_at": at("2026-10-05 11:00"),
        "signed_at": at("2026-10-05 10:00"),
        "handle_due_at": at("2026-10-12 17:30"),
        "completed_at": at("2026-10-09 10:00"),
        "ended_at": at("2026-10-10 10:00"),
        "returned": False,
        "reworks": 0,
    }
    return OrderInput(**given | said)


def case(number: int, **said) -> CaseInput:
    given = {
        "id": UUID(int=number),
        "first_unit_id": 1,
        "last_unit_id": 1,
        "filed_at": at("2026-10-05 08:00"),
        "accepted_at": at("2026-10-05 09:00"),
        "refused": False,
        "due_at": at("2026-10-12 17:30"),
        "replied_at": at("2026-10-10 10:00"),
        "closed_at": at("2026-10-11 10:00"),
        "resolved": True,
        "satisfaction": "satisfied",
    }
    return CaseInput(**given | said)


def figure(code: str, facts) -> tuple[int, int]:
    found = tally(code=code, facts=facts, month=OCTOBER)
    return found.numerator, found.denominator


def test_the_table_and_the_formulas_name_the_same_figures():
    assert {row.code for row in TABLE} == set(FORMULAS) == set(BY_CODE)
    assert all(row.audiences and row.sources and row.basis for row in TABLE)


def test_finished_in_time_counts_what_was_due_and_nothing_else():
    unfinished = {"completed_at": None, "ended_at": None}
    facts = [
        order(1),  # in time
        order(2, completed_at=at("2026-10-12 17:30")),  # at the last instant: in time
        order(3, completed_at=at("2026-10-12 17:31")),  # late
        order(4, **unfinished),  # overdue at the end of the month: counts, not finished
        order(5, **unfinished, handle_due_at=at("2026-11-03 17:30")),  # still within its limit: left out
        # Finished after the month, and overdue at its end.
        order(6, completed_at=at("2026-11-02 10:00"), ended_at=at("2026-11-03 10:00")),
        order(7, completed_at=at("2026-09-30 10:00"), handle_due_at=at("2026-10-09 17:30")),  # finished before it
        order(8, completed_at=None, returned=True),  # returned: somebody else's
    ]
    assert figure("close_on_time", facts) == (2, 5)
    assert figure("close", facts) == (3, 5)


def test_signed_in_time_leaves_out_what_was_returned_before():
    facts = [
        order(1),
        order(2, signed_at=at("2026-10-05 11:01")),
        order(3, signed_at=None, ended_at=None, completed_at=None),
        order(4, signed_at=None, ended_at=at("2026-10-05 10:30"), completed_at=None, returned=True),
        order(5, sign_due_at=at("2026-11-01 09:00")),
    ]
    assert figure("sign_on_time", facts) == (1, 3)


def test_rework_counts_failed_checks_and_second_rounds():
    assert figure("rework", [order(1), order(2, reworks=1), order(3, round=2), order(4, completed_at=None)]) == (2, 3)


def test_returned_is_a_share_of_what_was_assigned():
    returned = order(2, returned=True, completed_at=None)
    assert figure("return", [order(1), returned, order(3, assigned_at=at("2026-09-30 09:00"))]) == (1, 2)


def test_dispatched_right_means_that_the_first_unit_was_the_last():
    facts = [case(1), case(2, last_unit_id=2), case(3, last_unit_id=None, first_unit_id=None), case(4, refused=True)]
    assert figure("dispatch_accurate", facts) == (1, 2)


def test_satisfaction_counts_the_rated_only_and_basically_satisfied_as_satisfied():
    ratings = ["satisfied", "basically", "dissatisfied", "", ""]
    assert figure("satisfy", [case(n, satisfaction=said) for n, said in enumerate(ratings)]) == (2, 3)


def test_solved_counts_those_who_were_asked():
    assert figure("resolve", [case(n, resolved=said) for n, said in enumerate([True, False, None])]) == (1, 2)


def test_answered_means_by_the_promised_time():
    facts = [case(1), case(2, replied_at=None), case(3, replied_at=at("2026-10-12 18:00")), case(4, due_at=None)]
    assert figure("respond", facts) == (1, 3)


def test_a_report_of_a_gridworker_is_valid_when_it_was_accepted():
    facts = [case(1), case(2, refused=True, accepted_at=None), case(3, accepted_at=None)]
    assert figure("grid_valid", facts) == (1, 2)
    assert figure("grid_reports", facts) == (3, 3)


def test_october_of_a_department_by_hand():
    facts = [order(n) for n in range(1, 13)] + [order(n, completed_at=at("2026-10-20 10:00")) for n in (13, 14, 15)]
    found = tally(code="close_on_time", facts=facts, month=OCTOBER)
    assert (found.numerator, found.denominator, rounded(found.share)) == (12, 15, Decimal("0.800000"))
    # (0.8 + 3.8416/30 ± 1.96·√(0.16/15 + 3.8416/900)) / (1 + 3.8416/15)
    assert wilson(numerator=12, denominator=15) == (Decimal("0.548146"), Decimal("0.929525"))


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 0), (3, 2), (-1, 4)])
def test_no_interval_of_no_share(numerator, denominator):
    with pytest.raises(ValueError, match="no share"):
        wilson(numerator=numerator, denominator=denominator)


def test_the_interval_never_leaves_nought_to_one():
    assert wilson(numerator=0, denominator=20)[0] == 0
    assert wilson(numerator=20, denominator=20)[1] == 1


def tallied(numerator: int, denominator: int) -> Tally:
    ids = tuple(UUID(int=n) for n in range(denominator))
    return Tally(inputs=ids, hits=ids[:numerator])


def test_equal_shares_share_a_rank_and_the_next_is_left_free():
    tallies = {"a": tallied(9, 10), "b": tallied(18, 20), "c": tallied(10, 10), "d": tallied(5, 10)}
    found = ranks(tallies=tallies, better="up", least=MIN_CASES)
    assert {who: rank for who, (rank, _why) in found.items()} == {"c": 1, "a": 2, "b": 2, "d": 4}


def test_less_is_better_where_the_table_says_so():
    found = ranks(tallies={"a": tallied(1, 10), "b": tallied(0, 10)}, better="down", least=MIN_CASES)
    assert found == {"a": (2, ""), "b": (1, "")}


def test_nobody_is_ranked_on_nine_cases():
    found = ranks(tallies={"few": tallied(9, 9), "enough": tallied(1, 10)}, better="up", least=MIN_CASES)
    assert found == {"few": (None, "few"), "enough": (1, "")}


def test_a_plain_count_is_not_ranked():
    assert ranks(tallies={"a": tallied(40, 40)}, better="neither", least=MIN_CASES) == {"a": (None, "plain")}


def test_shares_are_compared_exactly():
    close = {"a": tallied(333, 1000), "b": tallied(1, 3)}
    assert ranks(tallies=close, better="up", least=1) == {"a": (2, ""), "b": (1, "")}
    assert close["b"].share == Fraction(1, 3)


def test_a_month_runs_from_midnight_to_midnight_of_the_county():
    assert (OCTOBER.start, OCTOBER.end) == (at("2026-10-01 00:00"), at("2026-11-01 00:00"))
    assert period_of(month="2026-12").end == at("2027-01-01 00:00")
    assert month_before(at=at("2026-11-01 00:00")) == "2026-10"
    assert month_before(at=at("2026-11-01 00:00") - timedelta(seconds=1)) == "2026-09"
    assert month_before(at=datetime.fromisoformat("2026-12-31T16:30:00+00:00")) == "2026-12"


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "２０２６-10", "1999-10", "2026-10\n", ""])
def test_other_words_are_no_month(month):
    with pytest.raises(Invalid):
        period_of(month=month)


def test_only_centres_answer_for_dispatching():
    assert BY_CODE["dispatch_accurate"].audiences == (Audience.CENTERS,)
