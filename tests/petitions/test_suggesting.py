"""Categories are suggested by words that the suggestion names."""

from __future__ import annotations

from petitions.suggesting import Suggestion, read_keywords, suggest
from tests.organizations.reference import rows

KEYWORDS = {"010101": ("摆摊", "流动摊贩"), "020101": ("停水", "水压"), "030201": ("噪音", "施工")}
REAL = read_keywords(cells={row["code"]: row["keywords"] for row in rows("petitions/data/categories.csv")})


def test_a_longer_word_and_a_word_of_the_title_count_more():
    found = suggest(title="门口流动摊贩", text="每天施工", keywords=KEYWORDS)
    assert found == [Suggestion("010101", 12, ("流动摊贩",)), Suggestion("030201", 2, ("施工",))]


def test_no_word_no_suggestion():
    assert suggest(title="你好", text="谢谢", keywords=KEYWORDS) == []


def test_ties_go_to_the_lower_code():
    found = suggest(title="", text="停水 噪音", keywords=KEYWORDS)
    assert [one.code for one in found] == ["020101", "030201"]


def test_the_written_form_is_divided_by_strokes():
    assert read_keywords(cells={"010101": "摆摊| 小贩 |", "020101": ""}) == {"010101": ("摆摊", "小贩")}


def test_what_the_demo_says_is_mostly_found_again():
    templates = rows("governance/data/demo/petition_templates.csv")
    hits = 0
    for row in templates:
        title, text = row["title"].format(place=""), row["description"].format(place="", detail="", name="")
        codes = [one.code[:4] for one in suggest(title=title, text=text, keywords=REAL)]
        hits += row["category_code"][:4] in codes
    assert hits / len(templates) > 0.6
