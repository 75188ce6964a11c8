"""Files that mean harm: refused by name, within bounded memory and time, and nothing of them is left."""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
import zipfile
from dataclasses import asdict
from pathlib import Path

import pytest

from kernel import limited
from kernel.sheets import archive, child, reading
from kernel.sheets.limits import MEMORY_BYTES, Limits
from kernel.sheets.problems import BadFile
from kernel.sheets.words import told
from tests.kernel.workbooks import (
    HEAD,
    RELATIONS,
    TYPES,
    WORKBOOK,
    expanding,
    lying,
    many_rows,
    office,
    row,
    workbook,
)

LIMITS = Limits()


@pytest.fixture(autouse=True)
def own_folder(tmp_path_factory, monkeypatch):
    """Temporary files of these tests lie by themselves: others read sheets at the same time."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("sheets")))


def refused(path, *, limits=LIMITS, **options) -> BadFile:
    begun, before = time.monotonic(), set(Path(tempfile.gettempdir()).glob("sheets-*"))
    with pytest.raises(BadFile) as found, reading.opened(path, limits=limits, **options) as book:
        raise AssertionError(book)
    assert time.monotonic() - begun < limits.seconds + 2
    assert set(Path(tempfile.gettempdir()).glob("sheets-*")) <= before
    assert told(found.value)
    return found.value


def written(path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def packed_in(path, name: str, **parts):
    inner = workbook(path.with_name("inner.xlsx"), [row(1, "a")])
    return workbook(path, [row(1, "a")], **{name: inner.read_bytes()}, **parts)


ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
)
MACRO_TYPES = TYPES.replace("/>", "><Default ContentType='macroEnabled'/></Types>")
LAUGHS = ENTITY.replace(b'SYSTEM "file:///etc/passwd"', b'"' + b"ha" * 500 + b'"')


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: written(path, b""), "empty"),
        (lambda path: written(path, b"PK\x03\x04" + b"\xff" * 300), "damaged"),
        (lambda path: written(path, b"\xd0\xcf\x11\xe0" + b"\0" * 500), "old_workbook"),
        (lambda path: written(path, b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")), "locked"),
        (lambda path: written(path, b"%PDF-1.7 ..."), "no_table"),
        (lambda path: written(path, b"\x89PNG\r\n\x1a\n"), "no_table"),
        (lambda path: written(path, b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table>"), "web_page"),
        (lambda path: written(path, b"\x81\xff\x00\xfe\xff" * 50), "encoding"),
        (lambda path: written(path, b"a\x00,b\n1,2\n"), "no_table"),
        (lambda path: written(path, b"a,b\n" + b'"' + b"x" * 300_000), "damaged"),
        (lambda path: expanding(path, megabytes=310), "bomb"),
        (lambda path: expanding(path, megabytes=20), "bomb"),
        (lambda path: workbook(path, **{f"x{n}": b"" for n in range(2500)}), "bomb"),
        (lambda path: packed_in(path, "xl__media__a_dot_bin"), "nested"),
        (lambda path: packed_in(path, "xl__embeddings__a_dot_xlsx"), "nested"),
        (lambda path: workbook(path, xl__vbaProject_dot_bin=b"x"), "macros"),
        (
            lambda path: workbook(path, **{"[Content_Types]_dot_xml": TYPES.replace("/>", ">macroEnabled</Types>")}),
            "macros",
        ),
        (lambda path: workbook(path, xl__externalLinks__externalLink1_dot_xml=b"<x/>"), "external_links"),
        (lambda path: workbook(path, xl__connections_dot_xml=b"<x/>"), "external_links"),
        (lambda path: workbook(path, xl__workbook_dot_bin=b"x"), "old_workbook"),
        (lambda path: workbook(path, whole=ENTITY), "doctype"),
        (lambda path: workbook(path, whole=LAUGHS), "doctype"),
        (lambda path: workbook(path, xl__workbook_dot_xml="<!DOCTYPE x><workbook/>"), "doctype"),
        (lambda path: workbook(path, whole=HEAD), "damaged"),
        (lambda path: workbook(path, xl__workbook_dot_xml="<not closed"), "damaged"),
        (lambda path: workbook(path, xl__workbook_dot_xml="<workbook/>"), "no_table"),
        (lambda path: workbook(path, [b"<row r='5'/><row r='2'/>"]), "damaged"),
        (lambda path: workbook(path, [b"<row r='99999999'/>"]), "damaged"),
        (lambda path: workbook(path, [b"<row r='x'/>"]), "damaged"),
        (lambda path: workbook(path, [b"<row><c t='s'><v>7</v></c></row>"]), "damaged"),
        (lambda path: workbook(path, [b"<row><c r='\xc3\x841'><v>7</v></c></row>"]), "damaged"),
        (lambda path: workbook(path, [b"<row><c><v>" + b"9" * 5000 + b"x</v></c></row>"]), "damaged"),
        (lambda path: workbook(path, [row(1, "x" * 300_000)]), "long_cell"),
        (lambda path: workbook(path, [b"<row r='2'><c r='XFD2'><v>1</v></c></row>"]), "too_many_columns"),
        (lambda path: workbook(path, [row(1, *["x"] * 16_384)]), "too_many_columns"),
        (lambda path: written(path, b",".join(b"c%d" % n for n in range(16_384))), "too_many_columns"),
        (lambda path: lying(path, megabytes=60), "damaged"),
    ],
)
def test_what_is_no_plain_table_is_refused_by_name(tmp_path, make, why):
    assert refused(make(tmp_path / "export.xlsx")).why == why


def test_many_sheets_are_too_many(tmp_path):
    path = office(tmp_path / "a.xlsx", lambda book: [book.add_worksheet() for _ in range(31)])
    assert refused(path).why == "too_many_sheets"


def test_a_file_beyond_the_size_is_not_even_opened(tmp_path):
    assert refused(written(tmp_path / "a.xlsx", b"PK\x03\x04" * 100), limits=Limits(bytes=300)).why == "too_large"


def test_the_wrong_place_is_named_down_to_the_column(tmp_path):
    bad = refused(workbook(tmp_path / "a.xlsx", [row(1, "a"), b"<row r='2'><c r='XFD2'><v>1</v></c></row>"]))
    assert (bad.place.sheet, bad.place.row, bad.place.column) == ("事项", 2, 16_384)


def test_a_locked_part_and_a_strange_packing_are_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("xl/workbook.xml", WORKBOOK)
    assert refused(path).why == "no_workbook"
    path = workbook(tmp_path / "b.xlsx", [row(1, "a")])
    content = bytearray(path.read_bytes())
    for at in [at for at in range(len(content)) if content[at : at + 4] == b"PK\x01\x02"]:
        content[at + 8] |= 1
    assert refused(written(path, bytes(content))).why == "locked"


def test_a_truncated_workbook_is_damaged_wherever_it_is_cut(tmp_path):
    whole = workbook(tmp_path / "a.xlsx", [row(n, "文字", "更多") for n in range(1, 200)]).read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        cut = written(tmp_path / "cut.xlsx", whole[: int(len(whole) * share)])
        assert refused(cut).why == "damaged"


@pytest.fixture(scope="module")
def half_a_million(tmp_path_factory):
    return many_rows(tmp_path_factory.mktemp("rows") / "a.xlsx", rows=500_000, cells=4)


def test_500_000_rows_are_refused_early_in_little_memory(half_a_million, tmp_path):
    begun = time.monotonic()
    bad = refused(half_a_million, limits=Limits(rows=20_000))
    assert (bad.why, bad.place.sheet, bad.place.row) == ("too_many_rows", "事项", 20_002)
    assert time.monotonic() - begun < 5
    peak = peak_of(half_a_million, limits=Limits(rows=20_000))
    assert peak < 200_000  # KB


def peak_of(path, *, limits) -> int:
    """The most memory the child held, in KB, also where it refused."""
    with tempfile.TemporaryDirectory() as scratch:
        with contextlib.suppress(BadFile):
            reading._read(path, Path(scratch), limits=limits, encoding="auto", first=False)
        return int(json.loads((Path(scratch) / child.INDEX).read_text())["peak_kb"])


def test_a_csv_of_500_000_rows_is_refused_in_little_memory(tmp_path):
    path = written(tmp_path / "a.csv", "编码,名称\n".encode("gb18030") + "A,供水\n".encode("gb18030") * 500_000)
    assert refused(path, limits=Limits(rows=20_000)).why == "too_many_rows"
    assert peak_of(path, limits=Limits(rows=20_000)) < 60_000


def test_memory_has_an_end_whatever_the_file_asks_for(tmp_path):
    """Shared texts are the one thing that is held as a whole: enough of them, and the child ends."""
    # One sign beyond the basic plane makes every sign of a text four bytes wide in memory.
    texts = "".join(f"<si><t>{n:0200d}😀</t></si>" for n in range(2000))
    shared = "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>" + texts * 500 + "</sst>"
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("xl/workbook.xml", WORKBOOK)
        packed.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        packed.writestr("xl/sharedStrings.xml", shared)
        packed.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    assert path.stat().st_size * 150 > len(shared)
    assert refused(path).why == "too_much"
    assert MEMORY_BYTES == 512 * 1024 * 1024


def test_time_has_an_end_too(half_a_million):
    assert refused(half_a_million, limits=Limits(rows=10**6, seconds=0.3)).why == "too_much"


def test_output_has_an_end_too(half_a_million):
    assert refused(half_a_million, limits=Limits(rows=10**6, written=100_000)).why == "too_much"


ANYHOW = {"encoding": "auto", "first": False}


def test_the_child_is_bound_before_it_reads(tmp_path, monkeypatch):
    asked, before = {}, []
    monkeypatch.setattr(limited.resource, "setrlimit", lambda what, most: asked.update({what: most[0]}))
    monkeypatch.setattr(child, "read", lambda *_given, **_named: before.append(dict(asked)))
    monkeypatch.setattr(child.sys, "argv", ["", "a", str(tmp_path), json.dumps({"limits": asdict(LIMITS)} | ANYHOW)])
    child.main()
    (bounds,) = before
    assert bounds[limited.resource.RLIMIT_AS] == MEMORY_BYTES
    assert bounds[limited.resource.RLIMIT_CPU] <= 21
    assert archive.MACROS


def test_a_reader_that_fails_is_told_from_one_that_took_too_much(tmp_path):
    said = {"arguments": [], "index": tmp_path / "index.json", "seconds": 10, "written": 100}
    with pytest.raises(limited.CrashedError):
        limited.run(module="no_such_reader", **said)
    with pytest.raises(limited.TooMuchError):
        limited.run(module="timeit", **{**said, "arguments": ["import time; time.sleep(9)"], "seconds": 0.2})
