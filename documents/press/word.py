"""A paper as a Word file, built paragraph by paragraph: no template language ever sees what people typed.

The fonts are named, not embedded: 宋体, 黑体 and 仿宋 are on every office computer here, and Word puts others in their
place where they are not.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from documents.paper import Paper

SONG, HEI, FANG = "SimSun", "SimHei", "FangSong"
LATIN = "Times New Roman"
# 三号, and 28 points from line to line: 22 lines of 28 characters on a page.
BODY, LINE = 16, 28
ENGLISH_BODY = 11.5
STEADY = (1980, 1, 1, 0, 0, 0)


def word_of(paper: Paper, *, at: datetime) -> bytes:
    """The file; the same paper and moment give the same bytes. Raises TooLarge."""
    said = paper.plain()
    chinese = said["language"].startswith("zh")
    made = Document()
    _page(made)
    _facts(made, said, at)
    _head(made, said, chinese)
    for block in said["blocks"]:
        if block["kind"] == "table":
            _table(made, block["rows"], chinese)
        else:
            font = HEI if block["kind"] == "heading" else FANG
            for line in block["text"].split("\n"):
                if line.strip():
                    _line(made, line, font=font, indent=chinese, chinese=chinese)
    _foot(made, said, chinese)
    return _steady(made)


def _page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    run = foot.add_run()
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        run._r.append(_field(kind, code))
    foot.add_run(" —")


def _field(kind: str, code: str) -> Any:
    if code:
        part = OxmlElement("w:instrText")
        part.text = code
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def _facts(made: Any, said: dict[str, Any], at: datetime) -> None:
    facts = made.core_properties
    facts.title, facts.author = said["title"][:200], said["issuer"][:200]
    facts.comments, facts.last_modified_by = "", ""
    facts.created = facts.modified = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _head(made: Any, said: dict[str, Any], chinese: bool) -> None:
    center = WD_ALIGN_PARAGRAPH.CENTER
    _line(made, said["issuer"], font=HEI, size=16, align=center, chinese=chinese)
    _line(made, said["title"], font=SONG, size=22, bold=True, align=center, chinese=chinese)
    number = _line(made, said["number"], size=14 if chinese else 11, align=center, chinese=chinese)
    _rule(number)
    if said["again"]:
        _line(made, said["again"], font=HEI, size=10, align=center, grey=True, chinese=chinese)
    if said["addressee"]:
        _line(made, said["addressee"], chinese=chinese)


def _foot(made: Any, said: dict[str, Any], chinese: bool) -> None:
    _line(made, "", chinese=chinese)
    for line in (said["signed"], said["date"]):
        _line(made, line, align=WD_ALIGN_PARAGRAPH.RIGHT, chinese=chinese)
    if said["note"]:
        _line(made, said["note"], size=10, chinese=chinese)


def _line(
    made: Any,
    said: str,
    *,
    chinese: bool,
    font: str = FANG,
    size: float = 0,
    bold: bool = False,
    align: Any = None,
    indent: bool = False,
    grey: bool = False,
) -> Any:
    paragraph = _paragraph(made)
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0 if chinese else 4)
    if chinese and not size:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    if align is not None:
        paragraph.alignment = align
    if indent:
        _indent(paragraph)
    run = paragraph.add_run(said)
    run.bold = bold
    run.font.size = Pt(size or (BODY if chinese else ENGLISH_BODY))
    if grey:
        run.font.color.rgb = RGBColor(0x55, 0x55, 0x55)
    _fonts(run, font)
    return paragraph


def _paragraph(made: Any) -> Any:
    """A new last paragraph. The library looks for the end through all those before, which takes minutes for many."""
    body = made.element.body
    added = OxmlElement("w:p")
    body[-1].addprevious(added)  # the last element of a body is what its pages look like
    return Paragraph(added, made._body)


def _fonts(run: Any, east: str) -> None:
    run.font.name = LATIN
    run._element.rPr.rFonts.set(qn("w:eastAsia"), east)


def _indent(paragraph: Any) -> None:
    """Two characters before the first line, whatever the size of the type."""
    paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)
    paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "200")


def _rule(paragraph: Any) -> None:
    """The red rule under the number. A word processor is particular about the order of what a paragraph is told."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "C00000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _table(made: Any, rows: list[list[str]], chinese: bool) -> None:
    grid = made.add_table(rows=0, cols=2, style="Table Grid")
    grid.autofit = False
    for label, value in rows:
        cells = grid.add_row().cells
        for cell, said, font, width in ((cells[0], label, HEI, 32), (cells[1], value, FANG, 124)):
            cell.width = Mm(width)
            run = cell.paragraphs[0].add_run(said)
            run.font.size = Pt(12 if chinese else 10)
            _fonts(run, font)


def _steady(made: Any) -> bytes:
    """The file with the times inside of it taken out: they alone would make every printing another one."""
    first, second = BytesIO(), BytesIO()
    made.save(first)
    with ZipFile(first) as source, ZipFile(second, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = ZipInfo(name, STEADY)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return second.getvalue()
