"""Workbooks with faults: each is told with its sheet, row and column, and nothing is half imported."""

from __future__ import annotations

import pytest

from kernel.errors import Invalid, Unprocessable
from kernel.sheets.limits import Limits
from kernel.sheets.reading import opened
from registry.models import SheetImport
from registry.services import drafts
from tests.refusals import refused
from tests.registry.workbooks import (
    HEADS,
    ROW,
    cell,
    changed,
    csv_of,
    exported,
    faults,
    handed_in,
    imported,
    written,
)
from tests.world import MONDAY

pytestmark = pytest.mark.django_db


def test_every_wrong_cell_is_told_with_sheet_row_and_column_and_the_draft_waits(registry, tmp_path):
    def change(content):
        cell(content, "territorial", "T-CG", "时限", "三天")
        cell(content, "unit_duty", "D-GS-1", "主责单位", "不存在的局")
        cell(content, "unit_duty", "D-GS-2", "权责单位", "综合执法局")
        content["立案条件"][2][5] = "旬"

    sheet = imported(registry, changed(exported(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", change))
    column = {name: HEADS[name].index for name in HEADS}
    assert faults(sheet)[:3] == [
        ("no_number", "属地管理事项", 2, column["territorial"]("时限") + 1),
        ("unknown_word", "立案条件", 3, column["conditions"]("时限单位") + 1),
        ("unknown_name", "部门职责事项", 2, column["unit_duty"]("主责单位") + 1),
    ]
    assert faults(sheet)[3][1:] == ("部门职责事项", 3, column["unit_duty"]("权责单位") + 1)
    assert {line.verdict for line in sheet.draft.lines.all()} == {"wrong"}
    with refused(Unprocessable):
        drafts.submit(draft_id=sheet.draft.pk, actor=registry.actor("keeper"), at=MONDAY)


def test_faults_that_only_the_registry_knows_get_their_place_too(registry, tmp_path):
    def change(content):
        content["办理流程"][1][6] = "9"
        cell(content, "territorial", "T-CG", "乡镇街道角色", "主责")

    sheet = imported(registry, changed(exported(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", change))
    places = {tuple(one["place"]) for one in sheet.rows.get(item_code="T-CG").faults}
    assert ("办理流程", 2, 7, "后续步骤") in places
    assert ("属地管理事项", 2, HEADS["territorial"].index("乡镇街道角色") + 1, "乡镇街道角色") in places


def test_formulas_merged_cells_errors_and_rounded_numbers_are_faults_of_their_cell(registry, tmp_path):
    with opened(exported(tmp_path / "a.xlsx"), limits=Limits()) as book:
        content = {sheet.name: [row.cells for row in sheet.rows()] for sheet in book.sheets}

    def extra(name, sheet):
        if name == "属地管理事项":
            sheet.write_formula(1, HEADS["territorial"].index("事项名称"), '="a"', None, "a")
            sheet.write_formula(1, HEADS["territorial"].index("法律政策依据"), "=1/0", None, "#DIV/0!")
        if name == "部门职责事项":
            at = HEADS["unit_duty"].index("主体责任")
            sheet.merge_range(1, at, 2, at, "合并")
            sheet.write_number(1, HEADS["unit_duty"].index("保障措施"), 370404199001011234)

    sheet = imported(registry, written(tmp_path / "b.xlsx", content, extra))
    assert sorted(why for why, *_ in faults(sheet)) == ["error", "formula", "long_number", "merged", "merged"]


def test_rows_that_can_be_no_line_leave_no_draft_at_all(registry, tmp_path):
    twice, nameless = list(ROW), list(ROW)
    nameless[0] = ""
    sheet = imported(registry, csv_of(tmp_path / "a.csv", ROW, twice, nameless))
    assert (sheet.stage, sheet.draft) == ("wrong", None)
    assert [(why, row) for why, _sheet, row, _column in faults(sheet)] == [("twice", 3), ("missing", 4)]
    path = changed(
        exported(tmp_path / "b.xlsx"),
        tmp_path / "c.xlsx",
        lambda content: content["配合单位"].append(["T-XX", "", "D-CG", "协助"]),
    )
    assert [(why, sheet, row) for why, sheet, row, _c in faults(imported(registry, path))] == [
        ("no_such_item", "配合单位", 3)
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda content: content.update({"Sheet1": content.pop("属地管理事项")}), "Sheet1"),
        (lambda content: content["属地管理事项"][0].__setitem__(1, "备注"), "事项名称"),
        (lambda content: content["属地管理事项"][0].__setitem__(1, "事项编码"), "B"),
        (lambda content: content["配合单位"].__setitem__(0, ["甲", "乙"]), "配合单位"),
        (lambda content: [content.pop(name) for name in list(content) if name != "立案条件"], "立案条件"),
        (lambda content: [rows.clear() for rows in content.values()], ""),
    ],
)
def test_a_wrong_sheet_or_heading_is_refused_by_name_and_nothing_is_kept(registry, tmp_path, change, words):
    path = changed(exported(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", change)
    with pytest.raises(Invalid) as said:
        handed_in(registry, path)
    assert words in str(said.value.fields["file"])
    assert not SheetImport.objects.exists()
