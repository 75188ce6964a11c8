"""Cases among the results: what was found, marked in its text. No name of a reporter, no telephone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.web.search.lines import Asked, Line
from kernel.marking import excerpt, marked
from petitions.choices import COLOURS
from petitions.models import Petition
from petitions.searching import Found, search

DATE = "%Y-%m-%d"


def found_cases(*, asked: Asked, among: Any, cursor: str = "") -> Found:
    """A page of cases; `among` was narrowed to what the person sees before any word was looked for."""
    return search(words=asked.words, among=among, actor=asked.actor, cursor=cursor, size=asked.few)


def case_lines(cases: Iterable[Petition], terms: tuple[str, ...]) -> list[Line]:
    """The cases as results."""
    return [_line(one, terms) for one in cases]


def cases_by_id(ids: list[UUID], *, among: Any) -> list[Petition]:
    """The cases in the order of their ids."""
    found = among.select_related("lead_unit", "center").in_bulk(ids)
    return [found[key] for key in ids if key in found]


def _line(case: Petition, terms: tuple[str, ...]) -> Line:
    return Line(
        title=marked(case.title, terms),
        under=_under(case, terms),
        href=reverse("governance:case", args=[case.pk]),
        icon="inbox",
        state=case.get_state_display(),
        colour=COLOURS[case.state],
    )


def _under(case: Petition, terms: tuple[str, ...]) -> SafeString:
    """Number, day, body and place, and so much of what was said as shows the words."""
    parts = [
        format_html('<span class="mono">{}</span>', marked(case.number, terms)),
        timezone.localtime(case.filed_at).strftime(DATE),
        str(case.lead_unit or case.center),
        *([marked(case.address, terms)] if case.address else []),
    ]
    facts = format_html(" · ".join("{}" for _part in parts), *parts)
    return format_html('{}<span class="excerpt">{}</span>', facts, excerpt(case.description, terms))
