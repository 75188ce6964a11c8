"""From an item to the rows of the decision table that follow from it."""

from __future__ import annotations

from collections.abc import Iterable

from organizations.choices import Duty, LeadRule
from organizations.queries.amendments import Amendment, Wanted
from registry.choices import TownshipRole
from registry.policies.contents import Content, Identity
from registry.queries.known import Known


def amendment_of(*, item_code: str, identity: Identity, content: Content, known: Known) -> Amendment | None:
    """The rows of the matter and area of an item; None for an item without a matter.

    The limit is the lead's. What a cooperating row may say of a limit of its own stays as it stands.
    """
    matter_id = known.matters.get(identity.matter)
    if matter_id is None:
        return None
    return Amendment(matter_id=matter_id, area_code=identity.area, stem=item_code, rows=tuple(_rows(content, known)))


def ended(*, lines: Iterable[tuple[str, Identity | None]], known: Known) -> list[Amendment]:
    """Amendments that end the rows of withdrawn items."""
    return [
        Amendment(matter_id=known.matters[identity.matter], area_code=identity.area, stem=item_code)
        for item_code, identity in lines
        if identity is not None and identity.matter in known.matters
    ]


def _rows(content: Content, known: Known) -> Iterable[Wanted]:
    yield Wanted(
        duty=Duty.LEAD.value,
        rule=content.lead_rule,
        unit_id=known.units.get(content.lead_unit),
        limit_value=content.limit_value,
        limit_unit=content.limit_unit,
        basis=content.basis,
        duty_text=content.lead_duty,
    )
    if content.township_role == TownshipRole.ASSIST:
        yield _assisting(LeadRule.TOWNSHIP_OF_PLACE.value, None, content.township_duty, content.basis)
    for one in content.cooperations:
        yield _assisting(one.rule, known.units.get(one.unit), one.duty, content.basis)


def _assisting(rule: str, unit_id: int | None, duty: str, basis: str) -> Wanted:
    return Wanted(duty=Duty.ASSIST.value, rule=rule, unit_id=unit_id, limit_stated=False, basis=basis, duty_text=duty)
