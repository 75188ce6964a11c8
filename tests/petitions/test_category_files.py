"""The categories and reasons that the product ships, against the matters of the responsibility list."""

from collections import Counter

from petitions.choices import PetitionKind, Urgency
from petitions.models import Category, DeclineReason
from tests.organizations.reference import doubled, rows

CATEGORIES = {row["code"]: row for row in rows("petitions/data/categories.csv")}
LEAVES = [row for code, row in CATEGORIES.items() if len(code) == 6]
MATTERS = {row["code"]: row for row in rows("organizations/data/matters.csv")}


def test_codes_are_unique_and_of_two_four_or_six_digits() -> None:
    assert len(CATEGORIES) == len(rows("petitions/data/categories.csv"))
    assert all(code.isascii() and code.isdigit() and len(code) in (2, 4, 6) for code in CATEGORIES)
    assert doubled([row["name"] for row in LEAVES]) == []


def test_the_tree_has_eighteen_tops() -> None:
    tops = {code for code in CATEGORIES if len(code) == 2}
    assert tops == {f"{number:02d}" for number in range(1, 18)} | {"99"}


def test_every_parent_exists_and_begins_the_code() -> None:
    for code, row in CATEGORIES.items():
        assert row["parent_code"] == code[:-2], code
        assert not row["parent_code"] or row["parent_code"] in CATEGORIES, code


def test_every_branch_reaches_the_third_level() -> None:
    for code in CATEGORIES:
        if len(code) < 6:
            assert any(row["parent_code"] == code for row in CATEGORIES.values()), code


def test_only_the_third_level_names_a_matter() -> None:
    for code, row in CATEGORIES.items():
        assert not row["matter_code"] or len(code) == 6, code
        assert not row["matter_code"] or row["matter_code"] in MATTERS, code


def test_kind_is_that_of_the_matter() -> None:
    for row in LEAVES:
        if row["matter_code"]:
            assert row["kind"] == MATTERS[row["matter_code"]]["petition_kind"], row


def test_kinds_and_urgencies_are_known() -> None:
    assert {row["kind"] for row in CATEGORIES.values()} == set(PetitionKind.values)
    assert {row["urgency"] for row in CATEGORIES.values()} == set(Urgency.values)


def test_every_matter_can_be_reached_from_a_category() -> None:
    assert set(MATTERS) - {row["matter_code"] for row in LEAVES} == set()


def test_few_categories_have_no_matter() -> None:
    """Some demands belong to nobody on the list; the centre must decide on those."""
    without = [row for row in LEAVES if not row["matter_code"]]
    assert 0.01 <= len(without) / len(LEAVES) <= 0.05


def test_keywords_can_suggest_a_category() -> None:
    width = Category._meta.get_field("keywords").max_length
    for row in LEAVES:
        words = row["keywords"].split("|")
        assert 3 <= len(words) <= 8, row
        assert len(words) == len(set(words)), row
        assert all(len(word) >= 2 for word in words), row
        assert len(row["keywords"]) <= width, row


def test_no_keyword_belongs_to_a_crowd_of_categories() -> None:
    counts = Counter(word for row in LEAVES for word in row["keywords"].split("|"))
    assert [word for word, count in counts.items() if count > 25] == []


def test_decline_reasons_name_the_channel() -> None:
    reasons = rows("petitions/data/decline_reasons.csv")
    assert doubled([row["code"] for row in reasons]) == []
    for row in reasons:
        assert all(row.values()), row
        for column, value in row.items():
            assert len(value) <= DeclineReason._meta.get_field(column).max_length, row


def test_return_reasons_are_unique() -> None:
    reasons = rows("dispatch/data/return_reasons.csv")
    assert doubled([row["code"] for row in reasons]) == []
    assert doubled([row["name"] for row in reasons]) == []
    assert all(all(row.values()) for row in reasons)
