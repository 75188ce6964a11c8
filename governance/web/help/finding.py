"""Sections of the manual by words."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from governance.web.help.book import Chapter, Section, book
from kernel.marking import excerpt, marked


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section with its marks and its address."""

    title: SafeString
    chapter: str
    excerpt: SafeString
    href: str


def sections(*, terms: tuple[str, ...], language: str, most: int) -> list[FoundSection]:
    """The sections that hold every term, those first that hold one in their title."""
    asked = [term.casefold() for term in terms]
    found = [
        (all(term not in section.title.casefold() for term in asked), chapter, section)
        for chapter in book(language=language)
        for section in chapter.sections
        if all(term in f"{section.title} {section.plain}".casefold() for term in asked)
    ]
    found.sort(key=lambda one: one[0])
    return [_found(chapter, section, terms) for _late, chapter, section in found[:most]]


def _found(chapter: Chapter, section: Section, terms: tuple[str, ...]) -> FoundSection:
    return FoundSection(
        title=marked(section.title, terms),
        chapter=chapter.title,
        excerpt=excerpt(section.plain, terms),
        href=f"{reverse('governance:help-chapter', args=[chapter.code])}#{section.anchor}",
    )
