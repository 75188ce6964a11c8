"""What a petition is about: category, kind, urgency, and the condition under which it is filed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kernel.errors import Invalid
from organizations.queries import conditions_of
from petitions.choices import PetitionKind, Urgency
from petitions.models import Petition
from petitions.queries import category_of

CLASSIFIED = ("category", "condition", "kind", "urgency")


def settle_class(
    *,
    petition: Petition,
    at: datetime,
    category_code: str = "",
    kind: str = "",
    urgency: str = "",
    condition: str | None = None,
) -> None:
    """Write what is said into the petition; the caller saves it. Empty leaves as it is, `condition` "" takes it away.

    A condition belongs to a matter: where the category moves to another one, the old condition falls away (GB/T 30428.8
    has the limit by condition). Raises Invalid naming the field.
    """
    before = petition.category.matter_id if petition.category else None
    if category_code:
        category = category_of(code=category_code)
        if category.level < 3 and category.children.exists():
            raise Invalid(_("Choose a category of the third level."), fields={"category": [_("Too wide.")]})
        petition.category, petition.kind, petition.urgency = category, category.kind, category.urgency
    if kind:
        petition.kind = PetitionKind(kind)
    if urgency:
        petition.urgency = Urgency(urgency)
    matter = petition.category.matter_id if petition.category else None
    if condition:
        _require_offered(matter, condition, at)
        petition.condition = condition
    elif condition is not None or matter != before:
        petition.condition = ""


def _require_offered(matter_id: int | None, condition: str, at: datetime) -> None:
    offered = {one.code for one in conditions_of(matter_id=matter_id, at=at)} if matter_id is not None else set()
    if condition not in offered:
        raise Invalid(
            _("The matter of this category has no such filing condition."),
            fields={"condition": [_("Not a condition of this matter.")]},
        )
