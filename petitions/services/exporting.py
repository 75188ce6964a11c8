"""Exporting a list: written row by row in constant memory, and put on record with the name of whoever took it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.exporting import Takeaway, first_rows
from organizations.models import Area
from petitions.events import PetitionsExported
from petitions.models import Petition
from petitions.policies import identity_withheld
from petitions.querysets import PetitionQuerySet
from petitions.services.stages import require_anywhere

WIDTHS = (20, 16, 40, 14, 12, 10, 20, 14, 20, 12, 17, 17, 17, 10, 12)
LIST = Takeaway(of="petitions", event=PetitionsExported, widths=WIDTHS)


@deed
def export_petitions(*, petitions: PetitionQuerySet, actor: Actor, at: datetime) -> IO[bytes]:
    """A spreadsheet of the first ten thousand rows of a list that is scoped and ordered already.

    Every cell is written as text or as a date, so that no content is ever taken for a formula. Reporters are masked,
    and left out where their identity is withheld from the actor.
    """
    require_anywhere(actor=actor, capability="petition.export")
    return LIST.book(
        title=_("Petitions"), headings=headings(), rows=rows_of(petitions=petitions, actor=actor), actor=actor, at=at
    )


def headings() -> list[str]:
    """The columns of a list of petitions that leaves the system."""
    return [
        _("Number"),
        _("State"),
        _("Title"),
        _("Category"),
        _("Kind"),
        _("Urgency"),
        _("Place"),
        _("Channel"),
        _("Unit"),
        _("Reporter"),
        _("Filed"),
        _("Promised by"),
        _("Closed"),
        _("Promise kept"),
        _("Rating"),
    ]


def rows_of(*, petitions: PetitionQuerySet, actor: Actor) -> Iterator[list[Any]]:
    """The first rows of a scoped list, masked for the actor; one more than the cap where the list is longer."""
    names = dict(Area.objects.filter(level__in=("township", "village")).values_list("code", "name"))
    found = petitions.select_related("category", "lead_unit", "center").defer("description", "salt", "rating_note")
    for one in first_rows(found):
        yield _row(one, names, actor)


def _row(one: Petition, names: dict[str, str], actor: Actor) -> list[Any]:
    place = " ".join(names.get(code.ljust(12, "0"), "") for code in (one.township_code, one.village_code) if code)
    kept = {True: _("yes"), False: _("no")}.get(one.on_time, "") if one.on_time is not None else ""
    return [
        one.number,
        one.get_state_display(),
        one.title,
        one.category.name if one.category else "",
        one.get_kind_display(),
        one.get_urgency_display(),
        place or one.address,
        one.get_channel_display(),
        str(one.lead_unit or one.center),
        _("withheld") if identity_withheld(petition=one, actor=actor) else one.reporter_masked,
        one.filed_at,
        one.due_at,
        one.closed_at,
        kept,
        one.get_satisfaction_display(),
    ]
