"""What an item must say to make sense, and what the law lets a township be (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organizations.choices import LeadRule, UnitKind
from registry.choices import OF_A_UNIT, ListKind, Part, TownshipRole
from registry.policies.contents import Content, Fault, Identity, for_county

ROLE_OF_PART: dict[str, str] = {
    Part.BASIC: TownshipRole.LEAD,
    Part.ASSISTING: TownshipRole.ASSIST,
    Part.WITHDRAWN: TownshipRole.NONE,
}
LOCAL = (UnitKind.TOWNSHIP.value, UnitKind.VILLAGE.value)
LEADS_AND_ASSISTS = _("Nobody both leads and cooperates.")
NO_SUCH_BODY = _("A unit is named exactly where the rule is “unit”.")
UNLIMITED = _("A limit is a number above zero with its unit.")
STEP_TWICE = _("Two steps have the same key.")
NO_SUCH_STEP = _("There is no such step.")
TWICE = _("Named twice.")
REQUIRED = _("Required.")
# Shandong regulation on township duties, arts 4 and 19.
TOWNSHIP_COOPERATES = _("A township whose role is to cooperate does not lead.")


def identity_faults(*, identity: Identity) -> list[Fault]:
    """What the kinds of list ask for: a part, a matter or a unit."""
    faults = []
    of_unit = identity.kind in OF_A_UNIT
    if (identity.kind == ListKind.TOWNSHIP_DUTY) != bool(identity.part):
        faults.append(Fault(column="part", why=_("Parts belong to the duty list of townships, and to no other.")))
    if of_unit != bool(identity.unit):
        faults.append(Fault(column="unit", why=_("Whose duty it is belongs to the lists of units.")))
    if of_unit and identity.matter:
        faults.append(Fault(column="matter", why=_("Cases are not routed by the lists of units.")))
    if identity.kind == ListKind.TERRITORIAL and not identity.matter:
        faults.append(Fault(column="matter", why=REQUIRED))
    return faults


def content_faults(*, content: Content, identity: Identity, kinds: Mapping[str, str]) -> list[Fault]:
    """Contradictions in what an item says. `kinds` are the kinds of units by code."""
    faults = [
        Fault(column=name, why=REQUIRED)
        for name in ("name", "domain", "basis", "lead_duty")
        if not getattr(content, name)
    ]
    for check in (_lead, _township, _cooperations, _chart, _conditions):
        check(content, identity, kinds, lambda column, why: faults.append(Fault(column=column, why=why)))
    if len(set(content.categories)) < len(content.categories):
        faults.append(Fault(column="categories", why=TWICE))
    if content.categories and not identity.matter:
        faults.append(Fault(column="categories", why=_("Categories lead to a matter; this item has none.")))
    if content.conditions and not (identity.matter and for_county(identity.area)):
        faults.append(Fault(column="conditions", why=_("Filing conditions stand with the item of the whole county.")))
    return faults


Tell = Callable[[str, str | Promise], None]


def _lead(content: Content, identity: Identity, kinds: Mapping[str, str], tell: Tell) -> None:
    if (content.lead_rule == LeadRule.UNIT) != bool(content.lead_unit):
        tell("lead_unit", NO_SUCH_BODY)
    if identity.unit and content.lead_unit != identity.unit:
        tell("lead_unit", _("Whose duty it is leads it."))


def _township(content: Content, identity: Identity, kinds: Mapping[str, str], tell: Tell) -> None:
    leads = content.lead_rule == LeadRule.TOWNSHIP_OF_PLACE or kinds.get(content.lead_unit) == UnitKind.TOWNSHIP
    if content.township_role == TownshipRole.ASSIST and leads:
        tell("township_role", TOWNSHIP_COOPERATES)
    elif (content.township_role == TownshipRole.LEAD) != leads:
        tell("township_role", _("A township leads exactly where its role is to lead."))
    if content.township_role == TownshipRole.ASSIST and not content.township_duty:
        tell("township_duty", REQUIRED)
    if identity.part and content.township_role != ROLE_OF_PART[identity.part]:
        tell("township_role", _("This part of the list gives the township another role."))


def _cooperations(content: Content, identity: Identity, kinds: Mapping[str, str], tell: Tell) -> None:
    seen = set()
    for number, one in enumerate(content.cooperations, start=1):
        column = f"cooperations.{number}.unit"
        if one.rule == LeadRule.TOWNSHIP_OF_PLACE:
            tell(f"cooperations.{number}.rule", _("The township of the place has its own columns."))
        elif (one.rule == LeadRule.UNIT) != bool(one.unit):
            tell(column, NO_SUCH_BODY)
        elif (one.rule, one.unit) in seen:
            tell(column, TWICE)
        elif (one.rule, one.unit) == (content.lead_rule, content.lead_unit) or (
            kinds.get(one.unit) in LOCAL and content.lead_rule == f"{kinds[one.unit]}_of_place"
        ):
            tell(column, LEADS_AND_ASSISTS)
        seen.add((one.rule, one.unit))


def _chart(content: Content, identity: Identity, kinds: Mapping[str, str], tell: Tell) -> None:
    keys = {step.key for step in content.chart}
    seen = set()
    for number, step in enumerate(content.chart, start=1):
        if step.key in seen:
            tell(f"chart.{number}.key", STEP_TWICE)
        if set(step.next) - keys or step.key in step.next:
            tell(f"chart.{number}.next", NO_SUCH_STEP)
        seen.add(step.key)


def _conditions(content: Content, identity: Identity, kinds: Mapping[str, str], tell: Tell) -> None:
    seen = set()
    for number, one in enumerate(content.conditions, start=1):
        if one.limit_value is None:
            tell(f"conditions.{number}.limit_value", UNLIMITED)
        if one.code in seen:
            tell(f"conditions.{number}.code", TWICE)
        seen.add(one.code)
