"""The press: the same bytes for the same paper, nothing typed is markup, and nothing that is typed brings it down."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from io import BytesIO

import orjson
import pytest
import typst
from docx import Document
from docx.oxml.ns import qn

from documents.paper import Block, Paper, date_words, heading, moment_words, printable, table, text
from documents.press.pdf import FONTS, HERE, pdf_of
from documents.press.word import word_of
from kernel.errors import Busy, TooLarge
from tests.documents.reading import words_of
from tests.world import MONDAY

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
HOSTILE = [
    '#import "x"; #let y = 1; #panic("x") $a_b^c$ *b* _i_ `raw` = heading <label> @ref \\ // comment /* open',
    "{{ petition }} {% include 'x' %} {# x #} ${x} %(x)s",
    "<b>&amp;</b> ]]> <!-- <w:p/> &#0; \x00\x01\x0b\x0c\x1f\x7f\ud800\ufffe\uffff",
    "\u202etxt.exe\u202c \u2066x\u2069 שלום עולם مرحبا",
    "😀👨‍👩‍👧‍👦🏳️‍🌈 e\u0301 \u200b\u200d\ufeff 𠮷𝒳",
    "\r\n\t\r\n\n\n" * 50,
    "长" * 8000,
    "x" * 8000,
    "，。！？“”（）《》——……" * 400,
]


def paper(said: str, **others: object) -> Paper:
    given = {
        "language": "zh-hans", "issuer": "峄城区指挥中心", "title": "交办单", "number": "交办〔2026〕1号",
        "addressee": said[:200], "blocks": (table((said[:80], said[:300])), heading(said[:80]), text(said)),
        "signed": said[:60], "date": "2026年11月22日", "note": said[:200], "again": said[:60],
    }  # fmt: skip
    return Paper(**{**given, **others})


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_was_typed_is_printed_and_is_no_markup(said: str) -> None:
    made = paper(said)
    assert pdf_of(made, at=AT).startswith(b"%PDF-")
    first = next(line for line in [*printable(said[:8000]).split("\n"), ""] if line.strip() or not line)
    assert first in words_of(word_of(made, at=AT))


def test_any_characters_at_all() -> None:
    chance = random.Random(20261122)
    for _turn in range(4):
        said = "".join(chr(chance.choice([chance.randrange(0x80), chance.randrange(0x110000)])) for _ in range(600))
        made = paper(said, language=chance.choice(["zh-hans", "en"]))
        assert pdf_of(made, at=AT).startswith(b"%PDF-")
        assert word_of(made, at=AT).startswith(b"PK")


def test_the_same_paper_gives_the_same_bytes_and_another_does_not() -> None:
    one, other = paper("摊贩占道"), paper("摊贩占道。")
    for press in (pdf_of, word_of):
        assert press(one, at=AT) == press(one, at=AT)
        assert press(one, at=AT) != press(other, at=AT)


def test_chinese_is_set_in_the_size_of_official_letters() -> None:
    # 22 lines of 28 characters make a page; English is set smaller, and the same text is on one.
    body = text("文" * 22 * 28)
    assert pages(paper("", blocks=(body,))) == 2
    assert pages(paper("", blocks=(body,), language="en")) == 1


def pages(made: Paper) -> int:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    said = {"paper": orjson.dumps(made.plain()).decode()}
    drawn = typst.compile(str(HERE / "sheet.typ"), font_paths=fonts, sys_inputs=said, format="png", ppi=10)
    return len(drawn) if isinstance(drawn, list) else 1


def test_what_is_too_long_or_takes_too_long_is_refused() -> None:
    with pytest.raises(TooLarge):
        pdf_of(paper("", blocks=(text("长" * 60_001),)), at=AT)
    with pytest.raises(TooLarge):
        word_of(paper("", blocks=tuple(Block(kind="text") for _ in range(201))), at=AT)
    with pytest.raises(Busy):
        pdf_of(paper("x"), at=AT, seconds=0.001)


def test_a_press_that_takes_more_memory_than_a_document_has_is_stopped_and_the_longest_paper_does_not() -> None:
    with pytest.raises(Busy):
        pdf_of(paper("x"), at=AT, memory=64 * 1024 * 1024)
    longest = paper("", blocks=(*(table((str(n), "表" * 100)) for n in range(150)), text("长行\n" * 9_000)))
    assert pdf_of(longest, at=AT).startswith(b"%PDF-")


def test_the_word_file_is_set_as_official_letters_are() -> None:
    made = Document(BytesIO(word_of(paper("摊贩占道", blocks=(text("摊贩占道"),)), at=AT)))
    body = next(one for one in made.paragraphs if one.text == "摊贩占道" and one.paragraph_format.first_line_indent)
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert body.runs[0].font.size.pt == 16
    assert body.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == "FangSong"
    title = next(one for one in made.paragraphs if one.text == "交办单")
    assert title.runs[0].bold
    assert title.runs[0].font.size.pt == 22
    assert "PAGE" in made.sections[0].footer._element.xml
    assert round(made.sections[0].top_margin.mm) == 37


def test_dates_are_written_as_letters_write_them() -> None:
    assert date_words(MONDAY.date(), language="zh-hans") == "2026年11月16日"
    assert date_words(MONDAY.date(), language="en") == "16 November 2026"
    assert moment_words(MONDAY, language="zh-hans") == "2026年11月16日9时00分"
    assert moment_words(MONDAY, language="en") == "16 November 2026, 09:00"
