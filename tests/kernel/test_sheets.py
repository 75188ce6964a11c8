"""Sheets read as people wrote them, and every cell that is not what it seems is marked."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from kernel.sheets import cells
from kernel.sheets.cells import BadCell
from kernel.sheets.limits import Limits
from kernel.sheets.merging import letters_of, position_of, ranges_of
from kernel.sheets.problems import BadFile, Place
from kernel.sheets.reading import Row, opened
from kernel.sheets.tables import Column, find_table
from kernel.sheets.values import kind_of_format
from kernel.sheets.words import WHY, told, where, words
from tests.kernel.workbooks import RELATIONS, office, row, workbook

COLUMNS = (
    Column(field="code", names=("编码", "事项编码"), needed=True),
    Column(field="name", names=("名称",), needed=True),
    Column(field="note", names=("备注",)),
)


def rows(path, **options) -> list[Row]:
    with opened(path, limits=Limits(), **options) as book:
        return [one for sheet in book.sheets for one in sheet.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_reads_the_same_in_every_encoding_and_with_every_separator(tmp_path, encoding, separator):
    path = tmp_path / "a.csv"
    path.write_bytes(separator.join(["编码", "𬸘水", '"两\r\n行"']).encode(encoding))
    assert rows(path) == [Row(1, ["编码", "𬸘水", "两\r\n行"])]


def test_a_workbook_shows_numbers_days_and_times_as_people_write_them(tmp_path):
    def fill(book):
        sheet = book.add_worksheet("一")
        day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        moment = book.add_format({"num_format": "yyyy/m/d h:mm:ss"})
        span = book.add_format({"num_format": "[h]:mm"})
        clock = book.add_format({"num_format": "h:mm"})
        sheet.write_row(0, 0, [3, 0.1 + 0.2, 13812345678, -5, True, "文 本"])
        sheet.write_datetime(1, 0, datetime(2026, 12, 1), day)
        sheet.write_datetime(1, 1, datetime(2026, 11, 15, 8, 5, 9), moment)
        sheet.write_number(1, 2, 1.5, span)
        sheet.write_number(1, 3, 0.25, clock)
        sheet.write_number(1, 4, 46357)

    assert [one.cells for one in rows(office(tmp_path / "a.xlsx", fill))] == [
        ["3", "0.3", "13812345678", "-5", "1", "文 本"],
        ["2026-12-01", "2026-11-15 08:05:09", "36:00:00", "06:00:00", "46357"],
    ]


def test_rich_texts_readings_and_escapes_read_as_shown(tmp_path):
    shared = (
        "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        "<si><r><t>供</t></r><r><t>水</t></r><rPh sb='0' eb='1'><t>gong</t></rPh></si><si><t>a_x000A_b</t></si></sst>"
    )
    sheet = b"<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>"
    path = workbook(tmp_path / "a.xlsx", [sheet], xl__sharedStrings_dot_xml=shared)
    assert rows(path) == [Row(1, ["供水", "a\nb"])]


def test_a_part_may_be_named_from_the_root_and_tags_may_have_prefixes(tmp_path):
    whole = (
        b"<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetData>"
        b"<x:row r='3'><x:c r='B3'><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    relations = RELATIONS.replace("worksheets/", "/xl/worksheets/")
    path = workbook(tmp_path / "a.xlsx", whole=whole, **{"xl___rels__workbook_dot_xml_dot_rels": relations})
    assert rows(path) == [Row(3, ["", "7"])]


def test_cells_that_are_not_what_they_seem_are_marked(tmp_path):
    def fill(book):
        sheet = book.add_worksheet("事项")
        sheet.write_formula(0, 0, "=B1*2", None, 8)
        sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!")
        sheet.write_number(0, 2, 370404199001011234)
        sheet.merge_range("A3:B4", "合并")
        sheet.write_string(3, 2, "旁边")

    found = rows(office(tmp_path / "a.xlsx", fill))
    assert found[0].marks == {0: "formula", 1: "error", 2: "long_number"}
    assert found[0].cells[0] == "8"
    assert found[1] == Row(3, ["合并"], {0: "merged", 1: "merged"})
    assert found[2] == Row(4, ["", "", "旁边"], {0: "merged", 1: "merged"})


def test_only_the_first_sheet_with_content_is_read_where_that_is_asked(tmp_path):
    def fill(book):
        for name, text in (("空", ""), ("一", "a"), ("二", "b")):
            book.add_worksheet(name).write(0, 0, text)

    path = office(tmp_path / "a.xlsx", fill)
    assert [one.cells for one in rows(path)] == [["a"], ["b"]]
    assert [one.cells for one in rows(path, first=True)] == [["a"]]


def test_formats_of_days_and_times_are_told_from_those_of_numbers():
    known = {
        "General": "",
        "0.00": "",
        "#,##0.00_);[Red](#,##0.00)": "",
        "@": "",
        '0"days"': "",
        "yyyy-mm-dd": "day",
        '[$-804]yyyy"年"m"月"d"日";@': "day",
        "yyyy/m/d h:mm": "moment",
        "h:mm:ss": "time",
        "[h]:mm": "span",
        "mmm": "day",
    }
    assert {one: kind_of_format(one) for one in known} == known


def table_of(tmp_path, text):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with opened(path, limits=Limits()) as book:
        table = find_table(book.sheets[0], columns=COLUMNS)
        return table, list(table.records())


def test_a_table_is_found_below_its_title_with_columns_in_any_order(tmp_path):
    table, records = table_of(tmp_path, "峄城区事项清单,,\n,,\n备注,＊名称（必填）,多余的,编码\n无,供水,x,Ａ１\n,,y,\n")
    assert not table.faults
    assert [one.values for one in records] == [{"note": "无", "name": "供水", "code": "Ａ１"}]
    assert records[0].places["code"] == Place(row=4, column=4, heading="编码")


def test_columns_that_are_missing_or_there_twice_are_faults_of_the_heading(tmp_path):
    table, _records = table_of(tmp_path, "编码,事项编码,备注\n1,2,3\n")
    assert [(one.why, one.place.heading) for one in table.faults] == [
        ("twice_column", "事项编码"),
        ("missing_column", "名称"),
    ]
    table, _records = table_of(tmp_path, "甲,乙\n1,2\n")
    assert [one.why for one in table.faults] == ["no_heading"]


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (cells.whole, "１２", 12),
        (cells.whole, "12.0", 12),
        (cells.number, "1,234.5", Decimal("1234.5")),
        (cells.number, "", None),
        (cells.day, "２０２６年１２月１日", date(2026, 12, 1)),
        (cells.day, "2026-12-01 00:00:00", date(2026, 12, 1)),
        (cells.day, "2026/2/3", date(2026, 2, 3)),
        (cells.code, " ＹＣ－Ａ－００１ ", "YC-A-001"),
    ],
)
def test_full_width_digits_count_where_numbers_days_and_codes_are_meant(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "why"),
    [
        (cells.whole, "1.5", "no_whole_number"),
        (cells.number, "三", "no_number"),
        (cells.number, "NaN", "no_number"),
        (cells.number, "1e999999999", "no_number"),
        (cells.day, "46357", "serial_day"),
        (cells.day, "2026-02-30", "no_day"),
        (cells.day, "2026-12-01 08:00:00", "no_day"),
        (cells.code, "a b", "no_code"),
        (cells.code, "x" * 65, "too_long"),
        (lambda text: cells.plain(text, most=3), "四个字的", "too_long"),
        (lambda text: cells.plain(text, most=3, needed=True), " ", "missing"),
        (lambda text: cells.word(text, choices={"是": "yes"}), "也许", "unknown_word"),
    ],
)
def test_a_cell_that_says_something_else_is_refused_by_name(read, text, why):
    with pytest.raises(BadCell) as refused:
        read(text)
    assert refused.value.why == why
    assert words(
        why, refused.value.detail, choices="", **{k: v for k, v in refused.value.more.items() if k != "choices"}
    )


def test_prose_loses_what_cannot_be_stored_and_the_apostrophe_of_our_exports():
    assert cells.plain("'=1+1", most=9) == "=1+1"
    assert cells.plain("'引用", most=9) == "'引用"
    assert cells.plain("含\x00\u202e制\r\n行", most=9) == "含制\n行"


def test_columns_have_letters_and_ranges_have_ends():
    assert [letters_of(one) for one in (1, 26, 27, 16_384)] == ["A", "Z", "AA", "XFD"]
    assert [position_of(one) for one in ("A", "Z", "AA")] == [0, 25, 26]
    assert ranges_of(["B2:C9", "A1", "rubbish", "A1:B1"])[0].top == 1


def test_a_fault_says_sheet_row_and_column_and_every_code_has_words():
    place = Place(sheet="事项", row=3, column=28, heading="名称")
    assert all(part in where(place) for part in ("事项", "3", "AB", "名称"))
    assert "事项" in told(BadFile("too_many_rows", "10", place=Place(sheet="事项")))
    assert all(words(why, "1", choices="a") for why in WHY)
    assert words("no code of ours") == "no code of ours"
    assert row(1, "a")
