"""What comes as a file: read in any encoding, refused where it is hostile."""

from __future__ import annotations

import resource
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from kernel.sheets.problems import BadFile
from kernel.sheets.reading import Row
from kernel.sheets.verdicts import csv_lines
from petitions.choices import Nature, Urgency
from petitions.intake import mapping, spooling, tables
from petitions.intake.problems import BadRow
from petitions.intake.reading import cells_by_field
from petitions.intake.reasons import reason
from tests.petitions.exports import HEADING, bomb, csv_file, row, text, xlsx_file


def spooled(path, tmp_path, **options) -> list[Row]:
    target = tmp_path / "rows.jsonl"
    count = spooling.spool(source=path, target=target, **options)
    rows = list(spooling.rows_of(target))
    assert len(rows) == count
    assert spooling.columns_of(target)[: len(HEADING)] == HEADING
    return rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_reads_the_same_in_every_encoding(tmp_path, encoding):
    path = csv_file(tmp_path / "export.csv", [row(1), row(2, 标题="𬸘水断流")], encoding=encoding)
    assert [one.cells for one in spooled(path, tmp_path)] == [row(1), row(2, 标题="𬸘水断流")]


def test_lines_inside_a_cell_and_empty_rows_keep_the_numbers_of_the_spreadsheet(tmp_path):
    rows = [row(1, 诉求内容='第一行\r\n第二行，“引号”"与逗号,'), [""] * len(HEADING), row(3)]
    read = spooled(csv_file(tmp_path / "export.csv", rows), tmp_path)
    assert [one.number for one in read] == [2, 4]
    assert read[0].cells[2] == '第一行\r\n第二行，“引号”"与逗号,'


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_found(tmp_path, separator):
    path = tmp_path / "export.csv"
    path.write_text("\n".join(separator.join(one) for one in [HEADING, row(1)]), encoding="utf-8")
    assert spooled(path, tmp_path)[0].cells == row(1)


def test_a_workbook_reads_like_the_csv_with_numbers_and_times_as_people_write_them(tmp_path):
    cells: list[object] = list(row(1))
    cells[0], cells[3], cells[5] = 20261115001, datetime(2026, 11, 15, 8, 5, 9), 13812345678
    path = xlsx_file(tmp_path / "export.xlsx", [cells], heading="12345热线工单导出")
    read = spooled(path, tmp_path)
    assert read[0].number == 3
    assert (read[0].cells[0], read[0].cells[3], read[0].cells[5]) == (
        "20261115001",
        "2026-11-15 08:05:09",
        "13812345678",
    )


def archive(path, **entries):
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: bomb(path, megabytes=20), "bomb"),
        (lambda path: archive(path, **{f"x{n}": "" for n in range(2500)}), "bomb"),
        (lambda path: archive(path, readme="hello"), "no_workbook"),
        (lambda path: archive(path, **{"xl/workbook.xml": "<not closed"}), "damaged"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + b"\xff" * 300), "damaged"),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 500), "old_workbook"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"\x81\xff\x00\xfe\xff" * 50), "encoding"),
        (lambda path: path.write_bytes(b"just one cell\n"), "no_table"),
        (lambda path: path.write_bytes(b",".join(b"c%d" % n for n in range(500))), "too_many_columns"),
        (lambda path: path.write_bytes(b"a,b\n" + b'"' + b"x" * 300_000), "damaged"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_reason_and_leaves_nothing(tmp_path, make, why):
    path = tmp_path / "export.xlsx"
    make(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadFile) as refused:
        spooling.spool(source=path, target=tmp_path / "rows.jsonl")
    assert refused.value.why == why
    assert not list(tmp_path.glob("rows.jsonl*"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def test_cells_that_are_not_what_they_seem_refuse_their_row_and_what_a_formula_came_to_is_taken(tmp_path):
    path = tmp_path / "export.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADING)
    for number in range(1, 5):
        sheet.write_row(number, 0, row(number))
    sheet.write_formula(1, 1, '="停"&"水"', None, "停水")
    sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    sheet.merge_range("B4:B5", "合并")
    book.close()
    read = []
    for one in spooled(path, tmp_path):
        try:
            said = cells_by_field(one, columns=HEADING, mapping={"source_no": "工单编号", "title": "标题"})
            read.append(said["title"])
        except BadRow as bad:
            read.append((bad.column, bad.why))
    assert read == ["停水", ("title", "error"), ("title", "merged"), ("title", "merged")]
    assert all(str(reason(why)) != why for why in ("error", "merged", "long_number"))


def test_columns_are_guessed_from_the_names_of_our_exports_and_of_others():
    found = mapping.guess(HEADING)
    assert found["source_no"] == "工单编号"
    assert found["text"] == "诉求内容"
    assert found["phone"] == "联系电话"
    assert set(found.values()) == set(HEADING)
    assert mapping.guess(["id", "user", "title", "time", "text"]) == {
        "source_no": "id",
        "name": "user",
        "title": "title",
        "time": "time",
        "text": "text",
    }
    assert mapping.guess(["工单编号（必填）", "＊内容"]) == {"source_no": "工单编号（必填）", "text": "＊内容"}
    assert "source_no" not in mapping.guess(["序号", "内容"])
    assert set(mapping.NAMES) == set(mapping.LABELS)


def test_words_of_the_tables_mean_values_that_exist():
    assert set(tables.meanings(field="nature").values()) <= set(Nature.values)
    assert set(tables.meanings(field="urgency").values()) <= set(Urgency.values)


def test_a_mapping_said_by_hand_is_checked():
    said = mapping.parsed("source_no=编号,title=标题,text=内容")
    assert mapping.faults(said, columns=["编号", "标题", "内容"]) == {}
    assert mapping.faults(said, columns=["编号", "标题"]) == {"text": "no_such_column"}
    assert mapping.faults({"title": "编号", "source_no": "编号"}, columns=["编号"]) == {"source_no": "taken_twice"}
    assert mapping.faults({}, columns=[]) == {"source_no": "needed", "text": "needed"}
    with pytest.raises(ValueError, match="colour"):
        mapping.parsed("colour=颜色")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_cell_of_the_verdicts_can_become_a_formula(start):
    line = list(csv_lines(heading=["a"], rows=[[start + "HYPERLINK(1)"]]))[1]
    assert line.lstrip('"').startswith(f"'{start}")


def test_the_first_line_of_the_verdicts_says_that_they_are_utf8():
    assert next(csv_lines(heading=["行"], rows=[])) == "\ufeff行\r\n"
    assert text([["a"]]) == '"a"\r\n'
