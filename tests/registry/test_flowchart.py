"""Process charts as drawings, and readings side by side: whatever the chart, nothing lies over anything else."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.comparing import marked
from registry.flowchart import Box, draw, limit_words, steps_of

# A busy machine draws slowly; that says nothing about charts.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TITLES = ("受理", "现场核查取证并通知当事人到场", "close the case after a visit to the very place")


@st.composite
def charts(draw_from):
    """Any chart of up to eight steps, arrows back and onto itself included."""
    number = draw_from(st.integers(1, 8))
    keys = [f"s{one}" for one in range(number)]
    return [
        {
            "key": key,
            "title": draw_from(st.sampled_from(TITLES)),
            "who": "township_of_place",
            "limit_value": draw_from(st.sampled_from(["", "2"])),
            "limit_unit": "workday",
            "next": draw_from(st.lists(st.sampled_from(keys), unique=True, max_size=3)),
        }
        for key in keys
    ]


def drawn(chart):
    return draw(steps=steps_of(chart=chart, named=lambda code: "属地镇街"))


def through(box: Box, start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether a straight line runs through the inside of a box."""
    (x1, x2), (y1, y2) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return x1 < box.x + box.width and x2 > box.x and y1 < box.y + box.height and y2 > box.y


@patient
@given(charts())
def test_boxes_and_arrows_never_lie_over_a_box(chart):
    picture = drawn(chart)
    assert [box.step.title for box in picture.boxes] == [one["title"] for one in chart]
    for one, other in combinations(picture.boxes, 2):
        apart = one.x + one.width < other.x or other.x + other.width < one.x
        assert apart or one.y + one.height < other.y or other.y + other.height < one.y
    assert len(picture.arrows) == sum(len(one["next"]) for one in chart)
    for arrow in picture.arrows:
        for start, end in pairwise(arrow.points):
            assert start[0] == end[0] or start[1] == end[1]
            assert not any(through(box, start, end) for box in picture.boxes)
        assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in arrow.points)


@patient
@given(charts())
def test_words_stay_in_their_boxes(chart):
    for box in drawn(chart).boxes:
        assert all(box.x < line.x and box.y < line.y <= box.y + box.height for line in box.lines)


def test_a_chart_with_two_branches_fits_a_telephone():
    steps = [("1", ["2", "3"]), ("2", ["4"]), ("3", ["4"]), ("4", [])]
    picture = drawn([{"key": key, "title": "办理", "next": after} for key, after in steps])
    assert picture.width <= 340
    assert len({box.y for box in picture.boxes}) == 3
    assert not any(arrow.back for arrow in picture.arrows)


def test_what_follows_a_step_that_nothing_leads_to_stands_below_it():
    steps = [("1", ["2"]), ("2", ["3"]), ("3", []), ("4", ["5"]), ("5", [])]
    rows = [box.y for box in drawn([{"key": key, "title": "办理", "next": after} for key, after in steps]).boxes]
    assert rows[3] == rows[2] < rows[4]


def test_an_arrow_back_is_told_apart_and_nothing_is_drawn_of_nothing():
    back = [{"key": "1", "title": "办理", "next": ["2"]}, {"key": "2", "title": "核查", "next": ["1"]}]
    assert [arrow.back for arrow in drawn(back).arrows] == [False, True]
    assert drawn([]) is None


def test_limits_are_told_in_words():
    assert limit_words(value="5.00", unit="workday").startswith("5 ")
    assert limit_words(value=None, unit="") == ""


@patient
@given(st.text(max_size=60), st.text(max_size=60))
def test_marked_pieces_make_up_the_whole_text(before, after):
    left, right = marked(before=before, after=after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after
    assert any(piece.marked for piece in (*left, *right)) == (before != after)


def test_what_stays_is_not_marked():
    left, right = marked(before="依法查处占道经营行为。", after="依法查处一切占道经营行为。")
    assert [piece.marked for piece in left] == [False]
    assert [piece.text for piece in right if piece.marked] == ["一切"]
