"""The words of the demo district fit the categories, reasons and choices that they are written for."""

from string import Formatter

import pytest

from petitions.choices import Satisfaction
from tests.organizations.reference import doubled, rows

FOLDER = "governance/data/demo"
TEMPLATES = rows(f"{FOLDER}/petition_templates.csv")
CODES = {row["code"] for row in rows("petitions/data/categories.csv")}
ALL = (
    "petition_templates",
    "results",
    "family_names",
    "given_names",
    "places",
    "details",
    "return_remarks",
    "rating_remarks",
    "progress_remarks",
    "verification_remarks",
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", ALL)
def test_no_value_is_empty_and_no_row_stands_twice(name: str) -> None:
    found = rows(f"{FOLDER}/{name}.csv")
    assert all(all(row.values()) for row in found)
    assert doubled(["|".join(row.values()) for row in found]) == []


def test_templates_use_the_known_placeholders() -> None:
    for row in TEMPLATES:
        assert placeholders(row["title"]) <= {"place"}, row
        assert {"detail"} <= placeholders(row["description"]) <= {"place", "name", "detail"}, row
        assert "place" in placeholders(row["title"] + row["description"]), row
        assert len(row["title"]) <= 40, row


def test_templates_cover_the_categories_widely() -> None:
    used = {row["category_code"] for row in TEMPLATES}
    assert used <= {code for code in CODES if len(code) == 6}
    assert len(TEMPLATES) >= 160
    assert len(used) >= 120
    assert {code[:2] for code in used} == {code for code in CODES if len(code) == 2}


def test_every_top_category_has_results() -> None:
    tops = [row["category_top"] for row in rows(f"{FOLDER}/results.csv")]
    assert {top for top in tops if tops.count(top) >= 3} == {code for code in CODES if len(code) == 2}


def test_remarks_belong_to_known_words() -> None:
    reasons = {row["code"] for row in rows("dispatch/data/return_reasons.csv")}
    assert {row["reason_code"] for row in rows(f"{FOLDER}/return_remarks.csv")} == reasons
    assert {row["satisfaction"] for row in rows(f"{FOLDER}/rating_remarks.csv")} == set(Satisfaction.values)
    assert {row["outcome"] for row in rows(f"{FOLDER}/verification_remarks.csv")} == {"passed", "failed"}


def test_details_are_clauses() -> None:
    assert not any(row["text"].endswith(("。", "，")) for row in rows(f"{FOLDER}/details.csv"))
