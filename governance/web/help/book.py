"""The manual: chapters of docs/manual, read once. A heading "## Orders {#orders}" begins a section with that anchor.

Chapters are named for those they are written for; both languages have the same chapters with the same anchors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(settings.BASE_DIR) / "docs" / "manual"
# The chapter that everybody reads first, then who works from the grid up to the county.
CHAPTERS = (
    "start", "citizen", "gridworker", "village", "township", "dispatcher", "verifier", "director", "department",
    "supervisor", "mediator", "keeper", "leader", "enforcer", "enterprise", "administrator",
)  # fmt: skip
FOLDERS = {"zh-hans": "zh", "en": "en"}
ANCHOR = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")
PICTURES = "../../screens/"
SERVED = "screens/"
_reader = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(slots=True)
class Section:
    """A part of a chapter under one heading; `html` is safe, made from our own text with raw HTML off."""

    anchor: str
    title: str
    html: SafeString = field(default_factory=SafeString)
    plain: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Title, what stands before the first section, and the sections in order."""

    code: str
    title: str
    opening: SafeString
    sections: tuple[Section, ...]

    def section(self, anchor: str) -> Section | None:
        """The section with that anchor."""
        return next((one for one in self.sections if one.anchor == anchor), None)


@cache
def chapter(*, code: str, language: str) -> Chapter:
    """One chapter in a language of the pages. KeyError for another language; FileNotFoundError for another chapter."""
    text = (FOLDER / FOLDERS[language] / f"{code}.md").read_text(encoding="utf-8")
    blocks = _cut(_reader.parse(text))
    title, opening = blocks[0]
    sections = tuple(_section(heading, tokens) for heading, tokens in blocks[1:])
    return Chapter(code=code, title=title, opening=_html(opening), sections=sections)


def book(*, language: str) -> list[Chapter]:
    """All chapters in order."""
    return [chapter(code=code, language=language) for code in CHAPTERS]


def pictures(*, code: str, language: str) -> list[tuple[str, str]]:
    """File name and words of every picture of a chapter."""
    text = (FOLDER / FOLDERS[language] / f"{code}.md").read_text(encoding="utf-8")
    inline = [one for token in _reader.parse(text) for one in token.children or () if one.type == "image"]
    return [(str(one.attrs["src"]).removeprefix(PICTURES), one.content) for one in inline]


def _cut(tokens: list[Token]) -> list[tuple[str, list[Token]]]:
    """Headings of the first and second rank with what stands below each."""
    blocks: list[tuple[str, list[Token]]] = []
    place = 0
    while place < len(tokens):
        if tokens[place].type == "heading_open" and tokens[place].tag in ("h1", "h2"):
            blocks.append((tokens[place + 1].content, []))
            place += 3
            continue
        blocks[-1][1].append(tokens[place])
        place += 1
    return blocks


def _section(heading: str, tokens: list[Token]) -> Section:
    found = ANCHOR.search(heading)
    if found is None:
        raise ValueError(f"a section without an anchor: {heading}")
    html = _html(tokens)
    first = next((one.content for one in tokens if one.type == "inline"), "")
    return Section(
        anchor=found.group(1),
        title=ANCHOR.sub("", heading),
        html=html,
        plain=_plain(html),
        first=_plain(_reader.renderInline(first)),
    )


def _plain(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())


def _html(tokens: list[Token]) -> SafeString:
    for token in tokens:
        for one in token.children or ():
            if one.type == "image":
                name = str(one.attrs["src"]).removeprefix(PICTURES)
                one.attrs = {**one.attrs, "src": static(f"{SERVED}{name}"), "loading": "lazy"}
    return mark_safe(_reader.renderer.render(tokens, _reader.options, {}))  # noqa: S308  (raw HTML is off)
