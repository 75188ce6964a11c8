"""The registry out as a workbook and in again: nothing is lost, nothing is half imported, every fault has its place."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from kernel.errors import Invalid, Missing, NotAllowed, Unprocessable, WrongState
from kernel.sheets.limits import Limits
from kernel.sheets.reading import opened
from organizations.models import User
from registry.choices import DraftOrigin, LineVerdict
from registry.models import Draft, Item, SheetImport, SheetRow
from registry.queries.contents import held_items
from registry.services import drafts, publishing, sheet_export, sheet_files, sheets
from registry.sheets import layout
from registry.sheets.names import names_here
from registry.sheets.writing import workbook_of
from registry.tasks import continue_sheets
from tests.refusals import refused
from tests.registry.steps import LATER, approved, duty, found, stall, unhelped
from tests.world import COUNTY, MONDAY

pytestmark = pytest.mark.django_db

HEADS = {name: [column.names[0] for column in layout.columns_of(sheet=name)] for name in (*layout.KINDS, *layout.BELOW)}


@pytest.fixture
def registry(world):
    """Three items of two lists."""
    found(
        ("T-CG", stall(cooperations=[{"rule": "unit", "unit": "U-GS", "duty": "=协助供水"}])),
        ("D-GS-1", duty(lead_duty="-按规程维护\n第二行", safeguards="'=引号")),
        ("D-GS-2", duty(name="供水应急")),
    )
    return world


def exported(path: Path, *, on: date = LATER) -> Path:
    path.write_bytes(sheet_export.export_items(items=Item.objects.all(), on=on).read())
    return path


def changed(path: Path, target: Path, change) -> Path:
    """The workbook with its cells passed through `change(sheets)`: sheet → rows of texts."""
    with opened(path, limits=Limits()) as book:
        content = {sheet.name: [row.cells for row in sheet.rows()] for sheet in book.sheets}
    change(content)
    return written(target, content)


def written(target: Path, content: dict[str, list[list[Any]]], extra=None) -> Path:
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    for name, rows in content.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            for at, cell in enumerate(cells):
                sheet.write(number, at, cell)
        if extra:
            extra(name, sheet)
    book.close()
    return target


def handed_in(world, path: Path, *, name: str = "keeper", **options: Any) -> SheetImport:
    return sheet_files.open_import(
        file=path,
        filename=path.name,
        title="年度调整",
        reason="机构改革",
        effective=LATER,
        actor=world.actor(name),
        at=MONDAY,
        **options,
    )


def run(world, sheet: SheetImport, *, size: int = 2) -> SheetImport:
    while sheets.compare_chunk(import_id=sheet.pk, actor=world.actor("keeper"), at=MONDAY, size=size):
        pass
    sheet.refresh_from_db()
    return sheet


def imported(world, path: Path, **options: Any) -> SheetImport:
    return run(world, handed_in(world, path, **options))


def verdicts(sheet: SheetImport) -> dict[str, str]:
    return dict(sheet.rows.order_by("position").values_list("item_code", "verdict"))


def cell(content, sheet: str, code: str, heading: str, value: str) -> None:
    rows = content[layout.SHEET_NAMES[sheet][0]]
    at = rows[0].index(heading)
    row = next(one for one in rows if one[0] == code)
    row += [""] * (at + 1 - len(row))
    row[at] = value


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


def csv_of(path: Path, *rows: list[str], encoding: str = "gb18030", **more: str) -> Path:
    heads = ["编码", "清单", "名称", "领域", "所属单位", "区域", "牵头方式", "牵头单位", "主体责任", "乡镇角色", "依据"]
    out = StringIO()
    csv.writer(out).writerows([heads, *rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


ROW = ["D-GS-7", "部门职责", "水表检定", "城乡建设", "自来水公司", COUNTY, "", "自来水公司", "检定。", "", "供水条例"]
ROW[6], ROW[9] = "单位", "无"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_one_csv_of_items_is_enough(registry, tmp_path, encoding):
    sheet = imported(registry, csv_of(tmp_path / "a.csv", ROW, encoding=encoding))
    assert verdicts(sheet) == {"D-GS-7": "new"}
    assert sheet.draft.lines.get().payload["unit"] == "U-GS"


def faults(sheet: SheetImport) -> list[tuple]:
    rows = sheet.rows.filter(verdict=LineVerdict.WRONG).order_by("position")
    return [(one["why"], *one["place"][:3]) for row in rows for one in row.faults]


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


def upload(path: Path, **said: str) -> dict[str, Any]:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return {"file": file, "title": "年度调整", "reason": "机构改革", "effective": LATER.isoformat(), **said}


@pytest.fixture
def desk(registry, client):
    client.force_login(registry.users["keeper"])
    return client


def test_the_pages_take_a_file_show_its_rows_and_lead_to_the_draft(desk, tmp_path):
    path = changed(
        exported(tmp_path / "a.xlsx"),
        tmp_path / "b.xlsx",
        lambda content: cell(content, "unit_duty", "D-GS-1", "事项名称", "管网维护"),
    )
    answer = desk.post(reverse("registry:import"), upload(path))
    sheet = SheetImport.objects.get()
    assert answer.url == reverse("registry:sheet", args=[sheet.pk])
    progress = reverse("registry:sheet-progress", args=[sheet.pk])
    assert "progress" in desk.get(progress).content.decode()
    continue_sheets()
    assert desk.get(progress).headers["HX-Refresh"] == "true"
    shown = desk.get(answer.url).content.decode()
    assert "管网维护" in shown
    assert str(Draft.objects.get(origin=DraftOrigin.SHEET).pk) in shown
    assert "D-GS-2" in desk.get(answer.url, {"verdict": "same"}).content.decode()
    lines = b"".join(desk.get(reverse("registry:sheet-verdicts", args=[sheet.pk])).streaming_content).decode()
    assert "管网维护" in lines
    assert desk.get(reverse("registry:import")).status_code == 200


def test_a_bad_file_is_a_fault_of_the_form(desk, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04rubbish")
    assert desk.post(reverse("registry:import"), upload(path)).status_code == 422
    path = exported(tmp_path / "b.xlsx")
    assert desk.post(reverse("registry:import"), upload(path, title="")).status_code == 422
    assert not SheetImport.objects.exists()


def test_stopping_going_on_and_discarding_are_buttons(desk, registry, client, tmp_path):
    desk.post(reverse("registry:import"), upload(exported(tmp_path / "a.xlsx")))
    sheet = SheetImport.objects.get()
    for name, stage in (("stop", "stopped"), ("start", "running")):
        desk.post(reverse("registry:sheet-deed", args=[sheet.pk, name]))
        sheet.refresh_from_db()
        assert sheet.stage == stage
    client.force_login(registry.users["water_handler"])
    assert client.post(reverse("registry:sheet-deed", args=[sheet.pk, "stop"])).status_code in (403, 404)
    client.force_login(registry.users["gridworker"])
    assert client.get(reverse("registry:import")).status_code == 403
    client.force_login(registry.users["keeper"])
    desk.post(reverse("registry:sheet-deed", args=[sheet.pk, "discard"]))
    assert not SheetImport.objects.exists()


def test_an_import_ends_with_the_rights_of_who_began_it(desk, tmp_path):
    desk.post(reverse("registry:import"), upload(exported(tmp_path / "a.xlsx")))
    User.objects.filter(username="keeper").update(is_active=False)
    assert continue_sheets() == 0
    sheet = SheetImport.objects.get()
    assert sheet.stage == "stopped"
    assert sheet.note


def test_the_export_page_gives_what_the_filters_show(desk, tmp_path):
    answer = desk.get(reverse("registry:export"), {"kind": "unit_duty"})
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    with opened(path, limits=Limits()) as book:
        counts = {sheet.name: sheet.count for sheet in book.sheets}
    assert (counts["属地管理事项"], counts["部门职责事项"]) == (1, 3)
    assert desk.get(reverse("registry:template")).status_code == 200
    desk.logout()
    assert desk.get(reverse("registry:export")).status_code == 302


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
