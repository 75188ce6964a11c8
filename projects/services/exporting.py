"""Lists of projects and bulletins as spreadsheets, and a note of who took a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.actors import Actor
from kernel.books import capped_list
from kernel.deeds import deed
from kernel.errors import NotAllowed
from kernel.exporting import Takeaway, first_rows
from projects.choices import Light
from projects.events import ProjectsExported
from projects.models import Bulletin
from projects.queries.reading import percent_of
from projects.querysets import VIEW, ProjectQuerySet

LIST = Takeaway(
    of="projects", event=ProjectsExported, widths=(12, 40, 14, 14, 20, 24, 18, 14, 14, 12, 12, 12, 12, 10, 12, 12)
)
BULLETIN_WIDTHS = (12, 40, 20, 24, 18, 14, 14, 14, 14, 10, 12, 12, 10, 12)


@deed
def export_projects(*, projects: ProjectQuerySet, actor: Actor, at: datetime) -> IO[bytes]:
    """The first ten thousand rows of a list that is scoped, lit and ordered already."""
    if not actor.holds(VIEW):
        raise NotAllowed(_("Your role does not include this."))
    return LIST.book(title=_("Key work"), headings=_headings(), rows=_rows(projects), actor=actor, at=at)


def _headings() -> list[str]:
    return [
        _("Code"),
        pgettext("of a plan", "Name"),
        _("State"),
        pgettext("project", "Light"),
        _("Batch"),
        _("Task group"),
        _("Owner"),
        _("Who answers for it"),
        _("County leader in charge"),
        _("Kind"),
        _("Planned from"),
        _("Planned until"),
        _("Next end"),
        _("Percent"),
        _("Milestones"),
        _("Milestones reached"),
    ]


def _rows(projects: ProjectQuerySet) -> Iterator[list[Any]]:
    joined = ("batch", "group", "owner", "person", "leader")
    for one in first_rows(projects.progressed().select_related(*joined)):
        row: Any = one
        yield [
            row.code, row.name, row.get_state_display(), str(Light(row.light).label), str(row.batch), str(row.group),
            str(row.owner), str(row.person), str(row.leader), row.get_kind_display(), row.starts_on.isoformat(),
            row.ends_on.isoformat(), row.next_end.isoformat(), str(percent_of(row)), str(row.milestones_all),
            str(row.milestones_reached),
        ]  # fmt: skip


def bulletin_book(*, bulletin: Bulletin) -> IO[bytes]:
    """Every row of a bulletin: what each of its figures counts."""
    headings = [
        _("Code"), pgettext("of a plan", "Name"), _("Batch"), _("Task group"), _("Owner"), _("Who answers for it"),
        _("State"), pgettext("project", "Light"), _("Light before"), _("Percent"), _("Milestones"),
        _("Milestones reached"), _("Milestones moved"), _("Reports missing"),
    ]  # fmt: skip
    rows = bulletin.rows.select_related("group", "batch").order_by("code")
    book, _count, _more = capped_list(
        title=str(bulletin.get_span_display()),
        columns=list(zip(headings, BULLETIN_WIDTHS, strict=True)),
        rows=[
            [one.code, one.name, str(one.batch), str(one.group), one.owner_name, one.person_name,
             one.get_state_display(), one.get_light_display(), one.get_before_display() if one.before else "",
             str(one.percent), str(one.milestones), str(one.reached), str(one.moved), str(one.missing)]
            for one in rows
        ],
        at=bulletin.drawn_at,
    )  # fmt: skip
    return book
