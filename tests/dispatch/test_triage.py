"""What learns: pure parts, on small texts made here."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from dispatch.triage.calibrating import sharpness_of, threshold_of
from dispatch.triage.examples import Case, Example
from dispatch.triage.features import pieces, plain
from dispatch.triage.leaning import lean
from dispatch.triage.measuring import as_json, measure_texts, measure_units
from dispatch.triage.memory import Memory, role_of
from dispatch.triage.model import Guess
from dispatch.triage.packing import Unreadable, pack, unpack
from dispatch.triage.reading import read_texts
from dispatch.triage.training import train
from dispatch.triage.units import UnitLearner
from dispatch.triage.words import choose_words

ABOUT = {
    "010101": ("门口摊贩占道经营", "小吃车占用人行道", "流动摊贩每天摆摊"),
    "010102": ("店外堆放货物", "商铺外摆占人行道", "店外经营挡住道路"),
    "020101": ("小区停水没有自来水", "自来水压力太小停水", "水管爆裂停水三天"),
    "020102": ("小区停电没有供电", "变压器故障停电", "电线老化经常停电"),
}
PLACES = ("东街", "西街", "南街", "北街", "工农社区", "立新社区")


def examples(times=8):
    said = []
    for label, texts in ABOUT.items():
        for number in range(times):
            text = f"{PLACES[number % len(PLACES)]}{texts[number % 3]}，{texts[(number + 1) % 3]}，请尽快处理"
            said.append(Example(text=text, label=label, group=f"{label}-{number}"))
    return said


@pytest.fixture(scope="module")
def model():
    return train(examples())


def test_numbers_widths_and_spaces_do_not_change_a_text():
    assert plain("Ａ１３８ 1234 号\n") == "a0号"
    assert "占道" in pieces("摊贩占道")
    assert plain("摊贩，占道。") == "摊贩占道"
    assert pieces("摊贩占道").count("^占道") == 2  # the opening is worth more
    assert "^占道" not in pieces("门" * 40 + "占道")


def test_the_category_is_suggested_with_how_sure_and_which_words(model):
    first, *_ = model.suggest(text="我家附近又停水了，自来水一滴也没有")
    assert first.label == "020101"
    assert first.sure > 0.5
    assert "停水" in first.words or "自来" in first.words


def test_certainties_of_the_lowest_level_are_shares_of_one(model):
    found = model.suggest(text="摊贩占道", most=10)
    assert {one.label for one in found} == set(ABOUT)
    assert sum(one.sure for one in found) == pytest.approx(1, abs=0.01)


def test_a_text_that_says_nothing_known_gets_no_suggestion(model):
    assert model.suggest(text="") == []
    assert model.suggest(text="qqqq") == []


def test_words_that_few_cases_know_are_never_shown():
    once = [Example(text="李小龙投诉停水", label="020101", group="x")]
    found = train([*examples(), *once, *once]).suggest(text="李小龙投诉停水")
    assert not any("李" in word or "小龙" in word for one in found for word in one.words)


def test_a_word_is_never_put_together_across_a_comma():
    said = [Example(text=f"{PLACES[n % 6]}，裂，停", label="030101", group=str(n)) for n in range(12)]
    model = train([*said, *examples()])
    assert "裂停" in model.vocabulary
    assert "裂停" not in model.suggest(text="工农社区，裂，停", most=1)[0].words
    assert "裂停" in model.suggest(text="工农社区，裂停", most=1)[0].words


def test_certain_is_what_leads_far_enough_whatever_is_left_to_the_others(model):
    surer = replace(model, sure_at=0.9)
    assert surer.certain([Guess("a", 0.6), Guess("b", 0.02)])
    assert not surer.certain([Guess("a", 0.6), Guess("b", 0.2)])
    assert not surer.certain([])
    assert not replace(model, sure_at=None).certain([Guess("a", 1.0)])


def test_names_of_a_folder_teach_the_labels_it_has_and_are_never_tested(tmp_path):
    (tmp_path / "labelled_raw.csv").write_text("label,dup_group,text\n教育,1,学校\n", encoding="utf-8")
    (tmp_path / "labelled_segmented.csv").write_text("label,dup_group,tokens\n交通,2,公交 车\n", encoding="utf-8")
    assert [one.given for one in read_texts(tmp_path)] == [False, False]
    paths = "一级,二级,三级\n教育,义务教育,择校\n政法,公安,户籍\n"
    (tmp_path / "category_paths.csv").write_text(paths, encoding="utf-8")
    given = [one for one in read_texts(tmp_path) if one.given]
    assert [(one.text, one.label) for one in given] == [("义务教育 择校", "教育")]


def test_words_do_not_overlap_and_are_no_numbers():
    spoke = {"拖欠": 3.0, "欠工": 2.9, "工资": 2.0, "a0": 9.0, "资": 8.0, "农民": -1.0}
    assert choose_words(spoke) == ("拖欠", "工资")
    assert "a0" not in choose_words(spoke)
    assert "农民" not in choose_words(spoke)


def test_a_packed_model_is_the_same_model(model):
    again = unpack(pack(model))
    text = "店外经营占用人行道"
    assert [one.label for one in again.suggest(text=text)] == [one.label for one in model.suggest(text=text)]
    assert again.suggest(text=text)[0].sure == pytest.approx(model.suggest(text=text)[0].sure, abs=0.01)


def test_bytes_that_are_no_model_are_refused(model):
    whole = pack(model)
    for bad in (b"", b"junk", whole[: len(whole) // 2], whole[:-40] + b"\0" * 40):
        with pytest.raises(Unreadable):
            unpack(bad)


def test_a_model_that_points_outside_of_itself_is_refused(model):
    for wrong in (
        replace(model, columns=model.columns + 99),
        replace(model, starts=model.starts[:-1]),
        replace(model, above=("77",) * len(model.above)),
        replace(model, bias=model.bias * np.float32("nan")),
    ):
        with pytest.raises(Unreadable):
            unpack(pack(wrong))


def test_an_array_of_objects_is_never_opened():
    target = io.BytesIO()
    np.savez(target, said=np.array([{"a": 1}], dtype=object))
    assert zipfile.is_zipfile(target)
    with pytest.raises(Unreadable):
        unpack(target.getvalue())


def test_the_threshold_is_the_lowest_that_keeps_its_promise():
    sure = np.linspace(1, 0, 1000, dtype=np.float32)
    held = np.ones(1000, dtype=bool)
    held[500:] = False
    found = threshold_of(sure, held)
    assert found is not None
    assert held[sure >= found].mean() >= 0.98
    assert (sure >= found).sum() >= 500
    assert threshold_of(sure[:50], held[:50]) is None


def test_sharpness_makes_shares_as_large_as_they_are_right():
    points = np.array([[1.0, 0.0]] * 100, dtype=np.float32)
    often = sharpness_of(points, np.array([0] * 95 + [1] * 5))
    seldom = sharpness_of(points, np.array([0] * 55 + [1] * 45))
    assert often > seldom


def test_figures_of_texts_never_part_a_group_and_have_all_parts():
    doubled = [one for one in examples(12) for _ in range(2)]
    figures = measure_texts(doubled, seconds=lambda: 0.0, tell=lambda _: None, folds=3)
    assert figures.cases == len(doubled)
    assert figures.macro_f1 > 0.9
    assert figures.top2 >= figures.top1
    assert as_json(figures, None)["units"] is None


def case(day, *, category="010101", village="工农社区", town="坛山街道"):
    levels = (category[:2], category[:4], category)
    return Case(levels=levels, places=(town, village), names=(town, village), source="hotline", day=float(day))


def test_a_unit_is_suggested_by_what_went_there_before():
    learner = UnitLearner()
    assert learner.suggest(case=case(0)) == []
    for day in range(6):
        learner.learn(case=case(day), unit="1", name="综合执法局")
        learner.learn(case=case(day, category="020101"), unit="2", name="自来水公司")
    first = learner.suggest(case=case(7))[0]
    assert first.unit == "1"
    assert first.went == pytest.approx(6, abs=0.1)
    assert learner.suggest(case=case(7, category="020101"))[0].unit == "2"


def test_what_one_village_does_another_does_with_its_own_unit():
    learner = UnitLearner()
    learner.know([("9", "立新社区")])
    for day in range(8):
        learner.learn(case=case(day), unit="8", name="工农社区")
        learner.learn(case=case(day, category="020101"), unit="2", name="自来水公司")
    found = [one.unit for one in learner.suggest(case=case(9, village="立新社区"), most=2)]
    assert "9" in found


def test_the_latest_outweighs_the_old():
    learner = UnitLearner()
    for day in range(10):
        learner.learn(case=case(day), unit="1", name="旧单位")
    for day in range(400, 406):
        learner.learn(case=case(day), unit="2", name="新单位")
    assert learner.suggest(case=case(406))[0].unit == "2"


def test_memories_fade_and_roles_leave_the_place_open():
    memory = Memory()
    memory.add("1", 0.0)
    memory.fade(360.0)
    assert memory.given["1"][0] == pytest.approx(0.5)
    assert memory.given["1"][1] < 1e-9
    assert role_of(unit="坛山街道司法所", names=("坛山街道", "工农社区")) == "{0}司法所"


def test_figures_of_units_are_told_before_learning():
    cases = [(case(day), "甲") for day in range(60)]
    figures = measure_units(cases, seconds=lambda: 0.0, tell=lambda _: None)
    assert figures.top1 == pytest.approx(59 / 60, abs=0.001)  # of the first nothing was known


def test_a_place_leans_but_does_not_decide():
    near, everywhere = Memory(), Memory()
    for _ in range(20):
        near.add("020101", 1.0)
        everywhere.add("020101", 1.0)
        for _ in range(9):
            everywhere.add("010101", 1.0)
    found = [Guess("010101", 0.5), Guess("020101", 0.4)]
    assert lean(found, near=near, everywhere=everywhere)[0].label == "020101"
    sure = [Guess("010101", 0.95), Guess("020101", 0.05)]
    assert lean(sure, near=near, everywhere=everywhere)[0].label == "010101"
    assert lean(found, near=Memory(), everywhere=everywhere) == found
