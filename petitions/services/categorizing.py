"""Categories and the matters of the list that they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import NotAllowed, Unprocessable
from kernel.events import record
from petitions.events import CATEGORIES, CategoriesAttached
from petitions.models import Category

# The registry attaches categories with the items that it decides.
ATTACHERS = ("reference.edit", "registry.approve")


@deed
def attach_categories(*, wanted: Mapping[str, int | None], actor: Actor, at: datetime) -> list[str]:
    """Let categories of the third level (by code) lead to matters (by id, or to none); returns the codes that changed.

    Raises NotAllowed, Unprocessable naming codes that are no category of the third level.
    """
    if not any(actor.holds(name) for name in ATTACHERS):
        raise NotAllowed(_("Your role does not include this."))
    held = {one.pk: one for one in Category.objects.select_for_update().filter(pk__in=wanted, level=3).order_by("pk")}
    unknown = sorted(set(wanted) - set(held))
    if unknown:
        fields = {code: [_("There is no such category.")] for code in unknown}
        raise Unprocessable(_("Some categories do not exist."), fields=fields)
    changed = [one for code, one in held.items() if one.matter_id != wanted[code]]
    for one in changed:
        one.matter_id = wanted[one.pk]
    Category.objects.bulk_update(changed, ["matter"])
    codes = [one.pk for one in changed]
    if codes:
        record(CategoriesAttached(case_id=CATEGORIES, subject_id="categories", categories=codes), actor=actor, at=at)
    return codes
