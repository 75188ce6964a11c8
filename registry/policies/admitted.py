"""Which duties a version newly puts on townships and villages: nothing enters their list but by admission (pure).

The database asks the same by trigger (registry_duty_is_admitted).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from organizations.choices import LeadRule
from registry.choices import TownshipRole
from registry.policies.consistency import LOCAL
from registry.policies.contents import Content

NOT_ADMITTED = _("This gives a township or village a new duty; only an admission lets it in.")
LEADS, ASSISTS = 2, 1
TIERS: dict[str, str] = {LeadRule.TOWNSHIP_OF_PLACE: "township", LeadRule.VILLAGE_OF_PLACE: "village"}
Duties = dict[tuple[str, str], int]


def local_duties(*, content: Content, kinds: Mapping[str, str]) -> Duties:
    """(Tier, unit code or "" for whichever is of the place) → LEADS or ASSISTS."""
    found: Duties = {}

    def put(tier: str, unit: str, weight: int) -> None:
        found[tier, unit] = max(weight, found.get((tier, unit), 0))

    for rule, unit, weight in [
        (content.lead_rule, content.lead_unit, LEADS),
        *((one.rule, one.unit, ASSISTS) for one in content.cooperations),
    ]:
        if rule in TIERS:
            put(TIERS[rule], "", weight)
        elif kinds.get(unit) in LOCAL:
            put(kinds[unit], unit, weight)
    if content.township_role == TownshipRole.ASSIST:
        put("township", "", ASSISTS)
    return found


def newly_given(*, before: Content | None, after: Content, kinds: Mapping[str, str]) -> list[str]:
    """Tiers that get a duty, or a heavier one, that they did not have; empty where nobody does."""
    had = local_duties(content=before, kinds=kinds) if before else {}
    return sorted(
        {
            tier
            for (tier, unit), weight in local_duties(content=after, kinds=kinds).items()
            if max(had.get((tier, unit), 0), had.get((tier, ""), 0)) < weight
        }
    )
