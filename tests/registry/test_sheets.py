"""The registry out as a workbook and in again: nothing is lost, nothing is half imported, every fault has its place."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from kernel.errors import Invalid, Missing, NotAllowed, WrongState
from kernel.sheets.limits import Limits
from kernel.sheets.reading import opened
from registry.choices import DraftOrigin
from registry.models import Draft, SheetImport, SheetRow
from registry.queries.contents import held_items
from registry.services import drafts, publishing, sheet_export, sheets
from registry.sheets import layout
from registry.sheets.names import names_here
from registry.sheets.writing import workbook_of
from tests.refusals import refused
from tests.registry.steps import LATER, approved, unhelped
from tests.registry.workbooks import (
    HEADS,
    ROW,
    cell,
    changed,
    csv_of,
    exported,
    handed_in,
    imported,
    run,
    verdicts,
)
from tests.world import MONDAY

pytestmark = pytest.mark.django_db


def test_what_was_exported_comes_back_and_changes_nothing(registry, tmp_path):
    sheet = imported(registry, exported(tmp_path / "a.xlsx"), whole=True)
    assert verdicts(sheet) == dict.fromkeys(["T-CG", "D-GS-1", "D-GS-2"], "same")
    assert (sheet.stage, sheet.draft, sheet.done) == ("same", None, 3)
    assert not Draft.objects.filter(origin=DraftOrigin.SHEET).exists()


def test_every_field_of_an_item_is_in_the_workbook_and_no_cell_can_become_a_formula(registry, tmp_path):
    with opened(exported(tmp_path / "a.xlsx"), limits=Limits()) as book:
        rows = {sheet.name: list(sheet.rows()) for sheet in book.sheets}
    assert not any(row.marks for sheet in rows.values() for row in sheet)
    territorial = dict(zip(HEADS["territorial"], rows["属地管理事项"][1].cells, strict=False))
    assert territorial["基础事项"] == "M-CG 占道经营"
    assert territorial["主责单位"] == "D-CG 综合执法局"
    assert (territorial["时限"], territorial["时限单位"], territorial["乡镇街道角色"]) == ("5", "工作日", "配合")
    assert [row.cells[:2] for row in rows["立案条件"][1:]] == [["T-CG", "M-CG-01"], ["T-CG", "M-CG-02"]]
    assert rows["配合单位"][1].cells == ["T-CG", "指定单位", "U-GS 自来水公司", "'=协助供水"]
    assert rows["办理流程"][1].cells[:4] == ["T-CG", "1", "巡查发现", "所在乡镇街道"]
    assert rows["部门职责事项"][1].cells[HEADS["unit_duty"].index("主体责任")].startswith("'-")


def test_a_change_a_new_item_and_one_that_is_left_out_become_a_draft_that_is_approved(registry, tmp_path):
    def change(content):
        cell(content, "territorial", "T-CG", "时限", "３")
        cell(content, "territorial", "T-CG", "主体责任", "依法查处。")
        content["部门职责事项"].pop()  # D-GS-2
        new = dict.fromkeys(HEADS["power"], "") | {
            "事项编码": "Q-GS-9",
            "事项名称": "供水检查",
            "领域": "城乡建设",
            "权责单位": "自来水公司",
            "适用区域": "峄城区",
            "主责方式": "指定单位",
            "主责单位": "自来水公司",
            "主体责任": "检查。",
            "乡镇街道角色": "不承担",
            "法律政策依据": "城市供水条例",
        }
        content["权力事项"].append(list(new.values()))
        content["办理流程"].append(["Q-GS-9", "1", "检查", "自来水公司", "2", "天", ""])

    path = changed(exported(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", change)
    sheet = imported(registry, path, whole=True)
    assert verdicts(sheet) == {"T-CG": "changed", "D-GS-1": "same", "Q-GS-9": "new", "D-GS-2": "gone"}
    assert sheet.stage == "drafted"
    lines = {line.item_code: line for line in sheet.draft.lines.all()}
    assert {code: line.verdict for code, line in lines.items()} == {
        "T-CG": "changed",
        "Q-GS-9": "new",
        "D-GS-2": "gone",
    }
    assert lines["T-CG"].payload == {"limit_value": "3", "limit_unit": "workday", "lead_duty": "依法查处。"}
    told = {one["key"]: (one["before"], one["after"]) for one in sheet.rows.get(item_code="T-CG").changes}
    assert told["lead_duty"] == ("依法查处占道经营行为。", "依法查处。")
    assert sheet.draft.origin == DraftOrigin.SHEET
    drafts.submit(draft_id=sheet.draft.pk, actor=registry.actor("keeper"), at=MONDAY)
    publishing.approve(draft_id=sheet.draft.pk, actor=registry.actor("director"), at=MONDAY)
    held = held_items(codes=["T-CG", "Q-GS-9", "D-GS-2"], on=LATER)
    assert str(held["T-CG"].content.limit_value) == "3.00"
    assert held["Q-GS-9"].content.chart[0].who == "U-GS"
    assert not held["D-GS-2"].in_force(LATER)


def test_without_the_word_that_it_is_the_whole_list_nothing_is_gone(registry, tmp_path):
    path = changed(exported(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", lambda content: content["部门职责事项"].pop())
    assert imported(registry, path).stage == "same"
    path = changed(path, tmp_path / "c.xlsx", lambda content: content.pop("部门职责事项"))
    assert imported(registry, path, whole=True).stage == "same"  # the file does not speak of that list


def test_one_list_alone_can_be_the_whole_list_and_ends_nothing_of_the_others(registry, tmp_path):
    def only_territorial(content):
        del content["部门职责事项"][1:]

    path = changed(exported(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", only_territorial)
    sheet = imported(registry, path, whole=True)
    assert (sheet.stage, sheet.kinds) == ("same", ["territorial"])


def test_columns_and_sheets_that_are_taken_out_leave_what_they_say(registry, tmp_path):
    def change(content):
        for name in ("立案条件", "配合单位", "办理流程", "填写说明"):
            content.pop(name)
        at = HEADS["territorial"].index("保障措施")
        for row in content["属地管理事项"]:
            row.pop(at)

    assert imported(registry, changed(exported(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", change)).stage == "same"


def test_a_draft_of_a_sheet_undoes_nothing_that_happened_meanwhile(registry, tmp_path):
    path = changed(
        exported(tmp_path / "a.xlsx"),
        tmp_path / "b.xlsx",
        lambda content: cell(content, "unit_duty", "D-GS-1", "事项名称", "管网维护"),
    )
    sheet = imported(registry, path)
    approved(registry, ("change", "D-GS-2", {"safeguards": "新经费"}))
    assert list(sheet.draft.lines.values_list("item_code", "payload")) == [("D-GS-1", {"name": "管网维护"})]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_one_csv_of_items_is_enough(registry, tmp_path, encoding):
    sheet = imported(registry, csv_of(tmp_path / "a.csv", ROW, encoding=encoding))
    assert verdicts(sheet) == {"D-GS-7": "new"}
    assert sheet.draft.lines.get().payload["unit"] == "U-GS"


def test_names_that_two_share_are_found_by_code_only(world):
    world.units["mediators"].__class__.objects.filter(code="MC-370404").update(short_name="自来水公司")
    names = names_here()
    assert names.units.code_of("Ｕ－ＧＳ") == "U-GS"
    with pytest.raises(Exception, match="unknown_name"):
        names.units.code_of("自来水公司")
    assert names.categories.codes_of("010101 占道经营；010102\n村内垃圾") == ["010101", "010102", "010103"]
    assert names.categories.codes_of("010101、010102") == ["010101", "010102"]


def test_an_import_is_stopped_goes_on_and_is_forgotten(registry, tmp_path):
    sheet = handed_in(registry, exported(tmp_path / "a.xlsx"))
    keeper = registry.actor("keeper")
    sheets.compare_chunk(import_id=sheet.pk, actor=keeper, at=MONDAY, size=2)
    sheets.stop(import_id=sheet.pk, actor=keeper)
    assert sheets.compare_chunk(import_id=sheet.pk, actor=keeper, at=MONDAY) is None
    with refused(WrongState):
        sheets.stop(import_id=sheet.pk, actor=keeper)
    sheet.refresh_from_db()
    assert (sheet.stage, sheet.done) == ("stopped", 2)
    sheets.start(import_id=sheet.pk, actor=keeper)
    assert run(registry, sheet).stage == "same"
    sheets.discard(import_id=sheet.pk, actor=keeper)
    assert not SheetRow.objects.exists()


def test_only_who_may_propose_imports_and_sees_what_is_theirs(registry, tmp_path):
    path = exported(tmp_path / "a.xlsx")
    with refused(NotAllowed):
        handed_in(registry, path, name="gridworker")
    sheet = handed_in(registry, path, name="urban_handler")
    with refused(Missing):
        sheets.import_of(import_id=sheet.pk, actor=registry.actor("water_handler"))
    assert sheets.import_of(import_id=sheet.pk, actor=registry.actor("keeper")) == sheet


def test_the_template_is_a_workbook_that_says_nothing(world, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet_export.template().read())
    with opened(path, limits=Limits()) as book:
        assert [sheet.name for sheet in book.sheets][:2] == ["属地管理事项", "乡镇街道履职事项"]
    with pytest.raises(Invalid):
        handed_in(world, path)


def test_every_column_is_read_and_every_word_means_something(world):
    for name, heads in HEADS.items():
        assert len(heads) == len(set(heads)) > 3, name
    assert set(layout.WORDS["kind"].values()) == set(layout.KINDS)
    book = workbook_of(items=[("X-1", {**unhelped(), "part": ""})], names=names_here())
    assert book.read(2) == b"PK"


def test_the_command_says_what_would_happen_and_makes_the_draft(registry, tmp_path, capsys):
    path = csv_of(tmp_path / "a.csv", ROW)
    call_command("import_items", path, "--dry-run", "--effective", "2026-12-01")
    assert "1 new" in capsys.readouterr().out
    assert not SheetImport.objects.exists()
    call_command("import_items", path, "--as", "keeper", "--reason", "机构改革", "--effective", "2026-12-01")
    assert Draft.objects.get(origin=DraftOrigin.SHEET).number in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("import_items", path, "--effective", "2026-12-01")
    with pytest.raises(CommandError):
        call_command("import_items", csv_of(tmp_path / "b.csv"), "--dry-run")
